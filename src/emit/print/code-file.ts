/**
 * A TypeScript file under construction: lines plus tracked imports. Emitters never write an import line or invent a local
 * name; they ask `use` for the name by which a symbol of another module is known here.
 */
import { compareText } from "../../diagnostics.js";
import { pascalCase } from "../../plan/naming.js";
import { safeIdentifier } from "../names/identifiers.js";
import type { OutputFile } from "../../output/output-tree.js";
import { escapeCharacter, escapeDirections } from "../../text-directions.js";
import { type Document, inBrackets, line, printDocument } from "./document.js";

/** The formatter's line width; emitted code is stable under it. */
export const lineWidth = 120;

/** A file of the output, and the modules that it imports, as `CodeFile.use` takes them. */
export interface EmittedFile extends OutputFile {
  readonly imports: readonly string[];
}

/** A TypeScript module being written. */
export interface CodeFile {
  /** Relative to the project root, with its `.ts`. */
  readonly path: string;
  /**
   * The local name of `name` exported by `module` (root-relative path without extension, or a bare package name), importing it
   * on first use; aliased when the name is taken here. A symbol of this very module goes by its own name. A symbol used both
   * as type and as value is imported once, as a value.
   */
  use(module: string, name: string): string;
  /** Imports as `use` does, for a symbol that only occurs in type positions. */
  useType(module: string, name: string): string;
  /** Imports a module for what it does; it may end in `.mjs` or `.cjs`. */
  load(module: string): void;
  /** Imports a module for what it does before all others do something. */
  loadFirst(module: string): void;
  /** Exports names of another module: `*`, `type *` or `{ name }`. */
  exportFrom(module: string, names: string): void;
  /** Appends lines; a nested array is one level deeper. An empty string is an empty line. */
  print(...lines: readonly Lines[]): void;
  /**
   * Prints as `print` does, for lists whose length users decide: arguments are on the stack, which has no room for a
   * hundred thousand.
   */
  printAll(lines: readonly Lines[]): void;
  /** The modules that are imported or exported from. */
  modules(): readonly string[];
  /** The import statements, sorted by specifier behind those that come first, with an empty line behind. */
  importLines(): readonly string[];
  /** The whole text: banner, imports, body. */
  toString(): string;
  /** The file as a generated one of the output. */
  finish(): EmittedFile;
}

/** A line, a statement, or a block of lines one level (two spaces) deeper. */
export type Lines = string | Statement | readonly Lines[];

/** A line that breaks where it is too long for its column. */
export interface Statement {
  readonly document: Document;
}

interface ImportedSymbol {
  readonly name: string;
  readonly local: string;
  typeOnly: boolean;
}

/**
 * Starts a file. `banner` is the comment block on top; `declared` are the names that the file itself declares, which no
 * import may take.
 */
export function createCodeFile(path: string, banner: string, declared: Iterable<string> = []): CodeFile {
  const taken = new Set(declared);
  const imports = new Map<string, Map<string, ImportedSymbol>>();
  const exportedFrom = new Set<string>();
  const first = new Set<string>();
  const body: string[] = [];
  const importSymbol = (module: string, name: string, typeOnly: boolean): string => {
    if (`${module}.ts` === path) return name;
    const symbols = imports.get(module) ?? new Map<string, ImportedSymbol>();
    imports.set(module, symbols);
    const known = symbols.get(name);
    if (known !== undefined) {
      known.typeOnly &&= typeOnly;
      return known.local;
    }
    const local = freeName(name === "default" ? defaultImportName(module) : safeIdentifier(name), taken);
    taken.add(local);
    symbols.set(name, { name, local, typeOnly });
    return local;
  };
  const load = (module: string): void => {
    if (!imports.has(module)) imports.set(module, new Map());
  };
  const text = (): string => [banner, "", ...importLines(path, imports, first), ...trimEmptyEnd(body), ""].join("\n");
  const modules = (): string[] => [...imports.keys(), ...exportedFrom];
  return {
    path,
    use: (module, name) => importSymbol(module, name, false),
    useType: (module, name) => importSymbol(module, name, true),
    load,
    loadFirst: (module) => {
      load(module);
      first.add(module);
    },
    exportFrom: (module, names) => {
      exportedFrom.add(module);
      body.push(`export ${names} from ${stringLiteral(importSpecifier(path, module))};`);
    },
    print: (...lines) => appendLines(body, lines, ""),
    printAll: (lines) => appendLines(body, lines, ""),
    modules,
    importLines: () => importLines(path, imports, first),
    toString: text,
    finish: () => ({ path, content: text(), ownership: "generated", imports: modules() }),
  };
}

