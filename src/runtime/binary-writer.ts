/**
 * Writing the protobuf wire format (https://protobuf.dev/programming-guides/encoding/), back to front: what a message contains is
 * written before its length, which is known by then, so that every byte is written once and nothing is measured beforehand.
 */
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";

/** A buffer that fills from its end. */
export interface BinaryWriter {
  bytes: Buffer;
  /** Offset of the byte written last; `bytes.length` when there is none. */
  start: number;
  /** The 64-bit value under way: its two halves as signed 32-bit integers. */
  low: number;
  high: number;
}

/** The two halves of a 64-bit integer that knows its decimal form: a Long. */
export interface LongLike {
  readonly low: number;
  readonly high: number;
  toString(): string;
}

/** A number, text or 64-bit integer in any form that existing handlers use. */
export type ScalarLike = number | string | bigint | LongLike | Uint8Array;

/** bytes in any form that existing handlers use; text is base64. */
export type BytesLike = ScalarLike | readonly ScalarLike[];

/** Whether a 64-bit integer is zero. */
export function isZero(value: ScalarLike): boolean {
  return isLong(value) ? value.low === 0 && value.high === 0 : Number(value) === 0;
}

function isLong(value: ScalarLike): value is LongLike {
  return typeof value === "object" && "low" in value;
}

/** The number of an enum value that is no name of its enum. Throws for other text. */
export function enumNumber(value: ScalarLike): number {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isInteger(number)) return number;
  throw new EncodeError("a value of the enum", describeJson(value));
}

/** The error for a required field that a message to encode does not have. */
export function missingField(name: string): EncodeError {
  return new EncodeError(`a value of the required field ${name}`, "nothing");
}

/** The buffer of the last writer, when there is no other at work. */
let spare: Buffer | undefined;

const initialSize = 4096;
const largestSpare = 2 ** 20;

/** An empty writer; give it back with `finishWriter`. */
export function createWriter(): BinaryWriter {
  const bytes = spare ?? Buffer.allocUnsafeSlow(initialSize);
  spare = undefined;
  return { bytes, start: bytes.length, low: 0, high: 0 };
}

/** What was written, as a copy of its own. The writer may not be used any more. */
export function finishWriter(writer: BinaryWriter): Uint8Array {
  const message = new Uint8Array(writtenSize(writer));
  message.set(writer.bytes.subarray(writer.start));
  if (writer.bytes.length <= largestSpare) spare = writer.bytes;
  return message;
}

/** Bytes written up to now. */
export function writtenSize(writer: BinaryWriter): number {
  return writer.bytes.length - writer.start;
}

/** Makes room for `size` bytes in front and returns the offset of the first. */
function claim(writer: BinaryWriter, size: number): number {
  if (writer.start < size) grow(writer, size);
  writer.start -= size;
  return writer.start;
}

function grow(writer: BinaryWriter, size: number): void {
  const written = writtenSize(writer);
  const bytes = Buffer.allocUnsafeSlow(Math.max(writer.bytes.length * 2, written + size));
  writer.bytes.copy(bytes, bytes.length - written, writer.start);
  writer.start = bytes.length - written;
  writer.bytes = bytes;
}

function numberOf(value: ScalarLike): number {
  return typeof value === "number" ? value : Number(value);
}

/** uint32, tags and lengths. */
export function writeUint32(writer: BinaryWriter, value: ScalarLike): void {
  let rest = numberOf(value) >>> 0;
  let at = claim(writer, varintSize(rest));
  const { bytes } = writer;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at] = rest;
}

/** `number << 3 | wire type`, written after the value that it stands before. */
export const writeTag: (writer: BinaryWriter, tag: number) => void = writeUint32;

/** Puts the length in front of a message of `size` bytes that was just written. */
export const writeLength: (writer: BinaryWriter, size: number) => void = writeUint32;

/** int32 and enums: a negative value takes ten bytes. */
export function writeInt32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = numberOf(value) | 0;
  if (integer >= 0) writeUint32(writer, integer);
  else writeBits(writer, integer, -1);
}

/** sint32: zigzag. */
export function writeSint32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = numberOf(value) | 0;
  writeUint32(writer, (integer << 1) ^ (integer >> 31));
}

/** bool. */
export function writeBool(writer: BinaryWriter, value: boolean): void {
  const at = claim(writer, 1);
  writer.bytes[at] = value ? 1 : 0;
}

/** fixed32. */
export function writeFixed32(writer: BinaryWriter, value: ScalarLike): void {
  const at = claim(writer, 4);
  writer.bytes.writeUInt32LE(numberOf(value) >>> 0, at);
}

/** sfixed32. */
export function writeSfixed32(writer: BinaryWriter, value: ScalarLike): void {
  const at = claim(writer, 4);
  writer.bytes.writeInt32LE(numberOf(value) | 0, at);
}

/** float. */
export function writeFloat(writer: BinaryWriter, value: ScalarLike): void {
  const at = claim(writer, 4);
  writer.bytes.writeFloatLE(numberOf(value), at);
}

