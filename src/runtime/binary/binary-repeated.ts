/** Repeated fields and maps on the wire, written from the last value to the first as everything is. */
import { type BinaryWriter, writeLength, writeTag, writtenSize } from "./binary-writer.js";
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";

/** A list of scalars behind one tag and length; nothing for an empty one. */
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

/** A list of which every value has a tag of its own. */
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

/** A list of messages; `write` returns how many bytes it wrote. */
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

/** A list of delimited messages: `tag` starts each of them, the next number ends it. */
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

/** The keys of a map, the last one first. Throws EncodeError for what is no map. */
export function mapKeys(map: object): string[] {
  if (typeof map !== "object") throw new EncodeError("a map", describeJson(map));
  return Object.keys(map).reverse();
}

function lastIndex(values: readonly unknown[]): number {
  if (typeof values !== "object" || typeof values.length !== "number")
    throw new EncodeError("a list", describeJson(values));
  return values.length - 1;
}
