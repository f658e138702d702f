/**
 * Name resolution as in C++: from the innermost scope outwards, where the first component of a dotted name decides.
 * https://protobuf.dev/programming-guides/proto3/#name-resolution
 */

import { enclosingScope, joinName } from "../full-name.js";
import type { FileView } from "./file-view.js";
import type { DeclaredSymbol, SymbolTable } from "./symbol-table.js";

/**
 * The kinds of declarations that a name may name. Fields skip other declarations of the name on the way outwards
 * (`type`), RPCs stop at them (`any`).
 */
export type WantedSymbol = "type" | "extension" | "any";

/** The result of resolving a name. */
export type Resolution =
  | { readonly kind: "found"; readonly symbol: DeclaredSymbol }
  /** The first component names `scope`, which does not hold the rest. */
  | { readonly kind: "shadowed"; readonly scope: string; readonly outer?: DeclaredSymbol }
  /** It is declared, but not in a file that the view sees. */
  | { readonly kind: "notImported"; readonly symbol: DeclaredSymbol }
  | { readonly kind: "missing" };

/** Resolves a name as written, seen from `scope` (a full name) in the file of `view`. */
export function resolveName(
  name: string,
  scope: string,
  view: FileView,
  table: SymbolTable,
  wanted: WantedSymbol,
): Resolution {
  const visible = search(name, scope, table, wanted, (fullName) => lookUpVisible(fullName, view, table, wanted));
  if (visible.kind === "found") return visible;
  const anywhere = search(name, scope, table, wanted, (fullName) => lookUp(fullName, table));
  if (anywhere.kind === "found" && !isVisible(anywhere.symbol, view, wanted)) {
    return { kind: "notImported", symbol: anywhere.symbol };
  }
  return visible;
}

/** A scope is a package, which is no declaration of its own. */
type LookedUp = DeclaredSymbol | "package" | undefined;

function lookUp(fullName: string, table: SymbolTable): LookedUp {
  return table.symbols.get(fullName) ?? (table.packages.has(fullName) ? "package" : undefined);
}

function lookUpVisible(fullName: string, view: FileView, table: SymbolTable, wanted: WantedSymbol): LookedUp {
  const symbol = table.symbols.get(fullName);
  if (symbol !== undefined && isVisible(symbol, view, wanted)) return symbol;
  return view.packages.has(fullName) ? "package" : undefined;
}

function isVisible(symbol: DeclaredSymbol, view: FileView, wanted: WantedSymbol): boolean {
  const { path } = symbol.file;
  return view.paths.has(path) && (wanted === "extension" || !view.optionPaths.has(path));
}

function search(
  name: string,
  scope: string,
  table: SymbolTable,
  wanted: WantedSymbol,
  find: (fullName: string) => LookedUp,
): Resolution {
  if (name.startsWith(".")) return asResolution(find(name.slice(1)));
  const dot = name.indexOf(".");
  const first = dot < 0 ? name : name.slice(0, dot);
  for (let outer: string | undefined = scope; outer !== undefined; outer = enclosingScope(outer)) {
    const found = find(joinName(outer, first));
    if (found === undefined) continue;
    if (dot < 0) {
      if (found !== "package" && isWanted(found, wanted)) return { kind: "found", symbol: found };
    } else if (isScope(found)) {
      const whole = find(joinName(outer, name));
      if (whole !== undefined && whole !== "package") return { kind: "found", symbol: whole };
      return shadowed(joinName(outer, first), name, outer, table);
    }
  }
  return { kind: "missing" };
}

/** The declaration that the writer may have meant: the same name further out. */
function shadowed(scope: string, name: string, from: string, table: SymbolTable): Resolution {
  for (let outer = enclosingScope(from); outer !== undefined; outer = enclosingScope(outer)) {
    const symbol = table.symbols.get(joinName(outer, name));
    if (symbol !== undefined) return { kind: "shadowed", scope, outer: symbol };
  }
  return { kind: "shadowed", scope };
}

function asResolution(found: LookedUp): Resolution {
  return found === undefined || found === "package" ? { kind: "missing" } : { kind: "found", symbol: found };
}

function isWanted(symbol: DeclaredSymbol, wanted: WantedSymbol): boolean {
  switch (wanted) {
    case "any":
      return true;
    case "extension":
      return symbol.kind === "extension";
    case "type":
      return symbol.kind === "message" || symbol.kind === "enum";
  }
}

function isScope(found: LookedUp): boolean {
  return found === "package" || found?.kind === "message" || found?.kind === "enum" || found?.kind === "service";
}
