/**
 * Ways of percent-decoding a path other than the default, which decodes the whole path before it is split. Each splits
 * the path first, and has its own rule for escapes in `**`. A profile names the function, so that bundles do not
 * contain the others.
 */
import { type SplitPath, splitAtSlashes } from "./match-path.js";
import { percentDecode } from "../values/percent.js";

const reserved = "!#$&'()*+,/:;=?@[]";

/** Splits a path; `**` keeps the escapes of characters that RFC 6570 reserves. */
export function unescapeExceptReserved(path: string): SplitPath {
  return { segments: splitAtSlashes(path), decodeDeep: (text) => percentDecodeExcept(text, reserved) };
}

/** Splits a path; `**` keeps escaped slashes. */
export function unescapeExceptSlash(path: string): SplitPath {
  return { segments: splitAtSlashes(path), decodeDeep: (text) => percentDecodeExcept(text, "/") };
}

/** Splits a path; every variable of more than one segment keeps the escapes of characters that RFC 6570 reserves. */
export function unescapeVariablesExceptReserved(path: string): SplitPath {
  return { ...unescapeExceptReserved(path), byVariable: true };
}

/** Splits a path; every variable of more than one segment keeps escaped slashes, as google/api/http.proto says. */
export function unescapeVariablesExceptSlash(path: string): SplitPath {
  return { ...unescapeExceptSlash(path), byVariable: true };
}

/** Splits a path at slashes and at escaped slashes. */
export function unescapeAll(path: string): SplitPath {
  return { segments: path.slice(1).split(/\/|%2F/i), decodeDeep: percentDecode };
}

/** Splits as `unescapeAll` does, but not at an escape in lower case, as grpc-gateway before 2.32. */
export function unescapeAllUpperCase(path: string): SplitPath {
  return { segments: path.slice(1).split(/\/|%2F/), decodeDeep: percentDecode };
}

/** Decodes every escape except for those of the characters in `kept`. */
function percentDecodeExcept(text: string, kept: string): string {
  if (!text.includes("%")) return text;
  const parts = text.split(/(%[0-9A-Fa-f]{2})/);
  const escaped = parts.map((part) => (isKept(part, kept) ? `%25${part.slice(1)}` : part));
  return percentDecode(escaped.join(""));
}

function isKept(part: string, kept: string): boolean {
  return part.startsWith("%") && kept.includes(String.fromCharCode(Number.parseInt(part.slice(1, 3), 16)));
}
