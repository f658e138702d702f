/**
 * Writers of the protobuf wire format (https://protobuf.dev/programming-guides/encoding/), from back to front: the
 * content of a message is written before its length, which is then known. Every byte is written once, and nothing is
 * measured beforehand. Writers throw EncodeError for a value that their type cannot hold; undefined and null are its
 * zero.
 */
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/** A buffer that fills from its end. */
export interface BinaryWriter {
  bytes: Buffer;
  /** Offset of the byte written last; `bytes.length` when there is none. */
  start: number;
  /** Low half of the 64-bit value being written, as a signed 32-bit integer; `high` is the other half. */
  low: number;
  high: number;
}

/** The two halves of a 64-bit integer that knows its decimal form: a Long. */
export interface LongLike {
  readonly low: number;
  readonly high: number;
  /** Whether the bits are an unsigned integer; without it they are what the field's type says. */
  readonly unsigned?: boolean;
  toString(): string;
}

/** A number, text or 64-bit integer in any form that existing handlers use. */
export type ScalarLike = number | string | bigint | LongLike | Uint8Array;

/** bytes in any form that existing handlers use; text is base64. */
export type BytesLike = ScalarLike | readonly ScalarLike[];

/** Tells whether a 64-bit integer is zero. */
export function isZero(value: ScalarLike): boolean {
  return isLong(value) ? value.low === 0 && value.high === 0 : Number(value) === 0;
}

/** Tells whether a value is a Long. */
export function isLong(value: ScalarLike): value is LongLike {
  return typeof value === "object" && value !== null && "low" in value;
}

/**
 * The number of an enum value that is given as a number. Throws for other text, and for other values than 32-bit
 * integers.
 */
export function enumNumber(value: ScalarLike): number {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : numberOf(value);
  if ((number | 0) === number) return number;
  throw new EncodeError("an enum value", describeJson(value));
}

/** The error for a required field that a message to encode does not have. */
export function missingField(name: string): EncodeError {
  return new EncodeError(`a value of the required field ${name}`, "nothing");
}

/** The buffer of the last finished writer. */
let spare: Buffer | undefined;

const initialSize = 4096;
const largestSpare = 2 ** 20;

/** An empty writer; give it back with `finishWriter`. */
export function createWriter(): BinaryWriter {
  const bytes = spare ?? Buffer.allocUnsafeSlow(initialSize);
  spare = undefined;
  return { bytes, start: bytes.length, low: 0, high: 0 };
}

/** Returns the written bytes as a copy. The writer must not be used afterwards. */
export function finishWriter(writer: BinaryWriter): Uint8Array {
  const message = new Uint8Array(writtenSize(writer));
  message.set(writer.bytes.subarray(writer.start));
  if (writer.bytes.length <= largestSpare) spare = writer.bytes;
  return message;
}

/** Number of bytes written so far. */
export function writtenSize(writer: BinaryWriter): number {
  return writer.bytes.length - writer.start;
}

/** Makes room for `size` bytes in front of the written ones and returns the offset of the first. */
export function claim(writer: BinaryWriter, size: number): number {
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

/** A value as a number; undefined and null are zero, as in JSON. */
function numberOf(value: ScalarLike): number {
  return typeof value === "number" ? value : Number(value ?? 0);
}

function int32Of(value: ScalarLike): number {
  const number = numberOf(value);
  if ((number | 0) === number) return number | 0;
  throw new EncodeError("a 32-bit integer", describeJson(value));
}

function uint32Of(value: ScalarLike): number {
  const number = numberOf(value);
  if (number >>> 0 === number) return number >>> 0;
  throw new EncodeError("an unsigned 32-bit integer", describeJson(value));
}

/** Writes the low 32 bits of `value`. */
function writeVarint(writer: BinaryWriter, value: number): void {
  let rest = value >>> 0;
  let at = claim(writer, varintSize(rest));
  const { bytes } = writer;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at] = rest;
}

/** Writes a tag, `number << 3 | wire type`; the value behind it was written before. */
export const writeTag: (writer: BinaryWriter, tag: number) => void = writeVarint;

/** Puts the length in front of a message of `size` bytes that was just written. */
export const writeLength: (writer: BinaryWriter, size: number) => void = writeVarint;

/** uint32. */
export function writeUint32(writer: BinaryWriter, value: ScalarLike): void {
  writeVarint(writer, uint32Of(value));
}

