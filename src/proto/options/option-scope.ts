/** Where an option stands, and how findings about it are reported. */
import type { DiagnosticCode } from "../../diagnostic-codes.js";
import type { Diagnostic, RelatedLocation, Span } from "../../diagnostics.js";
import type { FileView } from "../names/file-view.js";
import type { OptionHolder } from "./option-holders.js";
import type { OptionDefinitions } from "./option-definitions.js";

/** The surroundings of one declaration's options. */
export interface OptionScope {
  readonly definitions: OptionDefinitions;
  readonly view: FileView;
  /** Full name that names in options are resolved from. */
  readonly scope: string;
  readonly diagnostics: Diagnostic[];
  /** What the options are of, when they are options. */
  readonly holder?: OptionHolder;
}

/** Adds an error at a place in the scope's file. */
export function reportOption(
  scope: OptionScope,
  code: DiagnosticCode,
  span: Span,
  message: string,
  extra: { readonly help?: string; readonly related?: readonly RelatedLocation[] } = {},
): void {
  const location = { file: scope.view.file.displayPath, ...span };
  scope.diagnostics.push({ code, severity: "error", message, location, ...extra });
}

/** ` (did you mean "x"?)`, or nothing. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}
