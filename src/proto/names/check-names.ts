/** Names declared twice. */
import type { Diagnostic } from "../../diagnostics.js";
import { createReport } from "../report.js";
import type { NameClash, NamedPlace, SymbolTable } from "./symbol-table.js";

/** Reports names that are declared twice (PB045), also as package and declaration, and enum values that clash (PB046). */
export function reportClashes(table: SymbolTable, diagnostics: Diagnostic[]): void {
  for (const clash of table.clashes) reportNameClash(clash, diagnostics);
  for (const symbol of table.symbols.values()) {
    const [declaring] = table.packages.get(symbol.fullName) ?? [];
    if (declaring !== undefined) reportPackageClash(symbol, declaring.displayPath, diagnostics);
  }
}

/** Reports a declaration with the name of a package (PB045); `path` is a file of that package. */
export function reportPackageClash(place: NamedPlace, path: string, diagnostics: Diagnostic[]): void {
  const message = `${describeSymbol(place)} has the name of the package of ${path}`;
  createReport(place.file, diagnostics)("PB045", place.span, message);
}

/** Reports two declarations of one name: PB046 for enum values, whose scope surprises, else PB045. */
export function reportNameClash(clash: NameClash, diagnostics: Diagnostic[]): void {
  const { first, second } = inTextOrder(clash);
  const report = createReport(second.file, diagnostics);
  const related = [declaredHere(first)];
  if (first.kind === "enum value" || second.kind === "enum value") {
    const help = "enum values stand in the scope around their enum: prefix them with its name";
    report("PB046", second.span, `"${simpleName(second)}" is declared twice in ${scopeName(second)}`, {
      related,
      help,
    });
  } else {
    report("PB045", second.span, `"${simpleName(second)}" is declared twice in ${scopeName(second)}`, { related });
  }
}

/** Oneofs are collected after the fields that stand in them. */
function inTextOrder({ first, second }: NameClash): NameClash {
  const order = first.span.line - second.span.line || first.span.column - second.span.column;
  return first.file === second.file && order > 0 ? { first: second, second: first } : { first, second };
}

function simpleName(symbol: NamedPlace): string {
  return symbol.fullName.slice(symbol.fullName.lastIndexOf(".") + 1);
}

function scopeName(symbol: NamedPlace): string {
  return symbol.scope === "" ? "the files without package" : `"${symbol.scope}"`;
}

/** `enum "acme.State"`. */
export function describeSymbol(symbol: Pick<NamedPlace, "kind" | "fullName">): string {
  return `${symbol.kind === "method" ? "RPC" : symbol.kind} "${symbol.fullName}"`;
}

/** The place of a declaration, for a diagnostic about another one. */
export function declaredHere(symbol: NamedPlace) {
  return {
    message: `${describeSymbol(symbol)} is declared here`,
    location: { file: symbol.file.displayPath, ...symbol.span },
  };
}