/** double. */
export function writeDouble(writer: BinaryWriter, value: ScalarLike): void {
  const at = claim(writer, 8);
  writer.bytes.writeDoubleLE(numberOf(value), at);
}

/** int64. */
export function writeInt64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, 2 ** 31);
  writeBits(writer, writer.low, writer.high);
}

/** uint64. */
export function writeUint64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, 2 ** 32);
  writeBits(writer, writer.low, writer.high);
}

/** sint64: zigzag. */
export function writeSint64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, 2 ** 31);
  const { low, high } = writer;
  const sign = high >> 31;
  writeBits(writer, (low << 1) ^ sign, ((high << 1) | (low >>> 31)) ^ sign);
}

/** fixed64. */
export function writeFixed64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, 2 ** 32);
  writeSplit(writer);
}

/** sfixed64. */
export function writeSfixed64(writer: BinaryWriter, value: ScalarLike): void {
  split(writer, value, 2 ** 31);
  writeSplit(writer);
}

function writeSplit(writer: BinaryWriter): void {
  const at = claim(writer, 8);
  writer.bytes.writeInt32LE(writer.low, at);
  writer.bytes.writeInt32LE(writer.high, at + 4);
}

/**
 * Takes a 64-bit integer apart. `highLimit` is what the high half stays below: a number that was rounded up to the limit becomes
 * the largest value. Throws EncodeError for one beyond.
 */
function split(writer: BinaryWriter, value: ScalarLike, highLimit: number): void {
  if (isLong(value)) {
    writer.low = value.low;
    writer.high = value.high;
    return;
  }
  const number = Number(value);
  if (Number.isSafeInteger(number)) {
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
  const kept = highLimit === 2 ** 31 ? BigInt.asIntN(64, integer) : BigInt.asUintN(64, integer);
  if (kept !== integer)
    throw new EncodeError(`${highLimit === 2 ** 31 ? "a" : "an unsigned"} 64-bit integer`, describeJson(value));
  writer.low = Number(BigInt.asIntN(32, integer));
  writer.high = Number(BigInt.asIntN(32, integer >> 32n));
}

function bigIntOf(value: ScalarLike): bigint {
  try {
    return BigInt(typeof value === "number" ? Math.trunc(value) : typeof value === "object" ? String(value) : value);
  } catch {
    throw new EncodeError("a 64-bit integer", describeJson(value));
  }
}

function writeBits(writer: BinaryWriter, low: number, high: number): void {
  if (high === 0) {
    writeUint32(writer, low);
    return;
  }
  // Up to the fifth byte the value spans both halves; from there it is the high half alone.
  const upper = high >>> 3;
  const size = upper === 0 ? 5 : 5 + varintSize(upper);
  let at = claim(writer, size);
  const { bytes } = writer;
  for (let shift = 0; shift < 28; shift += 7) bytes[at++] = ((low >>> shift) & 0x7f) | 0x80;
  bytes[at++] = (low >>> 28) | ((high & 7) << 4) | (upper === 0 ? 0 : 0x80);
  for (let rest = upper; rest > 0; rest >>>= 7) bytes[at++] = (rest & 0x7f) | (rest >= 0x80 ? 0x80 : 0);
}

function varintSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}

/** Up to this length a loop beats the calls into the platform's encoder. */
const shortText = 32;

/** `utf8Write` is what `write` calls after a look at its arguments; it is not documented, so not relied upon. */
interface FastBuffer {
  utf8Write?(text: string, offset: number, length: number): number;
}

/** string, with its length. Half a surrogate pair becomes U+FFFD. */
export function writeString(writer: BinaryWriter, value: ScalarLike): void {
  const text = typeof value === "string" ? value : String(value);
  const { length } = text;
  if (length <= shortText && writeShortAscii(writer, text)) {
    writeUint32(writer, length);
    return;
  }
  const size = Buffer.byteLength(text, "utf8");
  const at = claim(writer, size);
  const { bytes } = writer;
  if ((bytes as FastBuffer).utf8Write?.(text, at, size) === undefined) bytes.write(text, at, size, "utf8");
  writeUint32(writer, size);
}

function writeShortAscii(writer: BinaryWriter, value: string): boolean {
  const { length } = value;
  const at = claim(writer, length);
  const { bytes } = writer;
  for (let index = 0; index < length; index++) {
    const unit = value.charCodeAt(index);
    if (unit >= 0x80) {
      writer.start += length;
      return false;
    }
    bytes[at + index] = unit;
  }
  return true;
}

/** bytes, with their length. */
export function writeBytes(writer: BinaryWriter, value: BytesLike): void {
  const bytes = value instanceof Uint8Array ? value : bytesOf(value);
  writeRaw(writer, bytes);
  writeUint32(writer, bytes.length);
}

function bytesOf(value: BytesLike): Uint8Array {
  if (Array.isArray(value)) return Uint8Array.from(value, Number);
  if (typeof value === "string") return Buffer.from(value, "base64");
  throw new EncodeError("bytes", describeJson(value));
}

/** Bytes as they are. */
export function writeRaw(writer: BinaryWriter, bytes: Uint8Array): void {
  const at = claim(writer, bytes.length);
  writer.bytes.set(bytes, at);
}
