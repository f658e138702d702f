/** The plain form of diagnostics: what `expected.txt` of a fixture holds and what a log without a terminal shows. */
import { type Diagnostic, type Location, sortDiagnostics } from "../../diagnostics.js";
import { printable } from "./printable.js";

/**
 * One finding as plain text, without a final newline: `file:line:col severity CODE: message`, then `  help: …`, then one
 * line per related place, `  file:line:col: message`. A finding without a place starts with its severity.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const lines = [formatHeadline(diagnostic)];
  if (diagnostic.help !== undefined) lines.push(`  help: ${printable(diagnostic.help)}`);
  for (const related of diagnostic.related ?? []) {
    lines.push(`  ${formatPlace(related.location)}: ${printable(related.message)}`);
  }
  return lines.join("\n");
}

/** All findings in order of file, line, column and code, one after the other, each line ended; "" when there are none. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`)
    .join("");
}

/** `file:line:col`, which terminals and editors make clickable. */
export function formatPlace(location: Location): string {
  return `${printable(location.file)}:${location.line}:${location.column}`;
}

function formatHeadline(diagnostic: Diagnostic): string {
  const place = diagnostic.location === undefined ? "" : `${formatPlace(diagnostic.location)} `;
  return `${place}${diagnostic.severity} ${diagnostic.code}: ${printable(diagnostic.message)}`;
}
