/**
 * Readers of the protobuf wire format (https://protobuf.dev/programming-guides/encoding/). They are plain functions
 * over a cursor, so that a bundle keeps only those that its messages need. For any input a reader allocates no more
 * than its length, nests no deeper than `maxDepth` and throws nothing but DecodeError.
 */
import { bufferView } from "../values/buffer-view.js";
import { DecodeError } from "../values/decode-error.js";
import { takeMemory } from "../memory-bound.js";

/** A cursor over one encoded message. */
export interface BinaryReader {
  readonly bytes: Buffer;
  /** Offset of the next byte. */
  position: number;
  /** Number of open messages and groups around the cursor. */
  depth: number;
  /** Low half of the 64-bit value read last, as a signed 32-bit integer; `high` is the other half. */
  low: number;
  high: number;
}

/** The two halves of a 64-bit integer, each as a signed 32-bit integer. */
export interface Bits64 {
  readonly low: number;
  readonly high: number;
}

/** Deepest nesting of messages; other protobuf implementations have the same limit. */
export const maxDepth = 100;

/** Ends from here on mean "up to the end of group n"; no input is that long. */
const firstGroupEnd = 2 ** 30;

/** Makes a reader at the first byte of a message. Throws DecodeError for input of 1 GiB and more. */
export function createReader(bytes: Uint8Array): BinaryReader {
  if (bytes.length >= firstGroupEnd) throw new DecodeError("less than 1 GiB", `${bytes.length} bytes`);
  const buffer = isBuffer(bytes) ? bytes : bufferView(bytes);
  return { bytes: buffer, position: 0, depth: 0, low: 0, high: 0 };
}

/**
 * Looks for a method of Buffer: `Buffer` is a getter of the global object, and `instanceof` with it takes a twentieth
 * of the time of a small message.
 */
function isBuffer(bytes: Uint8Array): bytes is Buffer {
  return "readUInt32LE" in bytes;
}

/** Reads the next tag, `number << 3 | wire type`, as an unsigned integer. */
export function readTag(reader: BinaryReader): number {
  const first = readByte(reader);
  if (first < 0x80) return first;
  const tag = readLongVarint(reader, first);
  if (reader.high !== 0) throw malformed(reader, "a field tag of at most 32 bits", "a longer one");
  return tag >>> 0;
}

/** Reads the length of a message field and returns the end of the message, for the message's own reader. */
export function openMessage(reader: BinaryReader): number {
  const end = readEnd(reader);
  enter(reader);
  return end;
}

/** Enters a delimited message field whose start tag was read, and returns the end that means its end tag. */
export function openGroup(reader: BinaryReader, tag: number): number {
  enter(reader);
  return firstGroupEnd + (tag >>> 3);
}

/**
 * Leaves a message, after a check that its fields end where it ends. `slots` is the memory of a message without values.
 */
export function closeMessage(reader: BinaryReader, end: number, slots = 0): void {
  takeMemory(8 + slots);
  if (reader.position !== end)
    throw malformed(reader, "fields that end with their message", "a field that runs past it");
  reader.depth--;
}

/** Tells whether `tag` ends the group that `end` means. */
export function endsGroup(tag: number, end: number): boolean {
  return (tag & 7) === 4 && end === firstGroupEnd + (tag >>> 3);
}

/**
 * Tells whether a packed list that ends at `limit` goes on at the cursor. Throws if its last value ran past the end.
 */
export function isBefore(reader: BinaryReader, limit: number): boolean {
  if (reader.position > limit) throw malformed(reader, "values that fill their list", "one that runs past it");
  return reader.position < limit;
}

/** Throws for the first of the required fields (their names) that did not come. */
export function requireFields(missing: ReadonlySet<string>): void {
  for (const name of missing) throw new DecodeError("a value", "none", name);
}

/** Removes properties: the members of a oneof that another member replaces. */
export function clearMembers<T extends object>(message: T, names: readonly (keyof T)[]): void {
  for (const name of names) if (message[name] !== undefined) delete message[name];
}

function enter(reader: BinaryReader): void {
  if (++reader.depth > maxDepth) throw malformed(reader, `messages nested at most ${maxDepth} deep`, "deeper nesting");
}

/** Reads a length and returns the offset that many bytes further, which is within the input. */
export function readEnd(reader: BinaryReader): number {
  const first = readByte(reader);
  const length = first < 0x80 ? first : readLongVarint(reader, first);
  if (first >= 0x80 && (reader.high !== 0 || length < 0)) throw malformed(reader, "a length", "more than the input");
  const end = reader.position + length;
  if (end > reader.bytes.length) throw endOfInput(reader);
  return end;
}

/** Reads an int32 or an enum: the low 32 bits, signed. */
export function readInt32(reader: BinaryReader): number {
  const first = readByte(reader);
  return first < 0x80 ? first : readLongVarint(reader, first);
}

