/** Diagnostics for people: the plain form plus excerpts and colours. */
import type { Diagnostic, Location, Severity } from "../../diagnostics.js";
import { cutList } from "./cut-list.js";
import { excerptLines } from "./excerpt.js";
import { formatPlace } from "./format-diagnostic.js";
import { type Paint, paints } from "../paint.js";
import { printable } from "./printable.js";
import type { SourceLines } from "./source-lines.js";

/** Options of rendering. */
export interface RenderOptions {
  readonly sourceLines: SourceLines;
  readonly color: boolean;
  /** Findings of a code and severity that are shown at most. Default: 20. */
  readonly most?: number;
}

/** All findings in order, each with the source lines it speaks of, and a last line that counts them; "" when there are none. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  if (diagnostics.length === 0) return "";
  const { shown, left } = cutList(diagnostics, options.most);
  const lines = shown.flatMap((diagnostic) => renderDiagnostic(diagnostic, options));
  return `${[...lines, ...left, countFindings(diagnostics)].join("\n")}\n`;
}

/** `2 errors, 1 warning`; "" for none. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning", "info"] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    const noun = severity === "info" ? "note" : severity;
    return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
  });
  return counts.filter((text) => text !== "").join(", ");
}

function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string[] {
  const paint = paints(options.color);
  const { location, severity, code, message, help, related } = diagnostic;
  const place = location === undefined ? "" : `${paint.bold(formatPlace(location))} `;
  const kind = severityPaint(paint, severity)(`${severity} ${code}`);
  const lines = [`${place}${kind}: ${paint.bold(printable(message))}`, ...renderExcerpt(location, options, severity)];
  if (help !== undefined) lines.push(`  ${paint.bold("help:")} ${printable(help)}`);
  for (const other of related ?? []) {
    lines.push(`  ${formatPlace(other.location)}: ${printable(other.message)}`);
    lines.push(...renderExcerpt(other.location, options, "info"));
  }
  return lines;
}

function renderExcerpt(location: Location | undefined, options: RenderOptions, severity: Severity): string[] {
  if (location === undefined) return [];
  const source = options.sourceLines(location.file, location.line);
  if (source === undefined) return [];
  const paint = paints(options.color);
  const [code, carets] = excerptLines(location, source);
  if (code === undefined || carets === undefined) return [];
  return [paint.dim(code), severityPaint(paint, severity)(carets)];
}

function severityPaint(paint: Paint, severity: Severity): (text: string) => string {
  switch (severity) {
    case "error":
      return paint.red;
    case "warning":
      return paint.yellow;
    case "info":
      return paint.cyan;
    default:
      return severity satisfies never;
  }
}
