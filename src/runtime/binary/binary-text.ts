/** Readers of strings and bytes, in the forms of the message styles. */

import { type BinaryReader, malformed, readEnd } from "./binary-reader.js";
import { bufferView } from "../values/buffer-view.js";
import { takeMemory } from "../memory-bound.js";

/** Longest text for which reading character by character is faster than the platform's decoder. */
const shortText = 16;

/** Reads a string whose bytes have to be valid UTF-8. */
export function readString(reader: BinaryReader): string {
  const end = readEnd(reader);
  const size = end - reader.position;
  let text = size <= shortText ? readShortAscii(reader.bytes, reader.position, size) : undefined;
  if (text === undefined) {
    text = decodeUtf8(reader, end);
    if (text.includes("\ufffd")) checkUtf8(reader, end);
  }
  reader.position = end;
  return text;
}

/** Reads a string of proto2, whose bytes are not checked: ill-formed parts become U+FFFD. */
export function readUncheckedString(reader: BinaryReader): string {
  const end = readEnd(reader);
  const text = decodeUtf8(reader, end);
  reader.position = end;
  return text;
}

/** `toString` checks its arguments and calls `utf8Slice`, which is not documented; the code works without it. */
interface FastBuffer {
  utf8Slice?(start: number, end: number): string;
}

function decodeUtf8({ bytes, position }: BinaryReader, end: number): string {
  return (bytes as FastBuffer).utf8Slice?.(position, end) ?? bytes.toString("utf8", position, end);
}

/**
 * The text of up to 16 bytes; undefined if one is not ASCII. One call with an argument for each character makes a
 * string in one piece, which costs less than joined pieces, here and for every reader of the string.
 */
function readShortAscii(bytes: Uint8Array, at: number, size: number): string | undefined {
  if (size === 0) return "";
  return size <= 8 ? upTo8(bytes, at, size) : upTo16(bytes, at, size);
}

function upTo8(bytes: Uint8Array, at: number, size: number): string | undefined {
  const a = bytes[at] as number;
  const b = size > 1 ? (bytes[at + 1] as number) : 0;
  const c = size > 2 ? (bytes[at + 2] as number) : 0;
  const d = size > 3 ? (bytes[at + 3] as number) : 0;
  const e = size > 4 ? (bytes[at + 4] as number) : 0;
  const f = size > 5 ? (bytes[at + 5] as number) : 0;
  const g = size > 6 ? (bytes[at + 6] as number) : 0;
  const h = size > 7 ? (bytes[at + 7] as number) : 0;
  if ((a | b | c | d | e | f | g | h) >= 0x80) return undefined;
  switch (size) {
    case 1:
      return String.fromCharCode(a);
    case 2:
      return String.fromCharCode(a, b);
    case 3:
      return String.fromCharCode(a, b, c);
    case 4:
      return String.fromCharCode(a, b, c, d);
    case 5:
      return String.fromCharCode(a, b, c, d, e);
    case 6:
      return String.fromCharCode(a, b, c, d, e, f);
    case 7:
      return String.fromCharCode(a, b, c, d, e, f, g);
    default:
      return String.fromCharCode(a, b, c, d, e, f, g, h);
  }
}

function upTo16(bytes: Uint8Array, at: number, size: number): string | undefined {
  const a = bytes[at] as number;
  const b = bytes[at + 1] as number;
  const c = bytes[at + 2] as number;
  const d = bytes[at + 3] as number;
  const e = bytes[at + 4] as number;
  const f = bytes[at + 5] as number;
  const g = bytes[at + 6] as number;
  const h = bytes[at + 7] as number;
  const i = bytes[at + 8] as number;
  const j = size > 9 ? (bytes[at + 9] as number) : 0;
  const k = size > 10 ? (bytes[at + 10] as number) : 0;
  const l = size > 11 ? (bytes[at + 11] as number) : 0;
  const m = size > 12 ? (bytes[at + 12] as number) : 0;
  const n = size > 13 ? (bytes[at + 13] as number) : 0;
  const o = size > 14 ? (bytes[at + 14] as number) : 0;
  const p = size > 15 ? (bytes[at + 15] as number) : 0;
  if ((a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p) >= 0x80) return undefined;
  switch (size) {
    case 9:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i);
    case 10:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j);
    case 11:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k);
    case 12:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l);
    case 13:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m);
    case 14:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    case 15:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    default:
      return String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
}

/** Checks that each U+FFFD in a text was sent, and not put in by the decoder. */
function checkUtf8(reader: BinaryReader, end: number): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(reader.bytes.subarray(reader.position, end));
  } catch {
    throw malformed(reader, "text in UTF-8", "bytes that are not");
  }
}

/** Slots that any value of type bytes takes. */
const bytesSlots = 24;

/** Reads bytes as a copy: the message neither pins nor shares its input. */
export function readBytes(reader: BinaryReader): Uint8Array {
  takeMemory(bytesSlots);
  const end = readEnd(reader);
  const copy = new Uint8Array(end - reader.position);
  copy.set(reader.bytes.subarray(reader.position, end));
  reader.position = end;
  return copy;
}

/** Reads bytes as a Buffer. */
export function readBuffer(reader: BinaryReader): Buffer {
  const bytes = readBytes(reader);
  return bufferView(bytes);
}

/** Reads bytes as base64 text. */
export function readBase64(reader: BinaryReader): string {
  const end = readEnd(reader);
  const text = reader.bytes.toString("base64", reader.position, end);
  reader.position = end;
  return text;
}

/** Reads bytes as a list of numbers. */
export function readByteArray(reader: BinaryReader): number[] {
  return Array.from(readBytes(reader));
}
