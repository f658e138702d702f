/** Every name that a set of parsed files declares, by full name: what linking resolves against. */
import type { Span } from "../../diagnostics.js";
import { joinName } from "../full-name.js";
import type { ParsedEnum, ParsedField, ParsedFile, ParsedMessage } from "../parsed-file.js";

/** A declared name. Kinds that only take part in clashes carry no more than their place. */
export type DeclaredSymbol = SymbolPlace &
  (
    | { readonly kind: "message"; readonly message: ParsedMessage }
    | { readonly kind: "enum"; readonly enumeration: ParsedEnum }
    | { readonly kind: "field" | "extension"; readonly field: ParsedField }
    | { readonly kind: "service" | "method" | "oneof" | "enum value" }
  );

/** The place of a declared name. */
export interface SymbolPlace {
  readonly fullName: string;
  /** Full name of the enclosing message, service or package. */
  readonly scope: string;
  readonly file: ParsedFile;
  readonly span: Span;
}

/** The part of a declaration that findings about its name need, in text or in a descriptor set. */
export interface NamedPlace {
  readonly kind: DeclaredSymbol["kind"];
  readonly fullName: string;
  /** Full name of what is around it. */
  readonly scope: string;
  readonly file: { readonly displayPath: string };
  readonly span: Span;
}

/** Two declarations of one name. */
export interface NameClash {
  readonly first: NamedPlace;
  readonly second: NamedPlace;
}

/** All names; the first declaration of a name counts. */
export interface SymbolTable {
  readonly symbols: ReadonlyMap<string, DeclaredSymbol>;
  readonly clashes: readonly NameClash[];
  /** Every package and every prefix of one, with the files that declare it. */
  readonly packages: ReadonlyMap<string, readonly ParsedFile[]>;
  readonly files: ReadonlyMap<string, ParsedFile>;
}

/** Collects the names of all files. */
export function collectSymbols(files: readonly ParsedFile[]): SymbolTable {
  const symbols = new Map<string, DeclaredSymbol>();
  const clashes: NameClash[] = [];
  const packages = new Map<string, ParsedFile[]>();
  const add = (second: DeclaredSymbol): void => {
    const first = symbols.get(second.fullName);
    if (first === undefined) symbols.set(second.fullName, second);
    else clashes.push({ first, second });
  };
  for (const file of files) {
    for (const name of packagePrefixes(file.package?.value ?? "")) {
      const declaring = packages.get(name);
      if (declaring === undefined) packages.set(name, [file]);
      else declaring.push(file);
    }
    collectFile(file, add);
  }
  return { symbols, clashes, packages, files: new Map(files.map((file) => [file.path, file])) };
}

/** `a.b.c` -> `a`, `a.b`, `a.b.c`. */
export function packagePrefixes(name: string): string[] {
  if (name === "") return [];
  const parts = name.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

type AddSymbol = (symbol: DeclaredSymbol) => void;

function collectFile(file: ParsedFile, add: AddSymbol): void {
  const scope = file.package?.value ?? "";
  for (const message of file.messages) collectMessage(message, scope, file, add);
  for (const enumeration of file.enums) collectEnum(enumeration, scope, file, add);
  for (const field of file.extensions) add({ kind: "extension", field, ...place(field, scope, file) });
  for (const service of file.services) {
    const own = place(service, scope, file);
    add({ kind: "service", ...own });
    for (const method of service.methods) add({ kind: "method", ...place(method, own.fullName, file) });
  }
}

function collectMessage(message: ParsedMessage, scope: string, file: ParsedFile, add: AddSymbol): void {
  const own = place(message, scope, file);
  add({ kind: "message", message, ...own });
  for (const field of message.fields) add({ kind: "field", field, ...place(field, own.fullName, file) });
  for (const oneof of message.oneofs) add({ kind: "oneof", ...place(oneof, own.fullName, file) });
  for (const nested of message.messages) collectMessage(nested, own.fullName, file, add);
  for (const nested of message.enums) collectEnum(nested, own.fullName, file, add);
  for (const field of message.extensions) add({ kind: "extension", field, ...place(field, own.fullName, file) });
}

function collectEnum(enumeration: ParsedEnum, scope: string, file: ParsedFile, add: AddSymbol): void {
  add({ kind: "enum", enumeration, ...place(enumeration, scope, file) });
  // Values stand beside their enum, not inside it: protobuf follows C++ here.
  for (const value of enumeration.values) add({ kind: "enum value", ...place(value, scope, file) });
}

function place(
  declaration: { readonly name: string; readonly span: Span },
  scope: string,
  file: ParsedFile,
): SymbolPlace {
  return { fullName: joinName(scope, declaration.name), scope, file, span: declaration.span };
}
