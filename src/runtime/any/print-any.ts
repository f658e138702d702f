/**
 * From a google.protobuf.Any, whose message is on the wire, to JSON. https://protobuf.dev/programming-guides/json/#any
 */
import {
  type BinaryReader,
  createReader,
  isBefore,
  readEnd,
  readInt32,
  readTag,
  skipValue,
} from "../binary/binary-reader.js";
import { readBytes } from "../binary/binary-text.js";
import { jsonText } from "../json/json-text.js";
import { unlessEmpty } from "../json/json-write.js";
import { boundMemory, memoryLeft, takeMemory } from "../memory-bound.js";
import { bufferView } from "../values/buffer-view.js";
import { DecodeError } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import { formatDuration } from "../values/duration.js";
import { EncodeError } from "../values/encode-error.js";
import { writeFieldMask } from "../values/field-mask.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { setEntry } from "../values/set-entry.js";
import { formatTimestamp } from "../values/timestamp.js";
import {
  type AnyTypes,
  type ElementType,
  enumTypeOf,
  type FieldType,
  findMessageType,
  hasOwnForm,
  type MessageType,
  typeOfUrl,
  wireType,
} from "./any-types.js";
import { readScalar, zeroOf } from "./print-scalar.js";

/** Deepest nesting of messages, the same as in the wire format. */
const maxDepth = 100;

/**
 * The JSON of an Any, for `jsonText`. If the table does not have the type, or the bytes are not such a message, `value`
 * has the bytes as base64, and the log says so. The reply around the Any is finished and must not be lost.
 */
export function printAny(types: AnyTypes, typeUrl: string, value: Uint8Array): JsonObject {
  if (memoryLeft() === Number.POSITIVE_INFINITY) boundMemory();
  return printPacked(types, typeUrl, value, maxDepth);
}

function printPacked(types: AnyTypes, typeUrl: string, value: Uint8Array, depth: number): JsonObject {
  if (typeUrl === "") return {};
  try {
    const json = printContent(types, typeOfUrl(typeUrl), value, depth);
    if (json !== undefined) return { "@type": typeUrl, ...json };
    console.error(
      `anyTypes does not have the type of an Any in a reply, its bytes are passed on: ${describeJson(typeUrl)}`,
    );
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof EncodeError)) throw error;
    console.error(`an Any in a reply does not hold ${describeJson(typeUrl)}, its bytes are passed on:`, error);
  }
  return { "@type": typeUrl, value: bufferView(value).toString("base64") };
}

/**
 * The members of a packed detail of an error without its type, for JSON.stringify; undefined for a type that the table
 * does not have. Throws DecodeError for bytes that are not such a message, EncodeError for values without a JSON form.
 */
export function printDetailContent(types: AnyTypes, typeUrl: string, value: Uint8Array): JsonObject | undefined {
  const json = printContent(types, typeOfUrl(typeUrl), value, maxDepth);
  return json === undefined ? undefined : (JSON.parse(jsonText(json)) as JsonObject);
}

function printContent(types: AnyTypes, type: string, value: Uint8Array, depth: number): JsonObject | undefined {
  if (findMessageType(types, type) === undefined) return undefined;
  const json = printMessage(types, type, value, depth);
  if (type === "google.protobuf.Empty") return {};
  return hasOwnForm(type) ? { value: json } : (json as JsonObject);
}

/** Slots of the JSON of a message, without its members. */
const messageSlots = 10;

/**
 * A message on the wire. It may come in several pieces, up to one per byte of the input, and these are joined once.
 */
class WireMessage {
  constructor(readonly pieces: Uint8Array[]) {}
}

/** The value of a field: JSON, or a message that is still to be printed. */
type FieldValue = JsonValue | WireMessage;

/** The value of a singular field after `next`, which continues a message and replaces any other value. */
function merged(known: FieldValue | undefined, next: FieldValue): FieldValue {
  if (!(next instanceof WireMessage && known instanceof WireMessage)) return next;
  known.pieces.push(...next.pieces);
  return known;
}

