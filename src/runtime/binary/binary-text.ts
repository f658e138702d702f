/** Strings and bytes of the wire format: the values behind a length, in the forms that the styles have them. */

import { type BinaryReader, malformed, readEnd } from "./binary-reader.js";
import { bufferView } from "../values/buffer-view.js";
import { takeMemory } from "../memory-bound.js";

/** Up to this length reading one character after the other beats the call into the platform's decoder. */
const shortText = 16;

/** string whose bytes have to be valid UTF-8. */
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

/** string of proto2, whose bytes are not checked: ill-formed parts become U+FFFD. */
export function readUncheckedString(reader: BinaryReader): string {
  const end = readEnd(reader);
  const text = decodeUtf8(reader, end);
  reader.position = end;
  return text;
}

/** `utf8Slice` is what `toString` calls after a look at its arguments; it is not documented, so not relied upon. */
interface FastBuffer {
  utf8Slice?(start: number, end: number): string;
}

function decodeUtf8({ bytes, position }: BinaryReader, end: number): string {
  return (bytes as FastBuffer).utf8Slice?.(position, end) ?? bytes.toString("utf8", position, end);
}

/**
 * The text of up to 16 bytes; undefined when one is not ASCII. One call with a character each makes a string in one piece, which costs less
 * than pieces that are joined, here and for everybody who reads the string.
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

/** Tells a U+FFFD that was sent from one that the decoder put in. */
function checkUtf8(reader: BinaryReader, end: number): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(reader.bytes.subarray(reader.position, end));
  } catch {
    throw malformed(reader, "text in UTF-8", "bytes that are not");
  }
}

/** What bytes take in slots, however few they are. */
const bytesSlots = 24;

/** bytes, copied: the message neither pins nor shares its input. */
export function readBytes(reader: BinaryReader): Uint8Array {
  takeMemory(bytesSlots);
  const end = readEnd(reader);
  const copy = new Uint8Array(end - reader.position);
  copy.set(reader.bytes.subarray(reader.position, end));
  reader.position = end;
  return copy;
}

/** bytes as a Buffer. */
export function readBuffer(reader: BinaryReader): Buffer {
  const bytes = readBytes(reader);
  return bufferView(bytes);
}

/** bytes as base64 text. */
export function readBase64(reader: BinaryReader): string {
  const end = readEnd(reader);
  const text = reader.bytes.toString("base64", reader.position, end);
  reader.position = end;
  return text;
}

/** bytes as numbers. */
export function readByteArray(reader: BinaryReader): number[] {
  return Array.from(readBytes(reader));
}
