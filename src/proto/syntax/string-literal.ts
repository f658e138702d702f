/** Escapes of string literals. https://protobuf.dev/reference/protobuf/proto3-spec#string_literals */

/** A literal's value: the same bytes as UTF-8 (malformed sequences as U+FFFD) and as latin1. */
export interface StringLiteral {
  readonly text: string;
  readonly bytes: string;
}

/** Gets each wrong escape, by offsets into the literal. */
export type EscapeFaultListener = (start: number, end: number) => void;

const escapePattern =
  /\\(?:([abfnrtv\\'"?])|([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))/gs;

const simpleEscapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

/** Decodes `literal` (the characters between the quotes). A wrong escape is reported and stands for itself. */
export function decodeStringLiteral(literal: string, onFault: EscapeFaultListener): StringLiteral {
  if (!literal.includes("\\")) return { text: literal, bytes: latin1OfUtf8(literal) };
  let bytes = "";
  let pending = "";
  let copied = 0;
  for (const match of literal.matchAll(escapePattern)) {
    pending += literal.slice(copied, match.index);
    copied = match.index + match[0].length;
    const octalOrHex = match[2] ?? match[3];
    if (octalOrHex === undefined) {
      pending += decodeEscape(match, onFault);
    } else {
      bytes += latin1OfUtf8(pending) + String.fromCharCode(byteOfEscape(match, onFault));
      pending = "";
    }
  }
  bytes += latin1OfUtf8(pending + literal.slice(copied));
  return { text: Buffer.from(bytes, "latin1").toString("utf8"), bytes };
}

/** An escape for a character, a `\u` or `\U` code point, or a wrong one. */
function decodeEscape(match: RegExpExecArray, onFault: EscapeFaultListener): string {
  const [whole, simple, , , short, long] = match;
  if (simple !== undefined) return simpleEscapes[simple] ?? "";
  // Halves of a surrogate pair meet again in the UTF-16 text around them.
  if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
  const codePoint = long === undefined ? Number.NaN : Number.parseInt(long, 16);
  if (codePoint <= 0x10ffff) return String.fromCodePoint(codePoint);
  onFault(match.index, match.index + whole.length);
  return whole;
}

function byteOfEscape(match: RegExpExecArray, onFault: EscapeFaultListener): number {
  const [whole, , octal, hex] = match;
  const byte = octal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(octal, 8);
  if (byte > 255) onFault(match.index, match.index + whole.length);
  return byte & 255;
}

/** The UTF-8 bytes of `text`, one character each; ASCII text is returned as it is. */
function latin1OfUtf8(text: string): string {
  return Buffer.byteLength(text, "utf8") === text.length ? text : Buffer.from(text, "utf8").toString("latin1");
}
