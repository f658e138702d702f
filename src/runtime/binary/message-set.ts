/**
 * The message set encoding of proto2: every extension is a group of field 1 that holds its number (field 2) and its message
 * (field 3), in either order. https://protobuf.dev/reference/protobuf/proto2-spec/ (message_set_wire_format)
 */
import { type BinaryReader, endsGroup, openGroup, readEnd, readTag, readUint32, skipValue } from "./binary-reader.js";
import { type BinaryWriter, writeLength, writeTag, writeUint32 } from "./binary-writer.js";
import { keepUnknownRange } from "./unknown-fields.js";

/** One extension: the cursor stands at its message when it was opened. */
export interface MessageSetItem {
  /** Number of the extension; 0 when there was none. */
  readonly number: number;
  /** Where the group's content starts. */
  readonly start: number;
  /** Where the message ends. */
  readonly end: number;
  /** Behind the group. */
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

/** Moves on behind the group of an extension that was read. */
export function closeItem(reader: BinaryReader, item: MessageSetItem): void {
  reader.position = item.after;
}

/** Puts the group around the message of `size` bytes that was just written. */
export function writeItem(writer: BinaryWriter, number: number, size: number): void {
  writeLength(writer, size);
  writeTag(writer, messageTag);
  writeUint32(writer, number);
  writeTag(writer, numberTag);
  writeTag(writer, groupTag);
}

/** Starts an extension from its end: before its message is written. */
export function writeItemEnd(writer: BinaryWriter): void {
  writeTag(writer, groupEndTag);
}
