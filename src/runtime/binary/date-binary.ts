/** google.protobuf.Timestamp as a Date and FieldMask as a list of paths, to and from protobuf binary. */
import { writeInt64 } from "./binary-int64.js";
import { type BinaryReader, closeMessage, malformed, readInt32, readTag, readVarint64 } from "./binary-reader.js";
import { readString } from "./binary-text.js";
import { type BinaryWriter, writeInt32, writeString, writeTag, writtenSize } from "./binary-writer.js";
import { dateOf, partsOf } from "../values/date.js";
import { toNumber } from "./int64.js";
import { skipUnknownField } from "./unknown-fields.js";

/**
 * Reads a Timestamp up to `end`; `into` is the value of an earlier occurrence. A time that a Date cannot hold is
 * refused.
 */
export function readTimestamp(reader: BinaryReader, end: number, into?: Date): Date {
  let { seconds, nanos } = partsOf(into);
  while (reader.position < end) {
    const tag = readTag(reader);
    if (tag === 8) seconds = toNumber(readVarint64(reader));
    else if (tag === 16) nanos = readInt32(reader);
    else end = skipUnknownField(reader, tag, end);
  }
  closeMessage(reader, end);
  const date = dateOf(seconds, nanos);
  if (Number.isNaN(date.getTime())) throw malformed(reader, "a time that a Date can hold", `${seconds} s`);
  return date;
}

/** Writes a Timestamp and returns its size. Throws EncodeError for an invalid Date. */
export function writeTimestamp(writer: BinaryWriter, date: Date): number {
  const before = writtenSize(writer);
  const { seconds, nanos } = partsOf(date);
  if (nanos !== 0) {
    writeInt32(writer, nanos);
    writeTag(writer, 16);
  }
  if (seconds !== 0) {
    writeInt64(writer, seconds);
    writeTag(writer, 8);
  }
  return writtenSize(writer) - before;
}

/** Reads a FieldMask up to `end`; `into` is the value of an earlier occurrence. */
export function readFieldMask(reader: BinaryReader, end: number, into?: string[]): string[] {
  const paths = into ?? [];
  while (reader.position < end) {
    const tag = readTag(reader);
    if (tag === 10) paths.push(readString(reader));
    else end = skipUnknownField(reader, tag, end);
  }
  closeMessage(reader, end);
  return paths;
}

/** Writes a FieldMask and returns its size. */
export function writeFieldMask(writer: BinaryWriter, paths: readonly string[]): number {
  const before = writtenSize(writer);
  for (let index = paths.length - 1; index >= 0; index--) {
    writeString(writer, paths[index] as string);
    writeTag(writer, 10);
  }
  return writtenSize(writer) - before;
}
