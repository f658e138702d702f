/**
 * Fields that a message's type does not declare, kept as @bufbuild/protobuf keeps them, in `$unknown`. Fields that the
 * library made, or that hold its extensions, are written unchanged.
 */
import { type BinaryReader, endsGroup, skipValue } from "./binary-reader.js";
import { type BinaryWriter, createWriter, finishWriter, writeInt32, writeRaw, writeTag } from "./binary-writer.js";
import { takeMemory } from "../memory-bound.js";

/** One field as received; `data` are the bytes of the value (for a group, including its end tag). */
export interface UnknownField {
  readonly no: number;
  readonly wireType: number;
  readonly data: Uint8Array;
}

interface MayHoldUnknownFields {
  $unknown?: UnknownField[] | undefined;
}

/**
 * Keeps the field whose tag was read, for a message that ends at `end`. Returns the new end of the message: the cursor,
 * if the tag ended the group.
 */
export function readUnknownField(reader: BinaryReader, tag: number, message: object, end: number): number {
  if (endsGroup(tag, end)) return reader.position;
  const start = reader.position;
  skipValue(reader, tag);
  keepUnknownRange(reader, message, tag, start);
  return end;
}

/** Keeps a number that a closed enum does not have. */
export function keepUnknownEnum(message: object, tag: number, value: number): void {
  const writer = createWriter();
  writeInt32(writer, value);
  keep(message, tag, finishWriter(writer));
}

/** Keeps the value between `start` and the cursor. */
export function keepUnknownRange(reader: BinaryReader, message: object, tag: number, start: number): void {
  keep(message, tag, new Uint8Array(reader.bytes.subarray(start, reader.position)));
}

function keep(message: MayHoldUnknownFields, tag: number, data: Uint8Array): void {
  takeMemory(40);
  const field = { no: tag >>> 3, wireType: tag & 7, data };
  if (message.$unknown === undefined) message.$unknown = [field];
  else message.$unknown.push(field);
}

/** Writes a message's unknown fields behind the known ones. */
export function writeUnknownFields(writer: BinaryWriter, message: MayHoldUnknownFields): void {
  const fields = message.$unknown ?? [];
  for (let index = fields.length - 1; index >= 0; index--) {
    const { no, wireType, data } = fields[index] as UnknownField;
    writeRaw(writer, data);
    writeTag(writer, ((no << 3) | wireType) >>> 0);
  }
}
