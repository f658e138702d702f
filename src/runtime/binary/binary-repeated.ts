/** Writers of repeated fields and maps, from the last value to the first as in all writers. */
import { type BinaryWriter, writeLength, writeTag, writtenSize } from "./binary-writer.js";
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/** Writes a list of scalars after one tag and length; nothing for an empty list. */
export function writePacked<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => void,
): void {
  const last = lastIndex(values);
  if (last < 0) return;
  const before = writtenSize(writer);
  for (let index = last; index >= 0; index--) write(writer, values[index] as T);
  writeLength(writer, writtenSize(writer) - before);
  writeTag(writer, tag);
}

/** Writes a list in which every value has its own tag. */
export function writeRepeated<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => void,
): void {
  for (let index = lastIndex(values); index >= 0; index--) {
    write(writer, values[index] as T);
    writeTag(writer, tag);
  }
}

/** Writes a list of messages; `write` returns the number of bytes that it wrote. */
export function writeMessages<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => number,
): void {
  for (let index = lastIndex(values); index >= 0; index--) {
    writeLength(writer, write(writer, values[index] as T));
    writeTag(writer, tag);
  }
}

/** Writes a list of delimited messages: `tag` starts each of them, the next number ends it. */
export function writeGroups<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => number,
): void {
  for (let index = lastIndex(values); index >= 0; index--) {
    writeTag(writer, tag + 1);
    write(writer, values[index] as T);
    writeTag(writer, tag);
  }
}

/** The keys of a map, the last one first. Throws EncodeError for another value than an object. */
export function mapKeys(map: object): string[] {
  if (typeof map !== "object") throw new EncodeError("a map", describeJson(map));
  return Object.keys(map).reverse();
}

function lastIndex(values: readonly unknown[]): number {
  if (typeof values !== "object" || typeof values.length !== "number")
    throw new EncodeError("a list", describeJson(values));
  return values.length - 1;
}
