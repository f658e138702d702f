/**
 * Writing the protobuf wire format (https://protobuf.dev/programming-guides/encoding/), back to front: what a message contains is
 * written before its length, which is known by then, so that every byte is written once and nothing is measured beforehand.
 */

/** A buffer that fills from its end. */
export interface BinaryWriter {
  bytes: Buffer;
  /** Offset of the byte written last; `bytes.length` when there is none. */
  start: number;
  /** The 64-bit value under way: its two halves as signed 32-bit integers. */
  low: number;
  high: number;
}

/** A 64-bit integer in any form that handlers use. */
export type Integer64 = bigint | number | string | { readonly low: number; readonly high: number };

/** bytes in any form that handlers use; text is base64. */
export type BytesLike = Uint8Array | readonly number[] | string;

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

/** uint32, tags and lengths. */
export function writeUint32(writer: BinaryWriter, value: number): void {
  let rest = value >>> 0;
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
export function writeInt32(writer: BinaryWriter, value: number): void {
  const integer = value | 0;
  if (integer >= 0) writeUint32(writer, integer);
  else writeBits(writer, integer, -1);
}

/** sint32: zigzag. */
export function writeSint32(writer: BinaryWriter, value: number): void {
  writeUint32(writer, (value << 1) ^ (value >> 31));
}

/** bool. */
export function writeBool(writer: BinaryWriter, value: boolean): void {
  const at = claim(writer, 1);
  writer.bytes[at] = value ? 1 : 0;
}

/** fixed32. */
export function writeFixed32(writer: BinaryWriter, value: number): void {
  const at = claim(writer, 4);
  writer.bytes.writeUInt32LE(value >>> 0, at);
}

/** sfixed32. */
export function writeSfixed32(writer: BinaryWriter, value: number): void {
  const at = claim(writer, 4);
  writer.bytes.writeInt32LE(value | 0, at);
}

/** float. */
export function writeFloat(writer: BinaryWriter, value: number): void {
  const at = claim(writer, 4);
  writer.bytes.writeFloatLE(value, at);
}

/** double. */
export function writeDouble(writer: BinaryWriter, value: number): void {
  const at = claim(writer, 8);
  writer.bytes.writeDoubleLE(value, at);
}

/** int64 and uint64. */
export function writeVarint64(writer: BinaryWriter, value: Integer64): void {
  split(writer, value);
  writeBits(writer, writer.low, writer.high);
}

/** sint64: zigzag. */
export function writeZigzag64(writer: BinaryWriter, value: Integer64): void {
  split(writer, value);
  const { low, high } = writer;
  const sign = high >> 31;
  writeBits(writer, (low << 1) ^ sign, ((high << 1) | (low >>> 31)) ^ sign);
}

/** fixed64 and sfixed64. */
export function writeFixed64(writer: BinaryWriter, value: Integer64): void {
  split(writer, value);
  const at = claim(writer, 8);
  writer.bytes.writeInt32LE(writer.low, at);
  writer.bytes.writeInt32LE(writer.high, at + 4);
}

/** Takes a 64-bit integer apart; what is out of range wraps, as it does in C. */
function split(writer: BinaryWriter, value: Integer64): void {
  if (typeof value === "object") {
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
  const integer = BigInt(typeof value === "number" ? Math.trunc(value) : value);
  writer.low = Number(BigInt.asIntN(32, integer));
  writer.high = Number(BigInt.asIntN(32, integer >> 32n));
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
const shortText = 24;

/** string, with its length. Half a surrogate pair becomes U+FFFD. */
export function writeString(writer: BinaryWriter, value: string): void {
  const { length } = value;
  if (length <= shortText && writeShortAscii(writer, value)) {
    writeUint32(writer, length);
    return;
  }
  const size = Buffer.byteLength(value, "utf8");
  const at = claim(writer, size);
  writer.bytes.write(value, at, size, "utf8");
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
  const bytes = typeof value === "string" ? Buffer.from(value, "base64") : value;
  writeRaw(writer, bytes);
  writeUint32(writer, bytes.length);
}

/** Bytes as they are. */
export function writeRaw(writer: BinaryWriter, bytes: ArrayLike<number>): void {
  const at = claim(writer, bytes.length);
  writer.bytes.set(bytes, at);
}

/** A list of scalars behind one tag and length; nothing for an empty one. */
export function writePacked<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => void,
): void {
  if (values.length === 0) return;
  const before = writtenSize(writer);
  for (let index = values.length - 1; index >= 0; index--) write(writer, values[index] as T);
  writeUint32(writer, writtenSize(writer) - before);
  writeTag(writer, tag);
}

/** A list of which every value has a tag of its own. */
export function writeRepeated<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => void,
): void {
  for (let index = values.length - 1; index >= 0; index--) {
    write(writer, values[index] as T);
    writeTag(writer, tag);
  }
}

/** A list of messages; `write` returns how many bytes it wrote. */
export function writeMessages<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => number,
): void {
  for (let index = values.length - 1; index >= 0; index--) {
    writeLength(writer, write(writer, values[index] as T));
    writeTag(writer, tag);
  }
}
