/**
 * Ways of percent-decoding a path other than the default, which decodes the whole path before it is split. Each splits the path
 * first, and says what `**` does with escapes; a profile names the function, so that others are not carried.
 */
import { type SplitPath, splitAtSlashes } from "./match-path.js";
import { percentDecode } from "../values/percent.js";

const reserved = "!#$&'()*+,/:;=?@[]";

/** `**` keeps the escapes of characters that RFC 6570 reserves. */
export function unescapeExceptReserved(path: string): SplitPath {
  return { segments: splitAtSlashes(path), decodeDeep: (text) => percentDecodeExcept(text, reserved) };
}

/** `**` keeps escaped slashes. */
export function unescapeExceptSlash(path: string): SplitPath {
  return { segments: splitAtSlashes(path), decodeDeep: (text) => percentDecodeExcept(text, "/") };
}

/** Every variable of more than one segment keeps the escapes of characters that RFC 6570 reserves. */
export function unescapeVariablesExceptReserved(path: string): SplitPath {
  return { ...unescapeExceptReserved(path), byVariable: true };
}

/** Every variable of more than one segment keeps escaped slashes, as google/api/http.proto has it. */
export function unescapeVariablesExceptSlash(path: string): SplitPath {
  return { ...unescapeExceptSlash(path), byVariable: true };
}

/** An escaped slash separates segments, too. */
export function unescapeAll(path: string): SplitPath {
  return { segments: path.slice(1).split(/\/|%2F/i), decodeDeep: percentDecode };
}

/** As `unescapeAll`, but an escape in lower case separates nothing: grpc-gateway before 2.32. */
export function unescapeAllUpperCase(path: string): SplitPath {
  return { segments: path.slice(1).split(/\/|%2F/), decodeDeep: percentDecode };
}

/** Decodes every escape but those of the characters in `kept`, which stay as they were sent. */
function percentDecodeExcept(text: string, kept: string): string {
  if (!text.includes("%")) return text;
  const parts = text.split(/(%[0-9A-Fa-f]{2})/);
  const escaped = parts.map((part) => (isKept(part, kept) ? `%25${part.slice(1)}` : part));
  return percentDecode(escaped.join(""));
}

function isKept(part: string, kept: string): boolean {
  return part.startsWith("%") && kept.includes(String.fromCharCode(Number.parseInt(part.slice(1, 3), 16)));
}