/** Reads a uint32: the low 32 bits. */
export function readUint32(reader: BinaryReader): number {
  return readInt32(reader) >>> 0;
}

/** Reads a sint32 in zigzag form. */
export function readSint32(reader: BinaryReader): number {
  const value = readInt32(reader);
  return (value >>> 1) ^ -(value & 1);
}

/** Reads a bool, which is true if any of the 64 bits is set. */
export function readBool(reader: BinaryReader): boolean {
  const first = readByte(reader);
  return first < 0x80 ? first !== 0 : readLongVarint(reader, first) !== 0 || reader.high !== 0;
}

/** fixed32. */
export function readFixed32(reader: BinaryReader): number {
  return reader.bytes.readUInt32LE(advance(reader, 4));
}

/** sfixed32. */
export function readSfixed32(reader: BinaryReader): number {
  return reader.bytes.readInt32LE(advance(reader, 4));
}

/** float. */
export function readFloat(reader: BinaryReader): number {
  return reader.bytes.readFloatLE(advance(reader, 4));
}

/** double. */
export function readDouble(reader: BinaryReader): number {
  return reader.bytes.readDoubleLE(advance(reader, 8));
}

/** Reads an int64 or uint64: its bits, valid until the next read. */
export function readVarint64(reader: BinaryReader): Bits64 {
  const first = readByte(reader);
  reader.high = 0;
  reader.low = first < 0x80 ? first : readLongVarint(reader, first);
  return reader;
}

/** Reads a sint64: its bits after zigzag, valid until the next read. */
export function readZigzag64(reader: BinaryReader): Bits64 {
  const { low, high } = readVarint64(reader);
  const sign = -(low & 1);
  reader.low = ((low >>> 1) | (high << 31)) ^ sign;
  reader.high = (high >>> 1) ^ sign;
  return reader;
}

/** Reads a fixed64 or sfixed64: its bits, valid until the next read. */
export function readFixed64(reader: BinaryReader): Bits64 {
  const at = advance(reader, 8);
  reader.low = reader.bytes.readInt32LE(at);
  reader.high = reader.bytes.readInt32LE(at + 4);
  return reader;
}

/** Moves past the value that follows `tag`. Groups nest no deeper than messages may. */
export function skipValue(reader: BinaryReader, tag: number): void {
  if (tag >>> 3 === 0) throw malformed(reader, "a field number", "0");
  switch (tag & 7) {
    case 0:
      readVarint64(reader);
      return;
    case 1:
      advance(reader, 8);
      return;
    case 2:
      reader.position = readEnd(reader);
      return;
    case 3:
      skipGroup(reader, tag);
      return;
    case 5:
      advance(reader, 4);
      return;
    default:
      throw malformed(reader, "a wire type that starts a value", `${tag & 7}`);
  }
}

function skipGroup(reader: BinaryReader, start: number): void {
  const end = openGroup(reader, start);
  for (let tag = readTag(reader); !endsGroup(tag, end); tag = readTag(reader)) skipValue(reader, tag);
  reader.depth--;
}

function readByte(reader: BinaryReader): number {
  const byte = reader.bytes[reader.position];
  if (byte === undefined) throw endOfInput(reader);
  reader.position++;
  return byte;
}

/** Reads the rest of a varint of two to ten bytes; returns the low half and leaves the high half in `reader.high`. */
function readLongVarint(reader: BinaryReader, first: number): number {
  reader.high = 0;
  let byte = readByte(reader);
  let low = (first & 0x7f) | ((byte & 0x7f) << 7);
  for (let shift = 14; byte >= 0x80 && shift < 28; shift += 7) {
    byte = readByte(reader);
    low |= (byte & 0x7f) << shift;
  }
  return byte < 0x80 ? low : readHighHalf(reader, low);
}

function readHighHalf(reader: BinaryReader, low: number): number {
  let byte = readByte(reader);
  let high = (byte & 0x7f) >>> 4;
  const value = low | (byte << 28);
  for (let shift = 3; byte >= 0x80 && shift <= 31; shift += 7) {
    byte = readByte(reader);
    high |= (byte & 0x7f) << shift;
  }
  if (byte >= 0x80) throw malformed(reader, "a varint of at most 10 bytes", "a longer one");
  reader.high = high;
  return value;
}

/** Skips `size` bytes, which have to be there, and returns the offset of the first. */
function advance(reader: BinaryReader, size: number): number {
  const at = reader.position;
  if (at + size > reader.bytes.length) throw endOfInput(reader);
  reader.position = at + size;
  return at;
}

function endOfInput(reader: BinaryReader): DecodeError {
  return new DecodeError("more bytes", `the end of the input after byte ${reader.bytes.length}`);
}

/** The error for malformed bytes at the cursor. */
export function malformed(reader: BinaryReader, expected: string, found: string): DecodeError {
  return new DecodeError(expected, `${found} at byte ${reader.position}`);
}
