/** The source line of a finding, with carets under what is meant. */
import type { Location } from "../../diagnostics.js";
import { printable } from "./printable.js";
import { characterWidth, tabWidth } from "./text-width.js";

/** Columns of source that are shown at most; a longer line is cut around the place. */
const maximumWidth = 110;

/** Columns that are kept before the place when a line is cut. */
const leadWidth = 30;

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Under it goes a caret. */
  readonly marked: boolean;
}

/**
 * Two lines, `   42 | source` and `      | ^^^^`; none for an empty span, which speaks of the file as a whole. Tabs become spaces, wide
 * characters get two carets, control characters come out as escapes. A span over several lines is marked to the end of its first.
 */
export function excerptLines(location: Location, sourceLine: string): string[] {
  if (location.line === location.endLine && location.column === location.endColumn) return [];
  const end = location.endLine > location.line ? Number.POSITIVE_INFINITY : location.endColumn;
  const from = windowStart(sourceLine, location.column);
  const window = sourceLine.slice(from, from + maximumWindow);
  const cells = cutAround(layOut(window, location.column - from, end - from));
  const source = cells.map((cell) => cell.text).join("");
  const before = cells.slice(0, Math.max(0, firstMarked(cells)));
  const carets = "^".repeat(Math.max(1, totalWidth(cells.filter((cell) => cell.marked))));
  const start = firstMarked(cells) === -1 ? totalWidth(cells) : totalWidth(before);
  const number = String(location.line);
  const gutter = " ".repeat(Math.max(5, number.length));
  return [`${number.padStart(5)} | ${source.trimEnd()}`, `${gutter} | ${" ".repeat(start)}${carets}`];
}

/** Characters of a line that are looked at: it may have megabytes, and a finding every few of them. */
const maximumWindow = 1000;

/** The start of the part of a long line that has the place well inside. */
function windowStart(line: string, column: number): number {
  if (line.length <= maximumWindow) return 0;
  return Math.max(0, Math.min(column, line.length) - maximumWindow / 2);
}

function layOut(line: string, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let column = 1;
  let at = 0;
  for (const character of line) {
    const marked = column >= from && column < to;
    const text = character === "\t" ? " ".repeat(tabWidth - (at % tabWidth)) : printable(character);
    const width = text === character ? characterWidth(character) : text.length;
    cells.push({ text, width, marked });
    at += width;
    column += character.length;
  }
  return cells;
}

function cutAround(cells: readonly Cell[]): readonly Cell[] {
  if (totalWidth(cells) <= maximumWidth) return cells;
  const marked = firstMarked(cells);
  const from = Math.max(0, (marked === -1 ? cells.length : marked) - leadWidth);
  const kept: Cell[] = from > 0 ? [ellipsis] : [];
  let width = 0;
  for (const cell of cells.slice(from)) {
    width += cell.width;
    if (width > maximumWidth) return [...kept, ellipsis];
    kept.push(cell);
  }
  return kept;
}

const ellipsis: Cell = { text: "…", width: 1, marked: false };

function firstMarked(cells: readonly Cell[]): number {
  return cells.findIndex((cell) => cell.marked);
}

function totalWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
