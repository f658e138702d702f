/** Writers of 64-bit integers in every form that a message can have. */
import { type BinaryWriter, claim, isLong, type LongLike, type ScalarLike, writeBits } from "./binary-writer.js";
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/** Exclusive upper limit of the high half. */
const signedLimit = 2 ** 31;
const unsignedLimit = 2 ** 32;

/** int64. */
export function writeInt64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, signedLimit);
  writeBits(writer, writer.low, writer.high);
}

/** uint64. */
export function writeUint64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, unsignedLimit);
  writeBits(writer, writer.low, writer.high);
}

/** sint64: zigzag. */
export function writeSint64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, signedLimit);
  const { low, high } = writer;
  const sign = high >> 31;
  writeBits(writer, (low << 1) ^ sign, ((high << 1) | (low >>> 31)) ^ sign);
}

/** fixed64. */
export function writeFixed64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, unsignedLimit);
  writeSplit(writer);
}

/** sfixed64. */
export function writeSfixed64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, signedLimit);
  writeSplit(writer);
}

function writeSplit(writer: BinaryWriter): void {
  const at = claim(writer, 8);
  writer.bytes.writeInt32LE(writer.low, at);
  writer.bytes.writeInt32LE(writer.high, at + 4);
}

/**
 * Splits a 64-bit integer into two halves. `highLimit` is the exclusive upper limit of the high half: a number that was
 * rounded up to it becomes the largest value. Throws EncodeError beyond the limit, and for other values than integers.
 */
function split(writer: BinaryWriter, value: ScalarLike, highLimit: number): void {
  if (isLong(value)) {
    splitLong(writer, value, highLimit);
    return;
  }
  const number = Number(value ?? 0);
  if (Number.isSafeInteger(number) && (number >= 0 || highLimit === signedLimit)) {
    writer.low = number | 0;
    writer.high = Math.floor(number / 2 ** 32) | 0;
    return;
  }
  if (value === highLimit * 2 ** 32) {
    writer.low = -1;
    writer.high = (highLimit - 1) | 0;
    return;
  }
  const integer = bigIntOf(value);
  const kept = highLimit === signedLimit ? BigInt.asIntN(64, integer) : BigInt.asUintN(64, integer);
  if (kept !== integer) throw outOfRange(value, highLimit);
  writer.low = Number(BigInt.asIntN(32, integer));
  writer.high = Number(BigInt.asIntN(32, integer >> 32n));
}

/** The highest bit means one thing in an unsigned Long, and another in a signed one. */
function splitLong(writer: BinaryWriter, long: LongLike, highLimit: number): void {
  const { low, high, unsigned } = long;
  if ((high | 0) < 0 && unsigned === (highLimit === signedLimit)) throw outOfRange(long, highLimit);
  writer.low = low;
  writer.high = high;
}

function outOfRange(value: ScalarLike, highLimit: number): EncodeError {
  return new EncodeError(`${highLimit === signedLimit ? "a" : "an unsigned"} 64-bit integer`, describeJson(value));
}

function bigIntOf(value: ScalarLike): bigint {
  try {
    return BigInt(typeof value === "object" ? String(value) : value);
  } catch {
    throw new EncodeError("a 64-bit integer", describeJson(value));
  }
}
