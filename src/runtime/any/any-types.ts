/**
 * The messages that a google.protobuf.Any may hold, as a table. It is one text and read on demand: V8 does not compile
 * strings, so a function that never meets an Any pays next to nothing for thousands of types.
 *
 * A line `@acme.v1` sets the package of the names that follow. A line of a message has its name and its fields, a line
 * of an enum `=Theme` and its values, in order of declaration, separated by spaces. A number is left out if it follows
 * the one before; fields start at 1, values of an enum at 0.
 *
 *     Shelf name theme=4#Theme tags* labels{s} size:l? owner/.acme.v2.User stock:u|0 parts/Part~*
 *     =Theme THEME_UNSPECIFIED FICTION HISTORY=7
 *
 * After a field's name come, in this order: its JSON name `"id"` unless that is the name in lowerCamelCase, its number
 * `=4`, the key's type `{s}` of a map, its type, and flags. A type is `:` and a letter (`ScalarType`; a string has
 * none), `/` and a message, or `#` and an enum, by its name in the package or, with a dot in front, its full name.
 * Flags: `~` a group, `*` a list (`-` one that is not packed), `?` presence without a member for an unset field, `!`
 * presence with null for it, `|2` a member of the oneof of that number.
 */
import type { JsonObject } from "../values/json.js";

/** The part of generated code that describes the contents of Any. */
export interface AnyTypes {
  readonly table: string;
  /** Options of printing and reading messages; see grpc2lambda's docs/transcoding.md. */
  readonly emitDefaults: boolean;
  readonly originalNames: boolean;
  readonly enumsAsNumbers: boolean;
  readonly unknownFields: "ignore" | "reject";
  /** Put maps in the order in which they are printed, by their keys; absent where any order will do. */
  readonly inTextOrder?: (map: JsonObject) => JsonObject;
  readonly inNumberOrder?: (map: JsonObject) => JsonObject;
}

/** double, float, int32, int64, uint32, uint64, sint32, sint64, fixed32, fixed64, sfixed32, sfixed64, bool, string, bytes. */
export type ScalarType = "d" | "f" | "i" | "l" | "u" | "v" | "z" | "Z" | "x" | "X" | "h" | "H" | "b" | "s" | "y";

/** A message of the table. */
export interface MessageType {
  /** Fields in order of declaration. */
  readonly fields: readonly FieldType[];
  /** Fields by JSON name, by declared name, and by `[full.name]` of an extension. */
  readonly byName: ReadonlyMap<string, FieldType>;
  readonly byNumber: ReadonlyMap<number, FieldType>;
}

/** A field of the table. */
export interface FieldType {
  /** Name as declared. */
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  /** Type of the field, of a list's items, or of a map's values. */
  readonly element: ElementType;
  readonly repeated: "no" | "list" | "packed" | "map";
  /** Type of the keys; maps only. */
  readonly key: ScalarType;
  /** The JSON of an unset field, if defaults are printed. */
  readonly unset: "zero" | "null" | "nothing";
  readonly oneof: string;
}

/** One value. */
export type ElementType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "message"; readonly name: string; readonly isGroup: boolean }
  | { readonly kind: "enum"; readonly name: string };

/** An enum of the table. */
export interface EnumType {
  /** Names that are read. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Names that are printed. */
  readonly names: ReadonlyMap<number, string>;
}

/** An open table: its lines, and the types that were read from it. */
interface OpenTable {
  readonly lines: ReadonlyMap<string, Line>;
  readonly messages: Map<string, MessageType>;
  readonly enums: Map<string, EnumType>;
}

interface Line {
  /** Package of names without a leading dot: `acme.v1.`. */
  readonly scope: string;
  readonly text: string;
}

const openTables = new WeakMap<AnyTypes, OpenTable>();

/** The message of that full name; undefined for one that the table does not have. */
export function findMessageType(types: AnyTypes, name: string): MessageType | undefined {
  const table = openTable(types);
  const known = table.messages.get(name);
  if (known !== undefined) return known;
  const line = table.lines.get(name);
  if (line === undefined) return undefined;
  const message = readMessage(line);
  table.messages.set(name, message);
  return message;
}

/** The wire type of a value: varints 0, eight bytes 1, bytes behind their length 2, groups 3, four bytes 5. */
export function wireType(element: ElementType): number {
  if (element.kind === "message") return element.isGroup ? 3 : 2;
  if (element.kind === "enum") return 0;
  return "dXH".includes(element.scalar)
    ? 1
    : "fxh".includes(element.scalar)
      ? 5
      : "sy".includes(element.scalar)
        ? 2
        : 0;
}

/** The enum of that full name, which a field of the table has. */
export function enumTypeOf(types: AnyTypes, name: string): EnumType {
  const table = openTable(types);
  const known = table.enums.get(name);
  if (known !== undefined) return known;
  const declared = readEnum(table.lines.get(`=${name}`)?.text ?? "");
  table.enums.set(name, declared);
  return declared;
}

