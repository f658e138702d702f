/** Repeated fields on the wire, written from the last value to the first as everything is. */
import { type BinaryWriter, writeLength, writeTag, writtenSize } from "./binary-writer.js";

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

/** A list of delimited messages: `tag` starts each of them, the next number ends it. */
export function writeGroups<T>(
  writer: BinaryWriter,
  tag: number,
  values: readonly T[],
  write: (writer: BinaryWriter, value: T) => number,
): void {
  for (let index = values.length - 1; index >= 0; index--) {
    writeTag(writer, tag + 1);
    write(writer, values[index] as T);
    writeTag(writer, tag);
  }
}
