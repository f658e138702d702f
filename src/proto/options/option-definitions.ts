/**
 * The definitions of options: the fields of descriptor.proto's option messages, and their extensions in the loaded
 * files.
 */
import type { ScalarType } from "../descriptor.js";
import { joinName } from "../full-name.js";
import { createFileViews, type FileView } from "../names/file-view.js";
import { resolveName } from "../names/resolve-name.js";
import type { DeclaredSymbol, SymbolTable } from "../names/symbol-table.js";
import type { ParsedEnumValue, ParsedField, ParsedFile, ParsedMessage, ParsedTypeName } from "../parsed-file.js";

/** Looks declarations up for the interpretation of options. */
export interface OptionDefinitions {
  readonly table: SymbolTable;
  readonly viewOf: (file: ParsedFile) => FileView;
  /** The definition of a declared field or extension. */
  readonly define: (symbol: FieldSymbol) => OptionFieldDefinition;
}

/** A symbol that can be set in an option. */
export type FieldSymbol = Extract<DeclaredSymbol, { readonly kind: "field" | "extension" }>;

/** One field that an option value may set. */
export interface OptionFieldDefinition {
  /** Full name; for the two fields of a map entry `key` and `value`. */
  readonly fullName: string;
  readonly name: string;
  readonly type: OptionType;
  readonly repeated: boolean;
  /** Full name of the oneof. */
  readonly oneof?: string;
  /** Full name of the message that has the field, or that the extension extends; "" when that does not resolve. */
  readonly owner: string;
  /** The kinds of declarations where the field may be used (FieldOptions.targets); empty: everywhere. */
  readonly targets: readonly string[];
}

/** The type of a field's value. */
export type OptionType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly fullName: string; readonly values: readonly ParsedEnumValue[] }
  | { readonly kind: "message"; readonly fullName: string; readonly message: ParsedMessage }
  | { readonly kind: "mapEntry"; readonly key: OptionFieldDefinition; readonly value: OptionFieldDefinition }
  /** A type that does not resolve: reported where it is written, so its values are not checked. */
  | { readonly kind: "unresolved" };

/** Prepares look-ups over all files. */
export function createOptionDefinitions(table: SymbolTable): OptionDefinitions {
  const viewOf = createFileViews(table);
  const known = new Map<ParsedField, OptionFieldDefinition>();
  const define = (symbol: FieldSymbol): OptionFieldDefinition => {
    const existing = known.get(symbol.field);
    if (existing !== undefined) return existing;
    const created = defineField(symbol, viewOf(symbol.file), table);
    known.set(symbol.field, created);
    return created;
  };
  return { table, viewOf, define };
}

/** The field of a message by its name; a group's field also by the group's. */
export function findMessageField(
  type: Extract<OptionType, { readonly kind: "message" | "mapEntry" }>,
  name: string,
  definitions: OptionDefinitions,
): OptionFieldDefinition | undefined {
  if (type.kind === "mapEntry") return [type.key, type.value].find((each) => each.name === name);
  const symbol = fieldSymbol(type.fullName, name, definitions) ?? groupSymbol(type, name, definitions);
  return symbol === undefined ? undefined : definitions.define(symbol);
}

/** The names of the values of each enum that was asked for: one enum may have thousands of values and of uses. */
const namesOfEnums = new WeakMap<readonly ParsedEnumValue[], ReadonlySet<string>>();

/** The names of the values of an enum, in declaration order. */
export function enumValueNames(values: readonly ParsedEnumValue[]): ReadonlySet<string> {
  const names = namesOfEnums.get(values) ?? new Set(values.map(({ name }) => name));
  namesOfEnums.set(values, names);
  return names;
}

/** Names that `findMessageField` finds. */
export function fieldNames(type: Extract<OptionType, { readonly kind: "message" | "mapEntry" }>): string[] {
  return type.kind === "mapEntry" ? ["key", "value"] : type.message.fields.map((field) => field.name);
}

/** The message type with this full name, wherever it is declared. */
export function findMessageType(
  fullName: string,
  table: SymbolTable,
): Extract<OptionType, { readonly kind: "message" }> | undefined {
  const symbol = table.symbols.get(fullName);
  return symbol?.kind === "message" ? { kind: "message", fullName, message: symbol.message } : undefined;
}

function fieldSymbol(owner: string, name: string, definitions: OptionDefinitions): FieldSymbol | undefined {
  const symbol = definitions.table.symbols.get(joinName(owner, name));
  return symbol?.kind === "field" ? symbol : undefined;
}

function groupSymbol(
  type: Extract<OptionType, { readonly kind: "message" }>,
  name: string,
  definitions: OptionDefinitions,
): FieldSymbol | undefined {
  const field = type.message.fields.find((each) => each.type.kind === "group" && each.type.name === name);
  return field === undefined ? undefined : fieldSymbol(type.fullName, field.name, definitions);
}

function defineField(symbol: FieldSymbol, view: FileView, table: SymbolTable): OptionFieldDefinition {
  const { field, scope, fullName } = symbol;
  return {
    fullName,
    name: field.name,
    type: defineType(field, scope, view, table),
    repeated: field.label === "repeated",
    ...(field.oneof === undefined ? {} : { oneof: joinName(scope, field.oneof) }),
    owner: field.extendee === undefined ? scope : resolveExtendee(field.extendee.value, scope, view, table),
    targets: readTargets(field),
  };
}

function resolveExtendee(name: string, scope: string, view: FileView, table: SymbolTable): string {
  const resolved = resolveName(name, scope, view, table, "type");
  return resolved.kind === "found" ? resolved.symbol.fullName : "";
}

function defineType(field: ParsedField, scope: string, view: FileView, table: SymbolTable): OptionType {
  switch (field.type.kind) {
    case "scalar":
    case "named":
      return defineElement(field.type, scope, view, table);
    case "group":
      return findMessageType(joinName(scope, field.type.name), table) ?? { kind: "unresolved" };
    case "map": {
      const part = (name: string, type: ParsedTypeName): OptionFieldDefinition => ({
        fullName: name,
        name,
        type: defineElement(type, scope, view, table),
        repeated: false,
        owner: scope,
        targets: [],
      });
      return { kind: "mapEntry", key: part("key", field.type.key), value: part("value", field.type.value) };
    }
  }
}

function defineElement(type: ParsedTypeName, scope: string, view: FileView, table: SymbolTable): OptionType {
  if (type.kind === "scalar") return { kind: "scalar", scalar: type.scalar };
  const resolved = resolveName(type.name, scope, view, table, "type");
  if (resolved.kind !== "found") return { kind: "unresolved" };
  const { symbol } = resolved;
  if (symbol.kind === "message") return { kind: "message", fullName: symbol.fullName, message: symbol.message };
  if (symbol.kind === "enum") return { kind: "enum", fullName: symbol.fullName, values: symbol.enumeration.values };
  return { kind: "unresolved" };
}

function readTargets(field: ParsedField): string[] {
  return field.options.flatMap((option) => {
    const [only, ...others] = option.name;
    const named = only?.text === "targets" && others.length === 0 && option.value.kind === "identifier";
    return named && option.value.kind === "identifier" ? [option.value.name] : [];
  });
}
