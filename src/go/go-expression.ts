/** Expressions of a user's Go code that mean the same in another file. */
import { predeclared } from "./go-names.js";
import type { GoFile, Range } from "./go-text.js";

/** An expression, as text and names of packages. */
export interface GoExpression {
  readonly parts: readonly (string | GoPackage)[];
}

/** A package as an expression names it. */
export interface GoPackage {
  readonly importPath: string;
  /** The name in its package clause, as far as that is known. */
  readonly name: string;
  /** The name is made of the path, because the package is not in the module. */
  readonly isGuess?: boolean;
}

/** A value of a package: `server.New`, or its call. */
export function packageValue(from: GoPackage, rest: string): GoExpression {
  return { parts: [from, `.${rest}`] };
}

/** `ctx` is the context of the start, which code that makes a server has under that name. */
const universe: ReadonlySet<string> = new Set(["ctx", ...predeclared, "func", "interface", "map", "struct", "var"]);

/**
 * The expression in a range of a file, if all of its names are those of imported packages and their members; otherwise
 * the first name that is not. A function literal has names of its own, and is none.
 */
export function closedExpression(file: GoFile, { start, end }: Range): GoExpression | { readonly localName: string } {
  const parts: (string | GoPackage)[] = [];
  let from = start;
  for (const match of file.code.slice(start, end).matchAll(/[A-Za-z_]\w*/g)) {
    const name = match[0];
    const at = start + match.index;
    if (isMember(file.code, at, name, end)) continue;
    const importPath = file.imports.get(name);
    if (name === "func") return { localName: name };
    if (importPath === undefined) {
      if (universe.has(name)) continue;
      return { localName: name };
    }
    if (!isPackage(file.code, start, at, name)) return { localName: name };
    parts.push(file.text.slice(from, at), { importPath, name });
    from = at + name.length;
  }
  parts.push(file.text.slice(from, end));
  return {
    parts: parts
      .filter((part) => part !== "")
      .map((part) => (typeof part === "string" ? outdent(file, start, part) : part)),
  };
}

/** Tells whether a name is behind a dot, or the key of a struct literal; digits before it make it part of a number. */
function isMember(code: string, at: number, name: string, end: number): boolean {
  if (/[.\w]\s*$/.test(code.slice(Math.max(0, at - 20), at)) && /[.\w]/.test(code.charAt(at - 1))) return true;
  return /^\s*:(?!=)/.test(code.slice(at + name.length, end));
}

/**
 * Tells whether the name of an import is the package in an expression that begins at `start`: a variable of the function may have the same
 * name from the next statement on.
 */
function isPackage(code: string, start: number, at: number, name: string): boolean {
  if (code.charAt(at + name.length) !== ".") return false;
  const before = code.slice(code.lastIndexOf("\nfunc ", start) + 1, code.lastIndexOf("\n", start) + 1);
  const declared = [`\\b${name}\\b[\\w ,]*:=`, `\\bvar ${name}\\b`, `[(,]\\s*${name} (?=[\\w*\\[])`];
  return !new RegExp(declared.join("|")).test(before);
}

/** Takes away the indentation of the line in which the expression begins. */
function outdent(file: GoFile, start: number, text: string): string {
  const line = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = /^\t*/.exec(line)?.[0] ?? "";
  return text.replaceAll(`\n${indent}`, "\n");
}
