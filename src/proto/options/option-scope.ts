/** The place of an option, and reports about it. */
import type { DiagnosticCode } from "../../diagnostic-codes.js";
import type { Diagnostic, RelatedLocation, Span } from "../../diagnostics.js";
import type { FileView } from "../names/file-view.js";
import type { ParsedFile } from "../parsed-file.js";
import type { OptionDefinitions } from "./option-definitions.js";
import type { OptionHolder } from "./option-holders.js";

/** The surroundings of one declaration's options. */
export interface OptionScope {
  readonly definitions: OptionDefinitions;
  readonly view: FileView;
  /** Full name that names in options are resolved from. */
  readonly scope: string;
  readonly diagnostics: Diagnostic[];
  /** The kind of declaration that has the options, if they are options. */
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

/**
 * Reports as `reportOption` does that the declaration `fullName` lacks something. It is a warning if the declaration is
 * in a file of another version than the user's, perhaps.
 */
export function reportLacking(
  scope: OptionScope,
  code: DiagnosticCode,
  span: Span,
  fullName: string,
  message: string,
  help?: string,
): void {
  const file = scope.definitions.table.symbols.get(fullName)?.file;
  if (file !== undefined && hasVersions(file)) warnOfVersion(scope, code, span, message);
  else reportOption(scope, code, span, message, help === undefined ? {} : { help });
}

/** Tells whether a file comes with the tool and is not Google's own: the user's may be of another version. */
export function hasVersions({ supplied, path }: ParsedFile): boolean {
  return supplied === true && !path.startsWith("google/");
}

/** Adds a warning that the tool's own version of a file lacks something. */
export function warnOfVersion(scope: OptionScope, code: DiagnosticCode, span: Span, message: string): void {
  const help = "the file of grpc2lambda was read: where yours is of another version, add its include path (-I)";
  const location = { file: scope.view.file.displayPath, ...span };
  scope.diagnostics.push({ code, severity: "warning", message, location, help });
}