function printMessage(types: AnyTypes, type: string, bytes: Uint8Array, depth: number): JsonValue {
  const message = findMessageType(types, type);
  if (depth <= 0 || message === undefined)
    throw new DecodeError(`messages nested at most ${maxDepth} deep`, "deeper nesting");
  takeMemory(message.fields.length + messageSlots);
  const values = readFields(types, message, bytes, depth);
  const form = hasOwnForm(type) ? type.slice("google.protobuf.".length) : "";
  return form === "" ? printFields(types, message, values, depth) : ownForm(types, form, message, values, depth);
}

function readFields(
  types: AnyTypes,
  message: MessageType,
  bytes: Uint8Array,
  depth: number,
): Map<FieldType, FieldValue> {
  const values = new Map<FieldType, FieldValue>();
  const reader = createReader(bytes);
  while (reader.position < bytes.length) {
    const tag = readTag(reader);
    const field = message.byNumber.get(tag >>> 3);
    if (field === undefined || !takes(field, tag & 7)) skipValue(reader, tag);
    else values.set(field, readField(types, reader, field, tag, values, depth));
  }
  for (const [field, value] of values)
    if (field.repeated === "map") values.set(field, inOrder(types, field, value as JsonObject));
  return values;
}

function inOrder({ inTextOrder, inNumberOrder }: AnyTypes, { key }: FieldType, map: JsonObject): JsonObject {
  const order = "sb".includes(key) ? inTextOrder : inNumberOrder;
  return order?.(map) ?? map;
}

/** Lists of numbers may be packed or not, whatever their declaration says. */
function takes({ element, repeated }: FieldType, wire: number): boolean {
  const own = repeated === "map" ? 2 : wireType(element);
  return wire === own || (wire === 2 && isPackable(element) && (repeated === "list" || repeated === "packed"));
}

function isPackable(element: ElementType): boolean {
  return element.kind !== "message" && wireType(element) !== 2;
}

/**
 * The field after a value: the value replaces the one before, continues it (messages), or is appended (lists, maps).
 */
function readField(
  types: AnyTypes,
  reader: BinaryReader,
  field: FieldType,
  tag: number,
  values: Map<FieldType, FieldValue>,
  depth: number,
): FieldValue {
  const known = values.get(field);
  switch (field.repeated) {
    case "no": {
      if (field.oneof !== "")
        for (const other of values.keys()) if (other.oneof === field.oneof && other !== field) values.delete(other);
      return merged(known, readValue(types, reader, field.element, tag));
    }
    case "map": {
      const map = (known ?? {}) as JsonObject;
      const [key, value] = readEntry(types, reader, field, depth);
      setEntry(map, key, value);
      return map;
    }
    default: {
      const list = (known ?? []) as JsonValue[];
      if ((tag & 7) !== 2 || !isPackable(field.element)) list.push(readItem(types, reader, field.element, tag, depth));
      else
        for (const end = readEnd(reader); isBefore(reader, end); )
          list.push(readItem(types, reader, field.element, tag, depth));
      return list;
    }
  }
}

function readEntry(
  types: AnyTypes,
  reader: BinaryReader,
  { key: keyType, element }: FieldType,
  depth: number,
): [key: string, value: JsonValue] {
  const end = readEnd(reader);
  let key = zeroOf(keyType);
  let value: FieldValue | undefined;
  while (isBefore(reader, end)) {
    const tag = readTag(reader);
    const keyElement = { kind: "scalar", scalar: keyType } as const;
    if (tag === (8 | wireType(keyElement))) key = readScalar(keyType, reader);
    else if (tag === (16 | wireType(element))) value = merged(value, readValue(types, reader, element, tag));
    else skipValue(reader, tag);
  }
  return [String(key), print(types, element, value ?? emptyValue(types, element), depth)];
}

/** The value of an entry without a value. */
function emptyValue(types: AnyTypes, element: ElementType): FieldValue {
  if (element.kind === "message") return new WireMessage([]);
  return element.kind === "enum" ? enumJson(types, element.name, 0) : zeroOf(element.scalar);
}

function readItem(types: AnyTypes, reader: BinaryReader, element: ElementType, tag: number, depth: number): JsonValue {
  return print(types, element, readValue(types, reader, element, tag), depth);
}

