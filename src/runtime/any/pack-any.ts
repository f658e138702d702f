/**
 * From the JSON of a google.protobuf.Any to its message on the wire. https://protobuf.dev/programming-guides/json/#any
 */
import {
  type BinaryWriter,
  createWriter,
  finishWriter,
  writeLength,
  writeTag,
  writtenSize,
} from "../binary/binary-writer.js";
import { stopCounting } from "../json/json-length.js";
import {
  readEnumNumber,
  readObject,
  readString,
  refuseSecondMember,
  refuseUnknownField,
  wrong,
} from "../json/json-read.js";
import { DecodeError, inside } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import { readDuration } from "../values/duration.js";
import { readFieldMask } from "../values/field-mask.js";
import { compareNumbers, compareTexts } from "../values/key-order.js";
import type { JsonInput, JsonInputObject } from "../values/json.js";
import { readTimestamp } from "../values/timestamp.js";
import {
  type AnyTypes,
  type ElementType,
  enumTypeOf,
  type FieldType,
  findMessageType,
  hasOwnForm,
  type MessageType,
  type ScalarType,
  typeOfUrl,
  wireType,
} from "./any-types.js";
import { isZero, readScalar, type ScalarValue, writeScalar } from "./pack-scalar.js";

/** The members of an Any. */
export interface PackedAny {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** Deepest nesting of messages, the same as for other JSON. */
const maxDepth = 100;

/** Slots of an Any and its bytes, without its members. */
const anySlots = 40;

/** Reads an Any; an object without `@type` is the empty one. Throws DecodeError. */
export function packAny(types: AnyTypes, json: JsonInput): PackedAny {
  stopCounting();
  return pack(types, json, maxDepth);
}

function pack(types: AnyTypes, json: JsonInput, depth: number): PackedAny {
  const { "@type": typeJson, ...members } = readObject(json, anySlots);
  if (typeJson === undefined) {
    for (const name in members) ignoreUnknown(types, name);
    return { typeUrl: "", value: new Uint8Array(0) };
  }
  const typeUrl = readTypeUrl(typeJson);
  const writer = createWriter();
  writeContent(types, writer, typeOfUrl(typeUrl), members, depth);
  return { typeUrl, value: finishWriter(writer) };
}

function readTypeUrl(json: JsonInput): string {
  if (typeof json === "string" && json !== "") return readString(json);
  throw new DecodeError("a type URL such as type.googleapis.com/package.Message", describeJson(json), "@type");
}

/** Types with a JSON form of their own have it in `value`; that of Empty may be left out. */
function writeContent(
  types: AnyTypes,
  writer: BinaryWriter,
  type: string,
  members: JsonInputObject,
  depth: number,
): void {
  const message = findMessageType(types, type);
  if (message === undefined)
    throw new DecodeError("a message type that an Any may hold here (anyTypes)", describeJson(type), "@type");
  if (!hasOwnForm(type)) {
    writeFields(types, writer, message, members, depth);
    return;
  }
  const { value = type === "google.protobuf.Empty" ? {} : undefined, ...others } = members;
  for (const name in others) ignoreUnknown(types, name);
  if (value === undefined) throw new DecodeError("a value", "nothing", "value");
  try {
    writeMessage(types, writer, type, value, depth);
  } catch (error) {
    throw inside(error, "value");
  }
}

function writeMessage(types: AnyTypes, writer: BinaryWriter, type: string, json: JsonInput, depth: number): void {
  const message = findMessageType(types, type);
  if (depth <= 0 || message === undefined)
    throw new DecodeError(`messages nested at most ${maxDepth} deep`, "deeper nesting");
  writeFields(types, writer, message, fieldsOf(types, type, json, depth), depth);
}

/** The fields of a message, or those that its own JSON form means. */
function fieldsOf(types: AnyTypes, type: string, json: JsonInput, depth: number): JsonInputObject {
  if (!hasOwnForm(type)) return readObject(json);
  switch (type.slice("google.protobuf.".length)) {
    case "Any": {
      const { typeUrl, value } = pack(types, json, depth - 1);
      return { typeUrl, value: Buffer.from(value).toString("base64") };
    }
    case "Timestamp":
      return { ...readTimestamp(json) };
    case "Duration":
      return { ...readDuration(json) };
    case "FieldMask":
      return { paths: readFieldMask(json) };
    case "Struct":
      return { fields: readObject(json) };
    case "ListValue":
      return { values: json };
    case "Value":
      return { [valueMember(json)]: json ?? 0 };
    case "Empty":
      return readObject(json);
    default:
      if (json === null) throw wrong("a value", json);
      return { value: json };
  }
}

/** The member of google.protobuf.Value that holds a JSON value. */
function valueMember(json: JsonInput): string {
  switch (typeof json) {
    case "string":
      return "stringValue";
    case "boolean":
      return "boolValue";
    case "object":
      return json === null ? "nullValue" : Array.isArray(json) ? "listValue" : "structValue";
    default:
      return "numberValue";
  }
}

function writeFields(
  types: AnyTypes,
  writer: BinaryWriter,
  message: MessageType,
  json: JsonInputObject,
  depth: number,
): void {
  const given = givenFields(types, message, json);
  // In the order of numbers, as other implementations write them; from back to front.
  for (const [field, value] of [...given].sort(([a], [b]) => b.number - a.number)) {
    try {
      writeField(types, writer, field, value, depth);
    } catch (error) {
      throw inside(error, field.name);
    }
  }
}

function givenFields(types: AnyTypes, message: MessageType, json: JsonInputObject): Map<FieldType, JsonInput> {
  const given = new Map<FieldType, JsonInput>();
  const oneofs = new Set<string>();
  for (const key of Object.keys(json)) {
    const field = message.byName.get(key);
    const value = json[key];
    if (field === undefined) ignoreUnknown(types, key);
    else if (given.has(field)) throw new DecodeError("every field once", "two spellings", field.name);
    else if (value !== null || acceptsNull(field.element)) {
      if (field.oneof !== "" && oneofs.has(field.oneof)) refuseSecondMember(field.name);
      oneofs.add(field.oneof);
      given.set(field, value);
    }
  }
  return given;
}

function acceptsNull(element: ElementType): boolean {
  return element.kind !== "scalar" && /^google\.protobuf\.(?:Null)?Value$/.test(element.name);
}

function ignoreUnknown({ unknownFields }: AnyTypes, key: string): void {
  if (unknownFields === "reject") refuseUnknownField(key);
}

function writeField(types: AnyTypes, writer: BinaryWriter, field: FieldType, json: JsonInput, depth: number): void {
  switch (field.repeated) {
    case "no":
      writeElement(types, writer, field, field.element, json, depth, field.unset === "zero");
      return;
    case "map":
      writeMap(types, writer, field, readObject(json), depth);
      return;
    default:
      if (!Array.isArray(json)) throw wrong("a list", json);
      writeList(types, writer, field, json, depth);
  }
}

function writeList(
  types: AnyTypes,
  writer: BinaryWriter,
  field: FieldType,
  list: readonly JsonInput[],
  depth: number,
): void {
  const isPacked = field.repeated === "packed" && wireType(field.element) !== 2 && field.element.kind !== "message";
  const before = writtenSize(writer);
  for (let index = list.length - 1; index >= 0; index--) {
    try {
      writeElement(types, writer, isPacked ? undefined : field, field.element, list[index], depth, false);
    } catch (error) {
      throw inside(error, `[${index}]`);
    }
  }
  const size = writtenSize(writer) - before;
  if (!isPacked || size === 0) return;
  writeLength(writer, size);
  writeTag(writer, (field.number << 3) | 2);
}

function writeMap(
  types: AnyTypes,
  writer: BinaryWriter,
  field: FieldType,
  entries: JsonInputObject,
  depth: number,
): void {
  const keys = new Set<unknown>();
  // In the order of keys, as Go writes it; from back to front.
  const compare = "sb".includes(field.key) ? compareTexts : compareNumbers;
  for (const name of Object.keys(entries).sort(compare).reverse()) {
    const before = writtenSize(writer);
    try {
      const key = keyOf(field.key, name);
      if (keys.has(key)) throw new DecodeError("every key once", `${name} twice`);
      keys.add(key);
      if (!writeElement(types, writer, { number: 2 }, field.element, entries[name], depth, false)) continue;
      writeScalar(writer, field.key, key);
      writeTag(writer, (1 << 3) | wireType({ kind: "scalar", scalar: field.key }));
    } catch (error) {
      throw inside(error, `[${describeJson(name)}]`);
    }
    writeLength(writer, writtenSize(writer) - before);
    writeTag(writer, (field.number << 3) | 2);
  }
}

function keyOf(type: ScalarType, name: string): ScalarValue {
  if (type !== "b") return readScalar(type, name);
  if (name === "true" || name === "false") return name === "true";
  throw wrong('"true" or "false"', name);
}

/**
 * Writes a value with the tag of `field`, without one for the item of a packed list. Returns false if there was nothing
 * to write: for an unknown name of an enum value and, with `skipsZero`, for the zero of a field without presence.
 */
function writeElement(
  types: AnyTypes,
  writer: BinaryWriter,
  field: Pick<FieldType, "number"> | undefined,
  element: ElementType,
  json: JsonInput,
  depth: number,
  skipsZero: boolean,
): boolean {
  const number = field?.number ?? 0;
  if (element.kind === "message") {
    if (element.isGroup) writeTag(writer, (number << 3) | 4);
    const before = writtenSize(writer);
    writeMessage(types, writer, element.name, json, depth - 1);
    if (!element.isGroup) writeLength(writer, writtenSize(writer) - before);
  } else {
    const value = element.kind === "enum" ? enumNumber(types, element.name, json) : readScalar(element.scalar, json);
    if (value === undefined || (skipsZero && isZero(value))) return false;
    writeScalar(writer, element.kind === "enum" ? "i" : element.scalar, value);
  }
  if (field !== undefined) writeTag(writer, (number << 3) | wireType(element));
  return true;
}

/** The number of an enum value; undefined for an unknown name, if unknown names are ignored. */
function enumNumber(types: AnyTypes, name: string, json: JsonInput): number | undefined {
  if (json === null && name === "google.protobuf.NullValue") return 0;
  const number = typeof json === "string" ? enumTypeOf(types, name).numbers.get(json) : readEnumNumber(json);
  if (number === undefined && types.unknownFields === "reject") throw wrong("an enum value", json);
  return number;
}
