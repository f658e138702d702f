/** Reports of the checks of one file. */
import type { DiagnosticCode } from "../diagnostic-codes.js";
import type { Diagnostic, RelatedLocation, Severity, Span } from "../diagnostics.js";
import type { ParsedFile } from "./parsed-file.js";

/** The optional parts of a finding. */
export interface FindingDetails {
  /** Default `error`. */
  readonly severity?: Severity;
  readonly help?: string;
  readonly related?: readonly RelatedLocation[];
}

/** Adds a finding about a place in one file. */
export type Report = (code: DiagnosticCode, span: Span, message: string, details?: FindingDetails) => void;

/** A Report for `file` that adds to `diagnostics`. */
export function createReport(file: Pick<ParsedFile, "displayPath">, diagnostics: Diagnostic[]): Report {
  return (code, span, message, details = {}) => {
    const location = { file: file.displayPath, ...span };
    diagnostics.push({ code, severity: "error", message, location, ...details });
  };
}

/** A place in the same file that a finding speaks of. */
export function relatedIn(file: ParsedFile, span: Span, message: string): readonly RelatedLocation[] {
  return [{ message, location: { file: file.displayPath, ...span } }];
}