/** The local name for a default export: `Long` for `npm:long`, `LibraryService` for `src/library-service`. */
function defaultImportName(module: string): string {
  const name = pascalCase(module.replace(/^.*[/:]/, "").replace(/[^A-Za-z0-9]+/g, "-"));
  return /^[A-Za-z]/.test(name) ? name : `Module${name}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let local = name;
  for (let suffix = 2; taken.has(local); suffix++) local = `${name}${suffix}`;
  return local;
}

function appendLines(body: string[], lines: readonly Lines[], indent: string): void {
  for (const line of lines) {
    if (typeof line === "string") body.push(line === "" ? "" : indent + line);
    else if (!isStatement(line)) appendLines(body, line, `${indent}  `);
    else for (const text of printDocument(line.document, indent.length, lineWidth)) body.push(indent + text);
  }
}

/** Tells a statement from a block of lines. */
function isStatement(line: Statement | readonly Lines[]): line is Statement {
  return !Array.isArray(line);
}

function trimEmptyEnd(body: readonly string[]): readonly string[] {
  let end = body.length;
  while (end > 0 && body[end - 1] === "") end--;
  return body.slice(0, end);
}

function importLines(
  path: string,
  imports: ReadonlyMap<string, ReadonlyMap<string, ImportedSymbol>>,
  first: ReadonlySet<string>,
): string[] {
  const statements = [...imports].map(([module, symbols]) => ({
    rank: first.has(module) ? 0 : 1,
    specifier: importSpecifier(path, module),
    symbols: [...symbols.values()].sort((a, b) => compareText(a.name, b.name)),
  }));
  statements.sort((a, b) => a.rank - b.rank || compareText(a.specifier, b.specifier));
  const lines = statements.flatMap(({ specifier, symbols }) =>
    printDocument(importStatement(specifier, symbols), 0, lineWidth),
  );
  return lines.length === 0 ? [] : [...lines, ""];
}

function importStatement(specifier: string, symbols: readonly ImportedSymbol[]): Document {
  if (symbols.length === 0) return `import ${stringLiteral(specifier)};`;
  const allTypes = symbols.every((symbol) => symbol.typeOnly);
  const members = symbols.map((symbol) => {
    const name = symbol.name === symbol.local ? symbol.name : `${symbol.name} as ${symbol.local}`;
    return symbol.typeOnly && !allTypes ? `type ${name}` : name;
  });
  const keyword = allTypes ? "import type " : "import ";
  const from = ` from ${stringLiteral(specifier)};`;
  // The formatter never breaks the import of a single name.
  if (members.length === 1) return [keyword, "{ ", members, " }", from];
  return [keyword, inBrackets("{", members, "}", line), from];
}

/**
 * The specifier by which the file at `path` imports `module`: relative for a root-relative module, with `.js` if it has no
 * extension, and unchanged for a package (written as `npm:name`).
 */
function importSpecifier(path: string, module: string): string {
  if (module.startsWith("npm:")) return module.slice("npm:".length);
  const from = path.split("/").slice(0, -1);
  const to = module.split("/");
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  const up = from.length - common;
  const file = to.slice(common).join("/");
  return `${up === 0 ? "./" : "../".repeat(up)}${/\.[cm]js$/.test(file) ? file : `${file}.js`}`;
}

/** A TypeScript string literal (double quotes) that is safe in source whatever the text holds. */
export function stringLiteral(text: string): string {
  return escapeDirections(JSON.stringify(text)).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escapeCharacter);
}

/** A string literal in the quotes that the formatter prefers: single ones if the text has fewer of them. */
export function textLiteral(text: string): string {
  const double = text.split('"').length;
  const single = text.split("'").length;
  if (double <= single) return stringLiteral(text);
  return `'${stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Text as it stands in a template literal. */
export function templateText(text: string): string {
  return stringLiteral(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/`|\$(?=\{)/g, "\\$&");
}

/** A property key: bare when it is an identifier, else quoted; `__proto__` is computed so that it makes an own property. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Tells whether a property of this name needs no quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Access to a property: `.name` or `["na-me"]`. */
export function propertyAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${stringLiteral(name)}]`;
}

/** A `//` line; breaks in the text become spaces. */
export function lineComment(text: string): string {
  return `// ${escapeDirections(text).replaceAll(/[\r\n\u2028\u2029]/g, " ")}`;
}

/**
 * A JSDoc block for a proto comment, or no lines for an empty one. `*` followed by `/` cannot end the block early, and an
 * `@` at the start of a line is not read as a tag.
 */
export function docComment(comment: string, deprecated = false): string[] {
  const text = escapeDirections(comment)
    .replaceAll("*/", "*\\/")
    .split("\n")
    .map((line) => line.trimEnd().replace(/^(\s*)@/, "$1\\@"));
  const start = text.findIndex((line) => line !== "");
  const lines = start === -1 ? [] : trimEmptyEnd(text.slice(start)).map((line) => line.replace(/^ /, ""));
  if (deprecated) lines.push(...(lines.length > 0 ? [""] : []), "@deprecated");
  if (lines.length === 0) return [];
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ["/**", ...lines.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"];
}