function openTable(types: AnyTypes): OpenTable {
  const known = openTables.get(types);
  if (known !== undefined) return known;
  const lines = new Map<string, Line>();
  let scope = "";
  for (const text of `${types.table}\n${wellKnownTable}`.split("\n")) {
    if (text.startsWith("@")) scope = text === "@" ? "" : `${text.slice(1)}.`;
    else {
      const [name = ""] = text.split(" ", 1);
      lines.set(name.startsWith("=") ? `=${scope}${name.slice(1)}` : scope + name, { scope, text });
    }
  }
  const table = { lines, messages: new Map<string, MessageType>(), enums: new Map<string, EnumType>() };
  openTables.set(types, table);
  return table;
}

/** The messages that have a JSON form of their own, as they are on the wire. They are in every table. */
const wellKnownTable = `@google.protobuf
Any type_url value:y
Timestamp seconds:l nanos:i
Duration seconds:l nanos:i
FieldMask paths*
Struct fields{s}/Value
Value null_value:i|0 number_value:d|0 string_value|0 bool_value:b|0 struct_value/Struct|0 list_value/ListValue|0
ListValue values/Value*
Empty
=NullValue NULL_VALUE
DoubleValue value:d
FloatValue value:f
Int64Value value:l
UInt64Value value:v
Int32Value value:i
UInt32Value value:u
BoolValue value:b
StringValue value
BytesValue value:y`;

/** Tells whether the JSON of a message is not an object of its fields, so that an Any holds it as `value`. */
export function hasOwnForm(name: string): boolean {
  return /^google\.protobuf\.(?:Any|Timestamp|Duration|FieldMask|Struct|Empty|(?:List|Double|Float|U?Int(?:32|64)|Bool|String|Bytes)?Value)$/.test(
    name,
  );
}

/** The full name of the message that a type URL names. */
export function typeOfUrl(typeUrl: string): string {
  return typeUrl.slice(typeUrl.lastIndexOf("/") + 1);
}

const fieldSyntax =
  /^(\[?[\w.]+\]?)(?:"([^"]*)")?(?:=(\d+))?(?:\{(\w)\})?(?::(\w)|([/#])([\w.]+))?(~)?([*-])?([?!]|\|\d+)?$/;

function readMessage({ scope, text }: Line): MessageType {
  const fields: FieldType[] = [];
  const byName = new Map<string, FieldType>();
  const byNumber = new Map<number, FieldType>();
  for (const word of text.split(" ").slice(1)) {
    const field = readField(word, scope, (fields.at(-1)?.number ?? 0) + 1);
    fields.push(field);
    byNumber.set(field.number, field);
  }
  for (const field of fields) byName.set(field.name, field);
  for (const field of fields) byName.set(field.jsonName, field);
  return { fields, byName, byNumber };
}

function readField(word: string, scope: string, next: number): FieldType {
  const [, name = "", jsonName, number, key, scalar = "s", kind, type = "", group, list, presence] =
    fieldSyntax.exec(word) ?? [];
  const isMessage = kind === "/" && key === undefined && list === undefined;
  return {
    name,
    jsonName: jsonName === undefined ? lowerCamelCase(name) : unescapeName(jsonName),
    number: number === undefined ? next : Number(number),
    element: readElement(kind, type.startsWith(".") ? type.slice(1) : scope + type, scalar as ScalarType, group),
    repeated: key !== undefined ? "map" : list === "*" ? "packed" : list === "-" ? "list" : "no",
    key: (key ?? "s") as ScalarType,
    unset:
      presence === "!" || (isMessage && presence === undefined) ? "null" : presence === undefined ? "zero" : "nothing",
    oneof: presence?.startsWith("|") === true ? presence : "",
  };
}

function readElement(
  kind: string | undefined,
  name: string,
  scalar: ScalarType,
  group: string | undefined,
): ElementType {
  if (kind === undefined) return { kind: "scalar", scalar };
  return kind === "#" ? { kind: "enum", name } : { kind: "message", name, isGroup: group !== undefined };
}

function readEnum(text: string): EnumType {
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  let number = -1;
  for (const word of text.split(" ").slice(1)) {
    const [, name = "", jsonName, stated] = /^(\w+)(?:"([^"]*)")?(?:=(-?\d+))?$/.exec(word) ?? [];
    number = stated === undefined ? number + 1 : Number(stated);
    const printed = jsonName === undefined ? name : unescapeName(jsonName);
    numbers.set(name, number);
    numbers.set(printed, number);
    if (!names.has(number)) names.set(number, printed);
  }
  return { numbers, names };
}

/** Characters other than those of names are `%` and four hexadecimal digits. */
function unescapeName(text: string): string {
  return text.replace(/%(....)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** ProtoJSON's rule: an underscore goes and the next character is upper-cased. */
function lowerCamelCase(name: string): string {
  return name.startsWith("[") ? name : name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
}
