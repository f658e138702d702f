/** Quotes of .proto files in findings, always on one readable line. */
import type { DiagnosticCode } from "../../diagnostic-codes.js";
import type { LexicalFault } from "./lex.js";

/** `text` in quotes. */
export function quoteFound(text: string): string {
  return `"${shortenFound(text)}"`;
}

/** `text` without control characters, and no longer than 40. */
export function shortenFound(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, " ");
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}

/** The code and message of a fault in the characters `found`. */
export function describeLexicalFault(fault: LexicalFault, found: string): [DiagnosticCode, string] {
  switch (fault) {
    case "illegalCharacter":
      return ["PB002", `found ${describeCharacters(found)}, expected ASCII outside strings and comments`];
    case "openString":
      return ["PB003", `the string ${shortenFound(found)} has no closing ${found[0]} on its line`];
    case "openComment":
      return ["PB004", "the comment has no closing */"];
    case "badNumber":
      return ["PB006", `found ${quoteFound(found)}, expected a number`];
  }
}

/** A quote of printable characters, with the number of the first: it may look like an ASCII one. */
function describeCharacters(text: string): string {
  const codePoint = `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /^[\p{L}\p{P}\p{S}\p{N}]+$/u.test(text) ? `${quoteFound(text)} (${codePoint})` : `the character ${codePoint}`;
}
