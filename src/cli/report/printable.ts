/** Text from the user's files on its way to a terminal. */

/**
 * Makes text safe to print on one line: control characters (escape sequences, line ends) and the marks that reorder
 * text come out as `\u{…}`. File names and proto text may hold either, and neither may move the cursor or hide code.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

// Cc, the line and paragraph separators, and the bidirectional controls (https://www.unicode.org/reports/tr9/).
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
