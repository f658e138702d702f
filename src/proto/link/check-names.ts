/** Names declared twice. */
import type { Diagnostic } from "../../diagnostics.js";
import { createReport } from "../report.js";
import { declaredHere, describeSymbol } from "./resolve-type.js";
import type { DeclaredSymbol, SymbolClash, SymbolTable } from "../names/symbol-table.js";

/** Reports names that are declared twice (PB045), also as package and declaration, and enum values that clash (PB046). */
export function reportClashes(table: SymbolTable, diagnostics: Diagnostic[]): void {
  for (const clash of table.clashes) reportClash(clash, diagnostics);
  for (const symbol of table.symbols.values()) {
    const [declaring] = table.packages.get(symbol.fullName) ?? [];
    if (declaring === undefined) continue;
    const message = `${describeSymbol(symbol)} has the name of the package of ${declaring.displayPath}`;
    createReport(symbol.file, diagnostics)("PB045", symbol.span, message);
  }
}

function reportClash(clash: SymbolClash, diagnostics: Diagnostic[]): void {
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
function inTextOrder({ first, second }: SymbolClash): SymbolClash {
  const order = first.span.line - second.span.line || first.span.column - second.span.column;
  return first.file === second.file && order > 0 ? { first: second, second: first } : { first, second };
}

function simpleName(symbol: DeclaredSymbol): string {
  return symbol.fullName.slice(symbol.fullName.lastIndexOf(".") + 1);
}

function scopeName(symbol: DeclaredSymbol): string {
  return symbol.scope === "" ? "the files without package" : `"${symbol.scope}"`;
}
