/**
 * Reads the protobuf wire format into flat records, as much of it as descriptor sets use.
 * https://protobuf.dev/programming-guides/encoding/
 */
import { bytesField } from "./write-fields.js";

/** One decoded message: field numbers and values side by side, in the order they came. */
export interface WireRecord {
  readonly numbers: readonly number[];
  /** Varints as their low 32 bits, signed; length-delimited fields as bytes. Fixed-width values are left out. */
  readonly values: readonly (number | Uint8Array)[];
}

/** Thrown on input that is not a protobuf message; `read-descriptor-set.ts` turns it into a diagnostic. */
export class WireFormatError extends Error {}

/** A place in the bytes of one message. */
interface WireCursor {
  readonly bytes: Uint8Array;
  at: number;
}

const maxGroupDepth = 100;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Decodes one level of a message. Throws WireFormatError on malformed input. */
export function readRecord(bytes: Uint8Array): WireRecord {
  const numbers: number[] = [];
  const values: (number | Uint8Array)[] = [];
  const cursor: WireCursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const { number, wireType } = readTag(cursor);
    const value = readValue(cursor, number, wireType);
    if (value === undefined) continue;
    numbers.push(number);
    values.push(value);
  }
  return { numbers, values };
}

/** The last varint with this field number; undefined when it is absent. */
export function integerOf(record: WireRecord, number: number): number | undefined {
  const value = record.values[record.numbers.lastIndexOf(number)];
  return typeof value === "number" ? value : undefined;
}

/** A bool field; absent is false. */
export function booleanOf(record: WireRecord, number: number): boolean {
  return (integerOf(record, number) ?? 0) !== 0;
}

/** The last string with this field number; undefined when it is absent. Throws WireFormatError when it is not UTF-8. */
export function textOf(record: WireRecord, number: number): string | undefined {
  const value = record.values[record.numbers.lastIndexOf(number)];
  return value instanceof Uint8Array ? decodeText(value) : undefined;
}

/** Every string with this field number. */
export function textsOf(record: WireRecord, number: number): string[] {
  return bytesOf(record, number).map(decodeText);
}

/** Every length-delimited value with this field number. */
export function bytesOf(record: WireRecord, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const [index, value] of record.values.entries()) {
    if (record.numbers[index] === number && value instanceof Uint8Array) found.push(value);
  }
  return found;
}

/** The first length-delimited value with this field number in an encoded message; empty when it is absent. */
export function firstBytes(bytes: Uint8Array, number: number): Uint8Array {
  const cursor: WireCursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const tag = readTag(cursor);
    const value = readValue(cursor, tag.number, tag.wireType);
    if (tag.number === number && value instanceof Uint8Array) return value;
  }
  return bytes.subarray(0, 0);
}

/** Visits the length-delimited fields in a range of bytes, with the range of each, without decoding any. */
export function scanFields(
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (number: number, start: number, end: number) => void,
): void {
  const cursor: WireCursor = { bytes, at: from };
  while (cursor.at < to) {
    const { number, wireType } = readTag(cursor);
    if (wireType !== 2) {
      readValue(cursor, number, wireType);
      continue;
    }
    const length = readVarint(cursor) >>> 0;
    const start = cursor.at;
    skipBytes(cursor, length);
    visit(number, start, cursor.at);
  }
  if (cursor.at > to) throw new WireFormatError("a field beyond the end of its message");
}

/**
 * A copy of an encoded message, with the content of each length-delimited field replaced, or the field left out for undefined. Throws
 * WireFormatError on malformed input.
 */
export function rewriteFields(
  bytes: Uint8Array,
  replace: (number: number, content: Uint8Array) => Uint8Array | undefined,
): Uint8Array {
  const parts: Uint8Array[] = [];
  const cursor: WireCursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const start = cursor.at;
    const { number, wireType } = readTag(cursor);
    const value = readValue(cursor, number, wireType);
    if (wireType === 2 && value instanceof Uint8Array) {
      const content = replace(number, value);
      if (content !== undefined) parts.push(bytesField(number, content));
    } else parts.push(bytes.subarray(start, cursor.at));
  }
  return Buffer.concat(parts);
}

/** Every message with this field number, in a repeated field. */
export function recordsOf(record: WireRecord, number: number): WireRecord[] {
  return bytesOf(record, number).map(readRecord);
}

/** The message in a singular field: occurrences are merged, as the format demands; empty when it is absent. */
export function recordOf(record: WireRecord, number: number): WireRecord {
  const [only, ...others] = recordsOf(record, number);
  if (only === undefined) return { numbers: [], values: [] };
  if (others.length === 0) return only;
  const all = [only, ...others];
  return { numbers: all.flatMap((each) => each.numbers), values: all.flatMap((each) => each.values) };
}

/** Tells whether the field is there at all. */
export function hasField(record: WireRecord, number: number): boolean {
  return record.numbers.includes(number);
}

/** A repeated int32 field, packed or not. */
export function integersOf(record: WireRecord, number: number): number[] {
  const found: number[] = [];
  for (const [index, value] of record.values.entries()) {
    if (record.numbers[index] !== number) continue;
    if (typeof value === "number") found.push(value);
    else for (const each of readPackedIntegers(value)) found.push(each);
  }
  return found;
}

/** The varints of a packed field, low 32 bits each. */
export function readPackedIntegers(bytes: Uint8Array): number[] {
  const cursor: WireCursor = { bytes, at: 0 };
  const found: number[] = [];
  while (cursor.at < bytes.length) found.push(readVarint(cursor));
  return found;
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new WireFormatError("a string that is not UTF-8");
  }
}

function readTag(cursor: WireCursor): { number: number; wireType: number } {
  const tag = readVarint(cursor) >>> 0;
  const number = tag >>> 3;
  if (number === 0) throw new WireFormatError("field number 0");
  return { number, wireType: tag & 7 };
}

function readValue(cursor: WireCursor, number: number, wireType: number): number | Uint8Array | undefined {
  switch (wireType) {
    case 0:
      return readVarint(cursor);
    case 1:
      skipBytes(cursor, 8);
      return undefined;
    case 2:
      return readBytes(cursor);
    case 3:
      skipGroup(cursor, number, 0);
      return undefined;
    case 5:
      skipBytes(cursor, 4);
      return undefined;
    default:
      throw new WireFormatError(`wire type ${wireType}`);
  }
}

function readBytes(cursor: WireCursor): Uint8Array {
  const length = readVarint(cursor) >>> 0;
  const start = cursor.at;
  skipBytes(cursor, length);
  return cursor.bytes.subarray(start, start + length);
}

function skipBytes(cursor: WireCursor, length: number): void {
  if (length > cursor.bytes.length - cursor.at) throw new WireFormatError("the end of the data inside a field");
  cursor.at += length;
}

function skipGroup(cursor: WireCursor, number: number, depth: number): void {
  if (depth > maxGroupDepth) throw new WireFormatError("groups nested too deep");
  for (;;) {
    const tag = readTag(cursor);
    if (tag.wireType === 4) {
      if (tag.number !== number) throw new WireFormatError("the end of another group");
      return;
    }
    if (tag.wireType === 3) skipGroup(cursor, tag.number, depth + 1);
    else readValue(cursor, tag.number, tag.wireType);
  }
}

function readVarint(cursor: WireCursor): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new WireFormatError("the end of the data inside a number");
    if (shift < 32) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new WireFormatError("a number of more than 10 bytes");
}
