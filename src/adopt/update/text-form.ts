/** The form of a source text: line ends, quotes, indentation. What is added to it has the same. */

/** Habits of whoever wrote a file. */
export interface TextForm {
  readonly lineEnd: "\n" | "\r\n";
  readonly quote: '"' | "'";
  /** ";" or "". */
  readonly semicolon: "" | ";";
}

/** Reads the form; what the text does not tell is as the tool itself writes. */
export function formOf(text: string): TextForm {
  return {
    lineEnd: /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n",
    quote: occurrences(text, /'[^'"\n]*'/g) > occurrences(text, /"[^'"\n]*"/g) ? "'" : '"',
    semicolon: /\n/.test(text) && !/;[ \t]*(?:\/\/.*)?\r?$/m.test(text) ? "" : ";",
  };
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The white space at the start of the line that holds `position`. */
export function indentationAt(text: string, position: number): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? "";
}

/** Tells whether nothing but white space is before `position` in its line. */
export function beginsLine(text: string, position: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf("\n", position - 1) + 1, position));
}

/** The end of the line that holds `position`, without the line end, if at most a comment follows; `position` otherwise. */
export function afterComment(text: string, position: number): number {
  const [rest = ""] = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n|$)/.exec(text.slice(position)) ?? [];
  return position + rest.trimEnd().length;
}

/** One change of a text: `[start, end)` is replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies changes that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}
