/** Offsets into a text as line and column. */
import type { Span } from "../../diagnostics.js";

/** Turns offsets of one text into spans. Lines end at `\n`; a tab is one column. */
export interface LineTable {
  /** The place of `text.slice(start, end)`. */
  span(start: number, end: number): Span;
}

/** Notes where each line of `text` starts; every `span` is then a binary search. */
export function createLineTable(text: string): LineTable {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    span(start, end) {
      const first = lineIndexAt(starts, start);
      const last = end > (starts[first + 1] ?? Number.POSITIVE_INFINITY) ? lineIndexAt(starts, end) : first;
      return {
        line: first + 1,
        column: start - (starts[first] ?? 0) + 1,
        endLine: last + 1,
        endColumn: end - (starts[last] ?? 0) + 1,
      };
    },
  };
}

/** The index of the last line that starts at or before `offset`. */
function lineIndexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
