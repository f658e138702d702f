/** HTML made of escaped text. */

/** Mark of markup that `html` made: no value that was read from a file has a symbol. */
const made: unique symbol = Symbol("made by html");

/** Markup that may stand in a page as it is. */
export interface Html {
  readonly [made]: true;
  readonly markup: string;
}

/** Parts of a page: texts are escaped, markup is not. */
export type HtmlPart = string | number | Html | readonly Html[];

/** A template whose values are escaped; lists of markup are joined. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const markup = texts.map((text, index) => text + (index < parts.length ? write(parts[index] ?? "") : "")).join("");
  return { [made]: true, markup };
}

function write(part: HtmlPart): string {
  return Array.isArray(part) ? part.map(writeOne).join("") : writeOne(part);
}

function writeOne(part: unknown): string {
  return typeof part === "object" && part !== null && made in part ? (part as Html).markup : escapeHtml(String(part));
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for elements and quoted attributes; control characters and marks that reorder text are shown as `\u{…}`. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => escapes[character] ?? "")
    .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Everything in Cc apart from tab and line end, lone surrogates, and the bidirectional controls (https://www.unicode.org/reports/tr9/). */
const invisible = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
