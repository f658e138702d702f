/** Extension names in options: `(google.api.http)`, or `[google.api.http]` in a literal. */
import { didYouMean, type Span, suggestFor } from "../../diagnostics.js";
import { enclosingScope } from "../full-name.js";
import { missingImportsOf } from "../names/file-view.js";
import { resolveName } from "../names/resolve-name.js";
import { wellKnownImport } from "../well-known-imports.js";
import type { OptionFieldDefinition } from "./option-definitions.js";
import { hasVersions, type OptionScope, reportOption, warnOfVersion } from "./option-scope.js";

/**
 * The extension of the message `owner` with this name as written; undefined, and reported, when there is none (PB065),
 * its file is not imported (PB067), or it extends another message (PB074). `shown` is the name to show.
 */
export function resolveOptionExtension(
  name: string,
  span: Span,
  owner: string,
  shown: string,
  scope: OptionScope,
): OptionFieldDefinition | undefined {
  const { table, define } = scope.definitions;
  const resolved = resolveName(name, scope.scope, scope.view, table, "extension");
  if (resolved.kind === "notImported") {
    const { path } = resolved.symbol.file;
    // Its file is there under another import path: the missing import is the finding.
    if (missingImportsOf(path, scope.view).length > 0) return undefined;
    reportOption(scope, "PB067", span, `option ${shown} is declared in "${path}", which this file does not import`, {
      help: `add: import "${path}";`,
    });
    return undefined;
  }
  if (resolved.kind !== "found" || resolved.symbol.kind !== "extension") {
    reportUnknown(name, span, owner, shown, scope);
    return undefined;
  }
  const definition = define(resolved.symbol);
  if (definition.owner === owner) return definition;
  // The message that it extends does not resolve, which is reported at its declaration.
  if (definition.owner === "") return undefined;
  reportOption(
    scope,
    "PB074",
    span,
    `option ${shown} extends "${definition.owner}", expected an extension of "${owner}"`,
  );
  return undefined;
}

function reportUnknown(name: string, span: Span, owner: string, shown: string, scope: OptionScope): void {
  const wellKnown = wellKnownImport(name);
  if (wellKnown !== undefined && !scope.view.paths.has(wellKnown)) {
    reportOption(
      scope,
      "PB067",
      span,
      `option ${shown} is declared in "${wellKnown}", which this file does not import`,
      {
        help: `add: import "${wellKnown}";`,
      },
    );
    return;
  }
  // A missing import may declare it: the import is the finding.
  if (scope.view.missing.length > 0) return;
  const isStandard = scope.definitions.table.symbols.get(`${owner}.${name}`)?.kind === "field";
  if (isOfOtherVersion(name, scope)) {
    warnOfVersion(scope, "PB065", span, `unknown option ${shown}`);
    return;
  }
  const near = isStandard ? undefined : suggestFor(scope.diagnostics.length, name, () => extensionNames(owner, scope));
  reportOption(scope, "PB065", span, `unknown option ${shown}${didYouMean(near)}`, {
    help: isStandard
      ? `write ${name} without parentheses: it is a standard option`
      : "import the file that declares it, or correct the name",
  });
}

/** Tells whether a name is in the package of an imported file that the user may have in another version. */
function isOfOtherVersion(name: string, { definitions: { table }, view }: OptionScope): boolean {
  const files = table.packages.get(enclosingScope(name.replace(/^\./, "")) ?? "") ?? [];
  return files.some((file) => view.paths.has(file.path) && hasVersions(file));
}

function extensionNames(owner: string, scope: OptionScope): string[] {
  const { table, define } = scope.definitions;
  const names: string[] = [];
  for (const symbol of table.symbols.values()) {
    if (symbol.kind === "extension" && define(symbol).owner === owner) names.push(symbol.fullName);
  }
  return names;
}
