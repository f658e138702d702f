/** Names that Go itself has. https://go.dev/ref/spec#Keywords and https://go.dev/ref/spec#Predeclared_identifiers */

/** Keywords, which nothing can be called. */
export const keywords: readonly string[] = [
  ...["break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go"],
  ...["goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type"],
  "var",
];

/** Names that are declared everywhere, and that a declaration of the same name hides. */
export const predeclared: readonly string[] = [
  ...["any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32", "float64", "int", "int8"],
  ...["int16", "int32", "int64", "rune", "string", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr"],
  ...["true", "false", "iota", "nil"],
  ...["append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min", "new"],
  ...["panic", "print", "println", "real", "recover"],
];

/** Packages of these names cannot be imported, or not from where they are needed. */
const unusable: ReadonlySet<string> = new Set([...keywords, "init", "internal", "main", "testdata", "vendor"]);

/** A name that a package can have, made of one in any spelling. */
export function packageName(text: string): string {
  const name = text.replace(/\W/g, "_");
  if (/^(?:\d|_*$)/.test(name)) return `pkg${name}`;
  return unusable.has(name) ? `${name}pkg` : name;
}
