/**
 * The message set encoding of proto2: every extension is a group of field 1 that holds its number (field 2) and its message
 * (field 3), in either order. https://protobuf.dev/reference/protobuf/proto2-spec/ (message_set_wire_format)
 */
import { type BinaryReader, endsGroup, openGroup, readEnd, readTag, readUint32, skipValue } from "./binary-reader.js";
import { type BinaryWriter, writeLength, writeTag, writeUint32 } from "./binary-writer.js";
import { keepUnknownRange } from "./unknown-fields.js";

/** One extension; once it is open the cursor is at its message. */
export interface MessageSetItem {
  /** Number of the extension; 0 if the group has none. */
  readonly number: number;
  /** Offset of the group's content. */
  readonly start: number;
  /** Offset of the message's end. */
  readonly end: number;
  /** Offset behind the group. */
  readonly after: number;
}

const groupTag = 11;
const groupEndTag = 12;
const numberTag = 16;
const messageTag = 26;

/** Finds the number and the message of the group whose start tag was read, and moves the cursor to the message. */
export function openItem(reader: BinaryReader, tag: number): MessageSetItem {
  const start = reader.position;
  const group = openGroup(reader, tag);
  let number = 0;
  let message = start;
  let end = start;
  for (let inner = readTag(reader); !endsGroup(inner, group); inner = readTag(reader)) {
    if (inner === numberTag && number === 0) number = readUint32(reader);
    else if (inner === messageTag && end === start) {
      end = readEnd(reader);
      message = reader.position;
      reader.position = end;
    } else skipValue(reader, inner);
  }
  const after = reader.position;
  reader.position = message;
  return { number, start, end, after };
}

/** Keeps an extension that the codec does not know with the message's unknown fields. */
export function keepItem(reader: BinaryReader, item: MessageSetItem, message: object): void {
  reader.position = item.after;
  if (item.number !== 0) keepUnknownRange(reader, message, groupTag, item.start);
  reader.depth--;
}

/** Moves the cursor behind the group of an extension. */
export function closeItem(reader: BinaryReader, item: MessageSetItem): void {
  reader.position = item.after;
}

/** Writes the rest of the group around a message of `size` bytes that was just written. */
export function writeItem(writer: BinaryWriter, number: number, size: number): void {
  writeLength(writer, size);
  writeTag(writer, messageTag);
  writeUint32(writer, number);
  writeTag(writer, numberTag);
  writeTag(writer, groupTag);
}

/** Writes the end of an extension, before its message is written. */
export function writeItemEnd(writer: BinaryWriter): void {
  writeTag(writer, groupEndTag);
}
