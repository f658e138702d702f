/** Percent-decoding. https://www.rfc-editor.org/rfc/rfc3986#section-2.1 */
import { DecodeError } from "./decode-error.js";

/** Decodes every escape; throws DecodeError for one that is malformed or not UTF-8. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DecodeError("valid percent-encoding", invalidEscape(text) ?? "text that is not UTF-8");
  }
}

/** Decodes every escape but those of the characters in `kept`, which stay as they were sent. */
export function percentDecodeExcept(text: string, kept: string): string {
  if (!text.includes("%")) return text;
  const parts = text.split(/(%[0-9A-Fa-f]{2})/);
  const escaped = parts.map((part) => (isKept(part, kept) ? `%25${part.slice(1)}` : part));
  return percentDecode(escaped.join(""));
}

function isKept(part: string, kept: string): boolean {
  return part.startsWith("%") && kept.includes(String.fromCharCode(Number.parseInt(part.slice(1, 3), 16)));
}

/** The first escape that isn't one, quoted; undefined when each is well-formed. */
export function invalidEscape(text: string): string | undefined {
  const match = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  return match === null ? undefined : JSON.stringify(match[0]);
}
