/**
 * Reading the protobuf wire format (https://protobuf.dev/programming-guides/encoding/). Plain functions over a cursor, so that a
 * bundle keeps only the ones its messages need. Whatever the bytes say, a reader allocates no more than their length, nests no
 * deeper than `maxDepth` and throws nothing but DecodeError.
 */
import { bufferView } from "../values/buffer-view.js";
import { DecodeError } from "../values/decode-error.js";
import { takeMemory } from "../memory-bound.js";

/** A cursor over one encoded message. */
export interface BinaryReader {
  readonly bytes: Buffer;
  /** Offset of the next byte. */
  position: number;
  /** Messages and groups open around the cursor. */
  depth: number;
  /** The 64-bit value read last: its two halves as signed 32-bit integers. */
  low: number;
  high: number;
}

/** The two halves of a 64-bit integer, each as a signed 32-bit integer. */
export interface Bits64 {
  readonly low: number;
  readonly high: number;
}

/** Messages inside messages: the limit that the other protobuf implementations have. */
export const maxDepth = 100;

/** Ends from here on stand for "up to the end of group n"; no input is that long. */
const firstGroupEnd = 2 ** 30;

/** Starts at the first byte of a message. Throws DecodeError for input of 1 GiB and more. */
export function createReader(bytes: Uint8Array): BinaryReader {
  if (bytes.length >= firstGroupEnd) throw new DecodeError("less than 1 GiB", `${bytes.length} bytes`);
  const buffer = isBuffer(bytes) ? bytes : bufferView(bytes);
  return { bytes: buffer, position: 0, depth: 0, low: 0, high: 0 };
}

/** A look at a method: `Buffer` is a getter of the global object, and `instanceof` what it gives a twentieth of a small message. */
function isBuffer(bytes: Uint8Array): bytes is Buffer {
  return "readUInt32LE" in bytes;
}

/** The next tag, `number << 3 | wire type`, as an unsigned integer. */
export function readTag(reader: BinaryReader): number {
  const first = readByte(reader);
  if (first < 0x80) return first;
  const tag = readLongVarint(reader, first);
  if (reader.high !== 0) throw malformed(reader, "a field tag of at most 32 bits", "a longer one");
  return tag >>> 0;
}

/** A message field: reads its length and returns where it ends, for the message's own reader. */
export function openMessage(reader: BinaryReader): number {
  const end = readEnd(reader);
  enter(reader);
  return end;
}

/** A delimited message field whose start tag was read: returns the end that stands for its end tag. */
export function openGroup(reader: BinaryReader, tag: number): number {
  enter(reader);
  return firstGroupEnd + (tag >>> 3);
}

/** Checks that the fields of a message ended where the message does, and leaves it. `slots` is what it takes from the start. */
export function closeMessage(reader: BinaryReader, end: number, slots = 0): void {
  takeMemory(8 + slots);
  if (reader.position !== end)
    throw malformed(reader, "fields that end with their message", "a field that runs past it");
  reader.depth--;
}

/** When `tag` is the one that ends the group `end` stands for. */
export function endsGroup(tag: number, end: number): boolean {
  return (tag & 7) === 4 && end === firstGroupEnd + (tag >>> 3);
}

/** Whether a packed list that ends at `limit` goes on at the cursor. Throws when its last value ran past the end. */
export function isBefore(reader: BinaryReader, limit: number): boolean {
  if (reader.position > limit) throw malformed(reader, "values that fill their list", "one that runs past it");
  return reader.position < limit;
}

/** Throws for the first of the required fields (their names) that did not come. */
export function requireFields(missing: ReadonlySet<string>): void {
  for (const name of missing) throw new DecodeError("a value", "none", name);
}

/** Takes properties away: the members of a oneof that another member replaces. */
export function clearMembers<T extends object>(message: T, names: readonly (keyof T)[]): void {
  for (const name of names) if (message[name] !== undefined) delete message[name];
}

function enter(reader: BinaryReader): void {
  if (++reader.depth > maxDepth) throw malformed(reader, `messages nested at most ${maxDepth} deep`, "deeper nesting");
}

/** Reads a length and returns the offset that many bytes on, which is within the input. */
export function readEnd(reader: BinaryReader): number {
  const first = readByte(reader);
  const length = first < 0x80 ? first : readLongVarint(reader, first);
  if (first >= 0x80 && (reader.high !== 0 || length < 0)) throw malformed(reader, "a length", "more than the input");
  const end = reader.position + length;
  if (end > reader.bytes.length) throw endOfInput(reader);
  return end;
}

/** int32 and enums: the low 32 bits, signed. */
export function readInt32(reader: BinaryReader): number {
  const first = readByte(reader);
  return first < 0x80 ? first : readLongVarint(reader, first);
}

/** uint32: the low 32 bits. */
export function readUint32(reader: BinaryReader): number {
  return readInt32(reader) >>> 0;
}

/** sint32: zigzag. */
export function readSint32(reader: BinaryReader): number {
  const value = readInt32(reader);
  return (value >>> 1) ^ -(value & 1);
}

/** bool: any bit of the 64 counts. */
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

/** int64 and uint64: the bits, valid until the next read. */
export function readVarint64(reader: BinaryReader): Bits64 {
  const first = readByte(reader);
  reader.high = 0;
  reader.low = first < 0x80 ? first : readLongVarint(reader, first);
  return reader;
}

/** sint64: the bits after zigzag, valid until the next read. */
export function readZigzag64(reader: BinaryReader): Bits64 {
  const { low, high } = readVarint64(reader);
  const sign = -(low & 1);
  reader.low = ((low >>> 1) | (high << 31)) ^ sign;
  reader.high = (high >>> 1) ^ sign;
  return reader;
}

/** fixed64 and sfixed64: the bits, valid until the next read. */
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

/** The rest of a varint of two to ten bytes: returns the low half, leaves the high half in `reader.high`. */
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

/** Steps over `size` bytes that have to be there and returns the offset of the first. */
function advance(reader: BinaryReader, size: number): number {
  const at = reader.position;
  if (at + size > reader.bytes.length) throw endOfInput(reader);
  reader.position = at + size;
  return at;
}

function endOfInput(reader: BinaryReader): DecodeError {
  return new DecodeError("more bytes", `the end of the input after byte ${reader.bytes.length}`);
}

/** The error for bytes at the cursor that no message consists of. */
export function malformed(reader: BinaryReader, expected: string, found: string): DecodeError {
  return new DecodeError(expected, `${found} at byte ${reader.position}`);
}