/** Writes an int32 or an enum; a negative value takes ten bytes. */
export function writeInt32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = int32Of(value);
  if (integer >= 0) writeVarint(writer, integer);
  else writeBits(writer, integer, -1);
}

/** sint32: zigzag. */
export function writeSint32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = int32Of(value);
  writeVarint(writer, (integer << 1) ^ (integer >> 31));
}

/** bool. */
export function writeBool(writer: BinaryWriter, value: boolean): void {
  const at = claim(writer, 1);
  writer.bytes[at] = value ? 1 : 0;
}

/** fixed32. */
export function writeFixed32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = uint32Of(value);
  const at = claim(writer, 4);
  writer.bytes.writeUInt32LE(integer, at);
}

/** sfixed32. */
export function writeSfixed32(writer: BinaryWriter, value: ScalarLike): void {
  const integer = int32Of(value);
  const at = claim(writer, 4);
  writer.bytes.writeInt32LE(integer, at);
}

/** float. */
export function writeFloat(writer: BinaryWriter, value: ScalarLike): void {
  const number = numberOf(value);
  if (!Number.isFinite(Math.fround(number)) && Number.isFinite(number))
    throw new EncodeError("a number in the range of a float", describeJson(value));
  const at = claim(writer, 4);
  writer.bytes.writeFloatLE(number, at);
}

/** double. */
export function writeDouble(writer: BinaryWriter, value: ScalarLike): void {
  const at = claim(writer, 8);
  writer.bytes.writeDoubleLE(numberOf(value), at);
}

/** Writes a varint of 64 bits, given as two halves that are signed 32-bit integers. */
export function writeBits(writer: BinaryWriter, low: number, high: number): void {
  if (high === 0) {
    writeVarint(writer, low);
    return;
  }
  // The fifth byte spans both halves; the bytes after it are the high half.
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

/** Longest text for which a loop is faster than the platform's encoder. */
const shortText = 32;

/** `write` checks its arguments and calls `utf8Write`, which is not documented; the code works without it. */
interface FastBuffer {
  utf8Write?(text: string, offset: number, length: number): number;
}

/** Writes a string with its length. Half a surrogate pair becomes U+FFFD. */
export function writeString(writer: BinaryWriter, value: ScalarLike): void {
  const text = typeof value === "string" ? value : String(value ?? "");
  const size = text.length <= shortText ? writeShort(writer, text) : undefined;
  writeLength(writer, size ?? writeLong(writer, text));
}

function writeLong(writer: BinaryWriter, text: string): number {
  const size = Buffer.byteLength(text, "utf8");
  const at = claim(writer, size);
  const { bytes } = writer;
  if ((bytes as FastBuffer).utf8Write?.(text, at, size) === undefined) bytes.write(text, at, size, "utf8");
  return size;
}

/** Writes character by character from the last; gives up at a surrogate, with nothing written. */
function writeShort(writer: BinaryWriter, text: string): number | undefined {
  if (writer.start < text.length * 3) grow(writer, text.length * 3);
  const { bytes, start } = writer;
  let at = start;
  for (let index = text.length - 1; index >= 0; index--) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes[--at] = unit;
    else {
      if (unit >= 0xd800 && unit < 0xe000) return undefined;
      bytes[--at] = (unit & 0x3f) | 0x80;
      if (unit >= 0x800) bytes[--at] = ((unit >> 6) & 0x3f) | 0x80;
      bytes[--at] = unit < 0x800 ? (unit >> 6) | 0xc0 : (unit >> 12) | 0xe0;
    }
  }
  writer.start = at;
  return start - at;
}

/** Writes bytes with their length. */
export function writeBytes(writer: BinaryWriter, value: BytesLike): void {
  const bytes = value instanceof Uint8Array ? value : bytesOf(value);
  writeRaw(writer, bytes);
  writeLength(writer, bytes.length);
}

function bytesOf(value: BytesLike): Uint8Array {
  if (Array.isArray(value)) return Uint8Array.from(value, Number);
  if (typeof value === "string") return Buffer.from(value, "base64");
  throw new EncodeError("bytes", describeJson(value));
}

/** Writes bytes unchanged. */
export function writeRaw(writer: BinaryWriter, bytes: Uint8Array): void {
  const at = claim(writer, bytes.length);
  writer.bytes.set(bytes, at);
}
