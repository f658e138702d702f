/** Tables without lines. */
import { padText, textWidth } from "./text-width.js";

/** Pads every column to its widest cell, two spaces between them; what has no text at all takes no room. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: count }, (_, column) =>
    rows.reduce((width, row) => Math.max(width, textWidth(row[column] ?? "")), 0),
  );
  return rows.map((row) =>
    widths
      .map((width, column) => padText(row[column] ?? "", width))
      .filter((_, column) => widths[column] !== 0)
      .join("  ")
      .trimEnd(),
  );
}
