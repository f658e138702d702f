/** Strings and bytes of the wire format: the values behind a length, in the forms that the styles have them. */
import { type BinaryReader, malformed, readEnd } from "./binary-reader.js";

/** Up to this length joining characters beats the call into the platform's decoder. */
const shortText = 16;

/** string whose bytes have to be valid UTF-8. */
export function readString(reader: BinaryReader): string {
  const end = readEnd(reader);
  let text = end - reader.position <= shortText ? readShortAscii(reader.bytes, reader.position, end) : undefined;
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

/** Eight, four and one character at a time; undefined when one is not ASCII. */
function readShortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  let head = "";
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    const e = bytes[at + 4] ?? 0;
    const f = bytes[at + 5] ?? 0;
    const g = bytes[at + 6] ?? 0;
    const h = bytes[at + 7] ?? 0;
    if ((a | b | c | d | e | f | g | h) >= 0x80) return undefined;
    head += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  let tail = "";
  if (at + 4 <= end) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    if ((a | b | c | d) >= 0x80) return undefined;
    tail = String.fromCharCode(a, b, c, d);
    at += 4;
  }
  for (; at < end; at++) {
    const unit = bytes[at] ?? 0;
    if (unit >= 0x80) return undefined;
    tail += String.fromCharCode(unit);
  }
  return head + tail;
}

/** Tells a U+FFFD that was sent from one that the decoder put in. */
function checkUtf8(reader: BinaryReader, end: number): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(reader.bytes.subarray(reader.position, end));
  } catch {
    throw malformed(reader, "text in UTF-8", "bytes that are not");
  }
}

/** bytes, copied: the message neither pins nor shares its input. */
export function readBytes(reader: BinaryReader): Uint8Array {
  const end = readEnd(reader);
  const copy = new Uint8Array(end - reader.position);
  copy.set(reader.bytes.subarray(reader.position, end));
  reader.position = end;
  return copy;
}

/** bytes as a Buffer. */
export function readBuffer(reader: BinaryReader): Buffer {
  const bytes = readBytes(reader);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
