/**
 * Fields that a message's type does not declare. They stay with the message object from decoding to encoding, as the
 * protobuf specification asks, in a property that JSON, enumeration and deep comparison do not see; a spread copy loses
 * them.
 */
import { type BinaryReader, endsGroup, skipValue } from "./binary-reader.js";
import { type BinaryWriter, createWriter, finishWriter, writeInt32, writeRaw, writeTag } from "./binary-writer.js";
import { takeMemory } from "../memory-bound.js";

/** One field as received: the tag and the bytes of the value (for a group, including its end tag). */
export interface UnknownField {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

/** The property that holds a message's unknown fields in order of arrival. */
export const unknownFields: unique symbol = /* @__PURE__ */ Symbol.for("grpc2lambda.unknownFields");

interface MayHoldUnknownFields {
  [unknownFields]?: UnknownField[];
}

/**
 * Keeps the field whose tag was read, for a message that ends at `end`. Returns the new end of the message: the cursor,
 * if the tag ended the group.
 */
export function readUnknownField(reader: BinaryReader, tag: number, message: object, end: number): number {
  if (endsGroup(tag, end)) return reader.position;
  keepUnknownField(message, tag, readValueBytes(reader, tag));
  return end;
}

/** Skips a field that cannot be kept. Returns the new end of the message, as `readUnknownField` does. */
export function skipUnknownField(reader: BinaryReader, tag: number, end: number): number {
  if (endsGroup(tag, end)) return reader.position;
  skipValue(reader, tag);
  return end;
}

/** Keeps a number that a closed enum does not have. */
export function keepUnknownEnum(message: object, tag: number, value: number): void {
  const writer = createWriter();
  writeInt32(writer, value);
  keepUnknownField(message, tag, finishWriter(writer));
}

/** Keeps the value between `start` and the cursor. */
export function keepUnknownRange(reader: BinaryReader, message: object, tag: number, start: number): void {
  keepUnknownField(message, tag, new Uint8Array(reader.bytes.subarray(start, reader.position)));
}

function readValueBytes(reader: BinaryReader, tag: number): Uint8Array {
  const start = reader.position;
  skipValue(reader, tag);
  return new Uint8Array(reader.bytes.subarray(start, reader.position));
}

/** Adds a field to a message's unknown fields. */
export function keepUnknownField(message: object, tag: number, bytes: Uint8Array): void {
  takeMemory(40);
  const known = unknownFieldsOf(message);
  if (known !== undefined) known.push({ tag, bytes });
  else Object.defineProperty(message, unknownFields, { value: [{ tag, bytes }], configurable: true, writable: true });
}

/** The unknown fields of a message, if there are any. */
export function unknownFieldsOf(message: object): UnknownField[] | undefined {
  return (message as MayHoldUnknownFields)[unknownFields];
}

/** Writes a message's unknown fields behind the known ones. */
export function writeUnknownFields(writer: BinaryWriter, message: object): void {
  const fields = unknownFieldsOf(message);
  if (fields === undefined) return;
  for (const { tag, bytes } of [...fields].reverse()) {
    writeRaw(writer, bytes);
    writeTag(writer, tag);
  }
}
