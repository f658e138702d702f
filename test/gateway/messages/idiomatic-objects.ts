/** The objects of the idiomatic message style, from messages of the wire and back. */
import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import { type WireItem, type WireMessage, type WireValue, zeroOf } from "./wire-message.js";

type Members = Record<string, unknown>;

const wrapperName = /^google\.protobuf\.(Double|Float|U?Int(32|64)|Bool|String|Bytes)Value$/;

/** Whether a message is one of google/protobuf/wrappers.proto. */
export function isWrapper({ typeName }: DescMessage): boolean {
  return wrapperName.test(typeName);
}

/** The field that a wrapper, Struct or ListValue has. */
export function onlyField({ fields: [field], typeName }: DescMessage): DescField {
  if (field === undefined) throw new Error(`${typeName} has no field`);
  return field;
}

/** `case$` is how @bufbuild/protobuf avoids a reserved name; the style says `case_`. */
function memberName(localName: string): string {
  return localName.replace(/\$$/, "_");
}

/** Also a member that is called __proto__ is a member of its own. */
function setOwn(object: Members, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function own(object: unknown, key: string): unknown {
  return Object.hasOwn(object as object, key) ? (object as Members)[key] : undefined;
}

/** What a handler gets or returns for a message. */
export function toIdiomatic({ type, values }: WireMessage): unknown {
  if (isWrapper(type)) {
    const field = onlyField(type);
    return values.get(field) ?? (field.scalar === undefined ? undefined : zeroOf(field.scalar));
  }
  switch (type.typeName) {
    case "google.protobuf.Struct":
      return objectOf(values.get(onlyField(type)), (item) => toIdiomatic(item as WireMessage));
    case "google.protobuf.ListValue":
      return listOf(values.get(onlyField(type))).map((item) => toIdiomatic(item as WireMessage));
    case "google.protobuf.Value": {
      const [[field, value] = []] = values;
      if (field === undefined || value === undefined || field.name === "null_value") return null;
      return field.message !== undefined ? toIdiomatic(value as WireMessage) : value;
    }
    default:
      return membersOf({ type, values });
  }
}

function listOf(value: WireValue | undefined): readonly WireItem[] {
  return (value as readonly WireItem[] | undefined) ?? [];
}

function objectOf(value: WireValue | undefined, convert: (item: WireItem) => unknown): Members {
  const object: Members = {};
  for (const [key, item] of (value as ReadonlyMap<string, WireItem> | undefined) ?? [])
    setOwn(object, key, convert(item));
  return object;
}

function membersOf({ type, values }: WireMessage): Members {
  const object: Members = {};
  for (const field of type.fields) {
    if (field.oneof !== undefined) continue;
    const value = memberOf(field, values.get(field));
    if (value !== undefined) setOwn(object, memberName(field.localName), value);
  }
  for (const oneof of type.oneofs) {
    const field = oneof.fields.find((candidate) => values.has(candidate));
    if (field === undefined) continue;
    const value = itemOf(field, values.get(field) as WireItem);
    setOwn(object, memberName(oneof.localName), { case: field.localName, value });
  }
  return object;
}

function memberOf(field: DescField, value: WireValue | undefined): unknown {
  if (field.fieldKind === "list") return listOf(value).map((item) => itemOf(field, item));
  if (field.fieldKind === "map") return objectOf(value, (item) => itemOf(field, item));
  if (value !== undefined) return itemOf(field, value as WireItem);
  // 2 and 3: implicit presence, and required.
  if (field.message !== undefined || (field.presence !== 2 && field.presence !== 3)) return undefined;
  return field.enum !== undefined ? enumOf(field.enum, field.enum.values[0]?.number ?? 0) : zeroOf(field.scalar);
}

function itemOf(field: DescField, item: WireItem): unknown {
  if (field.message !== undefined) return toIdiomatic(item as WireMessage);
  return field.enum !== undefined ? enumOf(field.enum, item as number) : item;
}

function enumOf(type: DescEnum, number: number): string | number {
  return type.value[number]?.name ?? number;
}

/** The message that a handler's object stands for. Throws at a member that the type does not have. */
export function fromIdiomatic(type: DescMessage, object: unknown): WireMessage {
  return { type, values: new Map(valuesOf(type, object)) };
}

function valuesOf(type: DescMessage, object: unknown): readonly (readonly [DescField, WireValue])[] {
  if (isWrapper(type)) return [[onlyField(type), object as WireItem]];
  const field = type.fields[0];
  switch (type.typeName) {
    case "google.protobuf.Struct":
      return [[onlyField(type), mapFrom(onlyField(type), object)]];
    case "google.protobuf.ListValue":
      return [[onlyField(type), (object as readonly unknown[]).map((item) => itemFrom(onlyField(type), item))]];
    case "google.protobuf.Value":
      return [valueKind(type, object)];
    default:
      return field === undefined ? [] : membersFrom(type, object);
  }
}

function valueKind(type: DescMessage, object: unknown): readonly [DescField, WireValue] {
  const names: Readonly<Record<string, string>> = {
    number: "number_value",
    string: "string_value",
    boolean: "bool_value",
    object: "struct_value",
  };
  const name = object === null ? "null_value" : Array.isArray(object) ? "list_value" : names[typeof object];
  const field = type.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`a Value that is ${typeof object}`);
  if (object === null) return [field, 0];
  return [field, field.message !== undefined ? fromIdiomatic(field.message, object) : (object as WireItem)];
}

function membersFrom(type: DescMessage, object: unknown): readonly (readonly [DescField, WireValue])[] {
  const known = new Set<string>();
  const found: (readonly [DescField, WireValue])[] = [];
  for (const field of type.fields) {
    if (field.oneof !== undefined) continue;
    const name = memberName(field.localName);
    known.add(name);
    const value = own(object, name);
    if (value !== undefined) found.push([field, valueFrom(field, value)]);
  }
  for (const oneof of type.oneofs) {
    const name = memberName(oneof.localName);
    known.add(name);
    const choice = own(object, name) as { readonly case: string; readonly value: unknown } | undefined;
    const field = oneof.fields.find(({ localName }) => localName === choice?.case);
    if (field !== undefined) found.push([field, itemFrom(field, choice?.value)]);
  }
  const unknown = Object.keys(object as object).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`${type.typeName} has no ${unknown.join(", ")}`);
  return found;
}

function valueFrom(field: DescField, value: unknown): WireValue {
  if (field.fieldKind === "list") return (value as readonly unknown[]).map((item) => itemFrom(field, item));
  return field.fieldKind === "map" ? mapFrom(field, value) : itemFrom(field, value);
}

function mapFrom(field: DescField, object: unknown): ReadonlyMap<string, WireItem> {
  return new Map(Object.keys(object as object).map((key) => [key, itemFrom(field, own(object, key))]));
}

function itemFrom(field: DescField, value: unknown): WireItem {
  if (field.message !== undefined) return fromIdiomatic(field.message, value);
  if (field.enum !== undefined && typeof value === "string") {
    const found = field.enum.values.find(({ name }) => name === value);
    if (found === undefined) throw new Error(`${field.enum.typeName} has no ${value}`);
    return found.number;
  }
  return value instanceof Uint8Array ? Buffer.from(value) : (value as WireItem);
}
