/** Functions, variables and types that a configuration names, as their declarations have them. */
import { bracketEnd, type GoFile } from "./go-text.js";
import { type GoExpression, packageValue } from "./go-expression.js";
import { type GoModule, importPathOf } from "./go-module.js";

/** A declaration, with the value that it is used for. */
export interface GoSymbol {
  readonly kind: "function" | "variable" | "type";
  readonly expression: GoExpression;
  /** Parameters of a function, as text: `ctx context.Context`. */
  readonly parameters: string;
  /** Results of a function, or the type of a variable, as text: `(*Server, error)`. */
  readonly results: string;
}

/** The parts of `example.com/library/internal/server.New`. */
export interface SymbolName {
  readonly importPath: string;
  readonly name: string;
}

/** Splits the name of a symbol at its last dot. */
export function splitSymbol(text: string): SymbolName {
  const dot = text.lastIndexOf(".");
  return { importPath: text.slice(0, dot), name: text.slice(dot + 1) };
}

/**
 * Finds a declaration. `unknown`: the package is not in the module. Of a package that is, `names` are the exported names
 * that it does have.
 */
export function findSymbol(
  module: GoModule,
  files: readonly GoFile[],
  { importPath, name }: SymbolName,
): GoSymbol | { readonly kind: "missing"; readonly names: readonly string[] } | { readonly kind: "unknown" } {
  const own = files.filter((file) => importPathOf(module, file) === importPath && file.packageName !== "main");
  if (own.length === 0) return { kind: "unknown" };
  for (const file of own) {
    const symbol = declarationIn(file, { importPath, name });
    if (symbol !== undefined) return symbol;
  }
  const names = own.flatMap(({ code }) =>
    [...code.matchAll(/^(?:func|var|type) ([A-Z]\w*)/gm)].map(([, each = ""]) => each),
  );
  return { kind: "missing", names };
}

function declarationIn(file: GoFile, { importPath, name }: SymbolName): GoSymbol | undefined {
  const value = (rest: string): GoExpression => packageValue({ importPath, name: file.packageName }, rest);
  const declared = new RegExp(`^(func|var|type)\\s+${name}\\b|^\\t${name}\\b(?=[^\\n]*=)`, "m").exec(file.code);
  if (declared === null) return undefined;
  const end = declared.index + declared[0].length;
  if (declared[1] === "type") return { kind: "type", expression: value(`${name}{}`), parameters: "", results: name };
  if (declared[1] !== "func") {
    const line = file.code.slice(end, file.code.indexOf("\n", end));
    return { kind: "variable", expression: value(name), parameters: "", results: line.replace("=", "").trim() };
  }
  const open = file.code.indexOf("(", end);
  const close = bracketEnd(file.code, open);
  const parameters = file.code.slice(open + 1, close - 1).trim();
  const results = resultsAfter(file.code, close);
  return { kind: "function", expression: value(name), parameters, results };
}

/** The results of a function whose parameters end there: in brackets, or one up to the body. */
function resultsAfter(code: string, end: number): string {
  const rest = code.slice(end);
  const lead = rest.length - rest.trimStart().length;
  if (rest.charAt(lead) === "(") return code.slice(end + lead, bracketEnd(code, end + lead));
  return /^[^\n{]*/.exec(rest)?.[0].trim() ?? "";
}
