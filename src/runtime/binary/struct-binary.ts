/** google.protobuf.Struct, Value and ListValue on the wire, for styles in which they are plain JSON values. */
import { inEntry } from "./binary-path.js";
import {
  type BinaryReader,
  closeMessage,
  openMessage,
  readBool,
  readDouble,
  readInt32,
  readTag,
} from "./binary-reader.js";
import { readString } from "./binary-text.js";
import {
  type BinaryWriter,
  writeBool,
  writeDouble,
  writeInt32,
  writeLength,
  writeString,
  writeTag,
  writtenSize,
} from "./binary-writer.js";
import { inside } from "../values/decode-error.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { setEntry } from "../values/set-entry.js";
import { skipUnknownField } from "./unknown-fields.js";

/** Reads a Struct that ends at `end`, into `into` if it continues an earlier occurrence. */
export function readStruct(reader: BinaryReader, end: number, into?: JsonObject): JsonObject {
  const struct = into ?? {};
  while (reader.position < end) {
    const tag = readTag(reader);
    if (tag === 10) readEntry(reader, struct);
    else end = skipUnknownField(reader, tag, end);
  }
  closeMessage(reader, end);
  return struct;
}

function readEntry(reader: BinaryReader, struct: JsonObject): void {
  let end = openMessage(reader);
  let key: string | undefined;
  let value: JsonValue = null;
  try {
    while (reader.position < end) {
      const tag = readTag(reader);
      if (tag === 10) key = readString(reader);
      else if (tag === 18) value = readValue(reader, openMessage(reader), value);
      else end = skipUnknownField(reader, tag, end);
    }
  } catch (error) {
    throw inEntry(error, key);
  }
  closeMessage(reader, end);
  setEntry(struct, key ?? "", value);
}

/** Reads a ListValue that ends at `end`, onto the end of `into` if it continues an earlier occurrence. */
export function readListValue(reader: BinaryReader, end: number, into?: JsonValue[]): JsonValue[] {
  const list = into ?? [];
  try {
    while (reader.position < end) {
      const tag = readTag(reader);
      if (tag === 10) list.push(readValue(reader, openMessage(reader)));
      else end = skipUnknownField(reader, tag, end);
    }
  } catch (error) {
    throw inside(error, `[${list.length}]`);
  }
  closeMessage(reader, end);
  return list;
}

/** Reads a Value that ends at `end`; a Value without a kind is null. */
export function readValue(reader: BinaryReader, end: number, into?: JsonValue): JsonValue {
  let value = into ?? null;
  while (reader.position < end) {
    const tag = readTag(reader);
    switch (tag) {
      case 8:
        readInt32(reader);
        value = null;
        break;
      case 17:
        value = readDouble(reader);
        break;
      case 26:
        value = readString(reader);
        break;
      case 32:
        value = readBool(reader);
        break;
      case 42:
        value = readStruct(reader, openMessage(reader), isObject(value) ? value : undefined);
        break;
      case 50:
        value = readListValue(reader, openMessage(reader), Array.isArray(value) ? value : undefined);
        break;
      default:
        end = skipUnknownField(reader, tag, end);
    }
  }
  closeMessage(reader, end);
  return value;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes a Struct and returns its size; members that are undefined are left out. */
export function writeStruct(writer: BinaryWriter, struct: JsonObject): number {
  const before = writtenSize(writer);
  for (const key of Object.keys(struct).reverse()) {
    const value = struct[key];
    if (value === undefined) continue;
    const entry = writtenSize(writer);
    writeLength(writer, writeValue(writer, value));
    writeTag(writer, 18);
    writeString(writer, key);
    writeTag(writer, 10);
    writeLength(writer, writtenSize(writer) - entry);
    writeTag(writer, 10);
  }
  return writtenSize(writer) - before;
}

/** Writes a ListValue and returns its size. */
export function writeListValue(writer: BinaryWriter, list: readonly JsonValue[]): number {
  const before = writtenSize(writer);
  for (let index = list.length - 1; index >= 0; index--) {
    writeLength(writer, writeValue(writer, list[index] as JsonValue));
    writeTag(writer, 10);
  }
  return writtenSize(writer) - before;
}

/** Writes a Value and returns its size. */
export function writeValue(writer: BinaryWriter, value: JsonValue): number {
  const before = writtenSize(writer);
  switch (typeof value) {
    case "number":
      writeDouble(writer, value);
      writeTag(writer, 17);
      break;
    case "string":
      writeString(writer, value);
      writeTag(writer, 26);
      break;
    case "boolean":
      writeBool(writer, value);
      writeTag(writer, 32);
      break;
    default:
      writeContainer(writer, value);
  }
  return writtenSize(writer) - before;
}

function writeContainer(writer: BinaryWriter, value: JsonObject | JsonValue[] | null): void {
  if (value === null) {
    writeInt32(writer, 0);
    writeTag(writer, 8);
  } else if (Array.isArray(value)) {
    writeLength(writer, writeListValue(writer, value));
    writeTag(writer, 50);
  } else {
    writeLength(writer, writeStruct(writer, value));
    writeTag(writer, 42);
  }
}
