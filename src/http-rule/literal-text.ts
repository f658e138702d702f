/** Literal text in path templates: the characters that RFC 3986 allows in a path segment (`pchar`). */
import { type TemplateProblem, templateProblem } from "./template-problem.js";

/** `unreserved`, `sub-delims`, ":" and "@" of https://www.rfc-editor.org/rfc/rfc3986#section-3.3 */
const plainCharacter = /[-._~0-9A-Za-z!$&'()*+,;=:@]/;

/** The first character of `text` that a path cannot hold, or undefined. `offset` is where the text starts. */
export function checkLiteral(text: string, offset: number): TemplateProblem | undefined {
  for (let at = 0; at < text.length; at++) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (plainCharacter.test(character)) continue;
    if (character !== "%") return badCharacter(character, offset + at);
    const triplet = text.slice(at, at + 3);
    if (!/^%[0-9A-Fa-f]{2}$/.test(triplet)) return badEscape(triplet, offset + at);
  }
  return undefined;
}

function badEscape(triplet: string, offset: number): TemplateProblem {
  const help = 'write "%25" for the character "%" itself';
  return templateProblem(offset, triplet.length, `"${triplet}"`, '"%" and two hexadecimal digits', help);
}

function badCharacter(character: string, offset: number): TemplateProblem {
  const shown = printable(character);
  const expected = "characters that a URL path may hold";
  return templateProblem(offset, character.length, shown, expected, adviceOn(character));
}

function adviceOn(character: string): string {
  if (character === "?") {
    return 'drop everything from "?" on: fields that neither path nor body takes are query parameters by themselves';
  }
  if (character === "}") return 'a variable starts with "{"';
  const escaped = percentEncode(character);
  return escaped === undefined ? "remove it" : `write "${escaped}" for it`;
}

/** Half a surrogate pair has no encoding. */
function percentEncode(character: string): string | undefined {
  return /^[\ud800-\udfff]$/.test(character) ? undefined : encodeURIComponent(character);
}

/** Control characters and white space by their number, everything else as itself. */
function printable(character: string): string {
  if (character === " ") return "a space";
  const code = character.codePointAt(0) ?? 0;
  const visible = code > 0x20 && code !== 0x7f && !/^[\p{C}\p{Z}]$/u.test(character);
  return visible ? `"${character}"` : `character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
