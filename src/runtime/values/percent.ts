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

/** The first malformed escape, quoted; undefined if each is well-formed. */
export function invalidEscape(text: string): string | undefined {
  const match = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  return match === null ? undefined : JSON.stringify(match[0]);
}
