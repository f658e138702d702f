/** Type names of fields, extensions and RPCs, with a diagnostic for each way in which one can be wrong. */
import { didYouMean, type Span, suggestFor } from "../../diagnostics.js";
import { declaredHere, describeSymbol } from "../names/check-names.js";
import { missingImportsOf } from "../names/file-view.js";
import { type Resolution, resolveName } from "../names/resolve-name.js";
import type { DeclaredSymbol } from "../names/symbol-table.js";
import { reportOption } from "../options/option-scope.js";
import { wellKnownImport } from "../well-known-imports.js";
import type { LinkScope } from "./link-scope.js";
import { optionScopeOf } from "./link-scope.js";

/** A resolved type. */
export interface ResolvedType {
  readonly kind: "message" | "enum";
  readonly fullName: string;
}

/** The kinds of types that a type name may have in its place. */
export type ExpectedType = "message" | "extendee" | "message or enum";

/**
 * Resolves a type name as written, seen from `scope`; `message` is for RPCs, where the nearest declaration of the name
 * counts, whatever it is. What does not resolve, or is not of the kind `expected`, is
 * reported, and stands as a message with the name as written: the stages after this one do not run.
 */
export function resolveType(
  name: string,
  span: Span,
  scope: string,
  link: LinkScope,
  expected: ExpectedType,
): ResolvedType {
  const resolved = resolveName(name, scope, link.view, link.definitions.table, expected === "message" ? "any" : "type");
  const placeholder: ResolvedType = { kind: "message", fullName: name.replace(/^\./, "") };
  if (resolved.kind !== "found") {
    const other = resolveName(name, scope, link.view, link.definitions.table, "any");
    if (other.kind === "found") reportWrongKind(name, span, other.symbol, expected, link);
    else reportUnresolved(name, span, resolved, link);
    return placeholder;
  }
  const { symbol } = resolved;
  if (symbol.kind === "message" || (symbol.kind === "enum" && expected === "message or enum")) {
    return { kind: symbol.kind, fullName: symbol.fullName };
  }
  reportWrongKind(name, span, symbol, expected, link);
  return placeholder;
}

function reportWrongKind(
  name: string,
  span: Span,
  symbol: DeclaredSymbol,
  expected: ExpectedType,
  link: LinkScope,
): void {
  const wanted = expected === "message or enum" ? "a message or an enum" : "a message";
  const message = `"${name}" is ${describeSymbol(symbol)}, expected ${wanted}`;
  reportOption(optionScopeOf(link, ""), "PB043", span, message, { related: [declaredHere(symbol)] });
}

const scalarNames: readonly string[] =
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(" ");

function reportUnresolved(
  name: string,
  span: Span,
  resolution: Exclude<Resolution, { readonly kind: "found" }>,
  link: LinkScope,
): void {
  const scope = optionScopeOf(link, "");
  const { missing, file } = link.view;
  if (resolution.kind === "notImported") {
    const meant = missingImportsOf(resolution.symbol.file.path, link.view);
    if (meant.length > 0) {
      link.unresolved.push({ name, location: { file: file.displayPath, ...span }, missing: meant });
      return;
    }
    reportNotImported(resolution.symbol.fullName, resolution.symbol.file.path, span, link);
    return;
  }
  const supplied = wellKnownImport(name);
  if (supplied !== undefined && !link.view.paths.has(supplied)) {
    reportNotImported(name.replace(/^\./, ""), supplied, span, link);
    return;
  }
  if (scalarNames.includes(name)) {
    reportOption(scope, "PB043", span, `"${name}" is a scalar type, expected a message`);
    return;
  }
  const near = suggestFor(link.diagnostics.length + link.unresolved.length, name, () => visibleTypeNames(link));
  if (missing.length > 0) {
    const location = { file: file.displayPath, ...span };
    link.unresolved.push({ name, location, missing, ...(near === undefined ? {} : { near }) });
    return;
  }
  if (resolution.kind === "missing") {
    reportOption(scope, "PB040", span, `unknown type "${name}"${didYouMean(near)}`);
    return;
  }
  const rest = name.slice(name.indexOf(".") + 1);
  const message = `"${name}" is looked up in "${resolution.scope}", which has no "${rest}"`;
  const { outer } = resolution;
  reportOption(scope, "PB042", span, message, outer === undefined ? {} : { help: `write ".${outer.fullName}"` });
}

function reportNotImported(fullName: string, path: string, span: Span, link: LinkScope): void {
  const isForOptions = link.view.optionPaths.has(path);
  const how = isForOptions ? "which this file imports for its options only" : "which this file does not import";
  reportOption(optionScopeOf(link, ""), "PB041", span, `type "${fullName}" is declared in "${path}", ${how}`, {
    help: isForOptions ? `write: import "${path}";` : `add: import "${path}";`,
  });
}

/** Every type the file sees, as it could be written there: without the file's own package. */
function visibleTypeNames(link: LinkScope): string[] {
  const ownPackage = link.view.file.package?.value ?? "";
  const names: string[] = [];
  for (const symbol of link.definitions.table.symbols.values()) {
    if (symbol.kind !== "message" && symbol.kind !== "enum") continue;
    if (!link.view.paths.has(symbol.file.path)) continue;
    const isOwn = ownPackage !== "" && symbol.fullName.startsWith(`${ownPackage}.`);
    names.push(isOwn ? symbol.fullName.slice(ownPackage.length + 1) : symbol.fullName);
  }
  return names;
}