function print(types: AnyTypes, element: ElementType, value: FieldValue, depth: number): JsonValue {
  if (!(value instanceof WireMessage)) return value;
  const [first] = value.pieces;
  const bytes = first !== undefined && value.pieces.length === 1 ? first : Buffer.concat(value.pieces);
  return printMessage(types, element.kind === "message" ? element.name : "", bytes, depth - 1);
}

function readValue(types: AnyTypes, reader: BinaryReader, element: ElementType, tag: number): FieldValue {
  switch (element.kind) {
    case "scalar":
      return readScalar(element.scalar, reader);
    case "enum":
      return enumJson(types, element.name, readInt32(reader));
    case "message":
      return new WireMessage([element.isGroup ? readGroup(reader, tag) : readBytes(reader)]);
    default:
      return element satisfies never;
  }
}

/** The bytes between the tags of a group; both tags have the same length. */
function readGroup(reader: BinaryReader, tag: number): Uint8Array {
  const start = reader.position;
  skipValue(reader, tag);
  const tagSize = Math.ceil((32 - Math.clz32(tag)) / 7);
  return new Uint8Array(reader.bytes.subarray(start, reader.position - tagSize));
}

function printFields(
  types: AnyTypes,
  message: MessageType,
  values: ReadonlyMap<FieldType, FieldValue>,
  depth: number,
): JsonObject {
  const json: JsonObject = {};
  for (const field of message.fields) {
    const value = values.get(field);
    const member = value === undefined ? unsetMember(types, field) : print(types, field.element, value, depth);
    const kept =
      types.emitDefaults || field.unset !== "zero" || member === undefined
        ? member
        : unlessEmpty(member, zeroMember(types, field));
    if (kept !== undefined) setEntry(json, types.originalNames ? field.name : field.jsonName, kept);
  }
  return json;
}

function unsetMember(types: AnyTypes, field: FieldType): JsonValue | undefined {
  if (!types.emitDefaults || field.unset === "nothing") return undefined;
  return field.unset === "null" ? null : zeroMember(types, field);
}

function zeroMember(types: AnyTypes, { element, repeated }: FieldType): JsonValue {
  if (repeated !== "no") return repeated === "map" ? {} : [];
  return element.kind === "enum"
    ? enumJson(types, element.name, 0)
    : zeroOf(element.kind === "scalar" ? element.scalar : "s");
}

function enumJson(types: AnyTypes, name: string, number: number): JsonValue {
  if (name === "google.protobuf.NullValue") return null;
  return types.enumsAsNumbers ? number : (enumTypeOf(types, name).names.get(number) ?? number);
}

/** The JSON form of a message of google.protobuf that is not an object of its fields. */
function ownForm(
  types: AnyTypes,
  form: string,
  { fields }: MessageType,
  values: ReadonlyMap<FieldType, FieldValue>,
  depth: number,
): JsonValue {
  const [first, second] = fields.map((field) => values.get(field));
  switch (form) {
    case "Any":
      return printPacked(types, String(first ?? ""), Buffer.from(String(second ?? ""), "base64"), depth - 1);
    case "Timestamp":
      return formatTimestamp(Number(first ?? 0), Number(second ?? 0));
    case "Duration":
      return formatDuration(Number(first ?? 0), Number(second ?? 0));
    case "FieldMask":
      return writeFieldMask((first ?? []) as string[]);
    case "Value":
      return valueForm(types, values, depth);
    case "Struct":
    case "Empty":
      return (first ?? {}) as JsonObject;
    case "ListValue":
      return (first ?? []) as JsonValue[];
    default:
      return (first ?? zeroMember(types, fields[0] as FieldType)) as JsonValue;
  }
}

function valueForm(types: AnyTypes, values: ReadonlyMap<FieldType, FieldValue>, depth: number): JsonValue {
  for (const [field, value] of values) {
    if (field.name === "null_value") return null;
    if (field.name === "number_value" && typeof value === "string") throw new EncodeError("a JSON value", value);
    return print(types, field.element, value, depth);
  }
  return null;
}
