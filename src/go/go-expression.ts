/** Expressions of a user's Go code that mean the same in another file. */
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
}

/** A value of a package: `server.New`, or its call. */
export function packageValue(from: GoPackage, rest: string): GoExpression {
  return { parts: [from, `.${rest}`] };
}

/** `ctx` is the context of the start, which code that makes a server has under that name. */
const universe = new Set(
  "ctx any append bool byte cap complex64 complex128 copy error false float32 float64 func int int8 int16 int32 int64 interface iota len make map max min new nil return rune string struct true uint uint8 uint16 uint32 uint64 uintptr var".split(
    " ",
  ),
);

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

/** Takes away the indentation of the line in which the expression begins. */
function outdent(file: GoFile, start: number, text: string): string {
  const line = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = /^\t*/.exec(line)?.[0] ?? "";
  return text.replaceAll(`\n${indent}`, "\n");
}
