/**
 * The functions that read or write one field value as JSON. The transcoding emitters use `fieldDecoder` and `fieldText`
 * for `body: "field"` and `response_body`.
 */
import { isObject } from "../../plan/codecs/flat-messages.js";
import type { Field, ScalarType } from "../../model/api-model.js";
import { arrow, type Call, call, type Expression } from "../print/expression.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { type HeldShape, isUnsigned, messageAlone, type NativeForm, nativeElement } from "../objects/native-type.js";
import { jsonBuilderName, jsonDecoderName, jsonEncoderName, jsonModule, longModule } from "../objects/modules.js";
import type { FieldView } from "../objects/message-view.js";
import { useRuntime } from "../objects/runtime.js";
import {
  byBytesForm,
  byLongForm,
  hasLongObjects,
  longOfText,
  type LongForm,
  takesLooseReplies,
} from "../objects/value-form.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/**
 * The call that decodes `json` (of type JsonInput, not null unless `acceptsNull`) to the value of a field of
 * any kind: list, map, message, enum, scalar. It throws DecodeError. The value is undefined when `mayBeUnknown`.
 */
export function fieldDecoder(context: EmitContext, { field, element, keyedBy }: FieldView, json: Expression): Call {
  const { shape } = field;
  const common = commonRepeated(field);
  if (common !== undefined && !(shape.kind === "map" && shape.key !== "string"))
    return call(repeatedReader(context, `read${common}`), json);
  const read = elementReader(context, element);
  if (shape.kind === "list") return call(repeatedReader(context, "readList"), json, read);
  if (shape.kind !== "map") return call(read, json);
  const readKey = keyReader(context, shape.key);
  const map = call(repeatedReader(context, "readMap"), json, read, ...(readKey === undefined ? [] : [readKey]));
  return keyedBy === undefined ? map : call(keyed(context, "toKeyedMap"), map, keyOfText(context, keyedBy));
}

/** The function from the text of a key to the key of a Map. */
function keyOfText(context: EmitContext, key: ScalarType): Expression {
  if (key === "bool") return keyed(context, "boolKey");
  return hasLongObjects(context) ? arrow("text", longOfText(context, key, "text")) : "BigInt";
}

function keyed(context: EmitContext, name: RuntimeExport<"keyed-map">): string {
  return useRuntime(context, "keyed-map", name);
}

/**
 * The call that writes `fieldValue` (of the field's type) as a JsonValue, for a field of any kind. undefined
 * and null are accepted for everything but messages: they give the JSON of the zero, `[]` or `{}`.
 */
export function fieldWriter(context: EmitContext, view: FieldView, fieldValue: Expression, isWhole = false): Call {
  const { field, element, keyedBy } = view;
  const { shape } = field;
  const value = keyedBy === undefined ? fieldValue : call(keyed(context, "textEntries"), fieldValue);
  const common = commonRepeated(field);
  const isLoose = common === "Int32s" && takesLooseReplies(context);
  if (common === "StringMap" && shape.kind === "map" && sortsMembers(context))
    return isTextKey(shape.key)
      ? call(sortedWriter(context, "writeSortedStringMap"), value)
      : mapWriter(context, shape.key, isWhole, value, writer(context, "writeString"));
  if (common !== undefined && !isLoose) return call(writer(context, `write${common}`), value);
  const write = elementWriter(context, element);
  if (shape.kind === "list") return call(writer(context, "writeList"), value, write);
  return shape.kind === "map" ? mapWriter(context, shape.key, isWhole, value, write) : call(write, value);
}

function mapWriter(context: EmitContext, key: ScalarType, isWhole: boolean, value: Expression, write: string): Call {
  if (!sortsMembers(context)) return call(writer(context, "writeMap"), value, write);
  const sorted = isTextKey(key) || isWhole ? "writeSortedMap" : "writeNumberedMap";
  return call(sortedWriter(context, sorted), value, write);
}

/** Tells whether maps and structs are printed in the order of their keys, as grpc-gateway does it. */
function sortsMembers(context: EmitContext): boolean {
  return context.plan.rules.sortsKeys;
}

/** `false` and `true` are in the same order as texts. */
function isTextKey(key: ScalarType): boolean {
  return key === "string" || key === "bool";
}

function sortedWriter(context: EmitContext, name: RuntimeExport<"json-sorted">): string {
  return useRuntime(context, "json-sorted", name);
}

/** The lists and maps that have readers and writers of their own, by the name of those. */
function commonRepeated({ shape }: Field): "Strings" | "Int32s" | "StringMap" | undefined {
  if (shape.kind !== "list" && shape.kind !== "map") return undefined;
  const element = shape.kind === "list" ? shape.item : shape.value;
  if (element.kind !== "scalar") return undefined;
  if (shape.kind === "map") return element.scalar === "string" ? "StringMap" : undefined;
  if (element.scalar === "string") return "Strings";
  return scalarNames[element.scalar] === int32 ? "Int32s" : undefined;
}

/** The call that gives a field's `value` as a whole JSON text. Go's encoding/json prints it, with every key in the order of texts. */
export function fieldText(context: EmitContext, view: FieldView, value: Expression): Call {
  const { shape } = view.field;
  if (shape.kind === "message" && isObject(context.index.message(shape.fullName, context.style).plan.message))
    return call(encoder(context, shape.fullName), value);
  return call(print(context), fieldWriter(context, view, value, true));
}

/** A function that gives the JSON text of a message. */
export function messageText(context: EmitContext, fullName: string): Expression {
  const shape = messageAlone(fullName);
  if (nativeElement(shape, context.style) === undefined) return encoder(context, fullName);
  return arrow("message", call(print(context), call(elementWriter(context, shape), "message")));
}

function encoder(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.use(jsonModule(context.plan.layout, module), jsonEncoderName(plan));
}

function print(context: EmitContext): string {
  return useRuntime(context, "json-text", "jsonText");
}

/** Tells whether JSON null is a value of the field (google.protobuf.Value, NullValue) and not its absence. */
export function acceptsNull(field: Field): boolean {
  const { shape } = field;
  if (shape.kind === "message") return shape.fullName === "google.protobuf.Value";
  return shape.kind === "enum" && shape.fullName === "google.protobuf.NullValue";
}

/** Tells whether `fieldDecoder` gives undefined for an enum name that is not known (`unknownFields: ignore`), so that it is to be skipped. */
export function mayBeUnknown(context: EmitContext, field: Field): boolean {
  return field.shape.kind === "enum" && context.plan.transcoding.unknownFields === "ignore";
}

/** The name of the function `(json: JsonInput) => value` for an element. */
export function elementReader(context: EmitContext, shape: HeldShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarReader(context, shape.scalar);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      return context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
    }
    case "message": {
      const native = nativeElement(shape, context.style);
      if (native !== undefined) return nativeCodec(context, native, "read");
      const { module, plan } = context.index.message(shape.fullName, context.style);
      return context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
    }
    default:
      return shape satisfies never;
  }
}

/** The name of the function `(value) => JsonValue` for an element. */
export function elementWriter(context: EmitContext, shape: HeldShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarWriter(context, shape.scalar);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      return context.file.use(jsonModule(context.plan.layout, module), jsonEncoderName(plan));
    }
    case "message": {
      const native = nativeElement(shape, context.style);
      if (native !== undefined) return nativeCodec(context, native, "write");
      const { module, plan } = context.index.message(shape.fullName, context.style);
      return context.file.use(jsonModule(context.plan.layout, module), jsonBuilderName(plan));
    }
    default:
      return shape satisfies never;
  }
}

function nativeCodec(context: EmitContext, native: NativeForm, direction: "read" | "write"): string {
  switch (native.kind) {
    case "scalar":
      return (direction === "read" ? scalarReader : scalarWriter)(context, native.scalar);
    case "Struct":
      return structCodec(context, direction, "JsonObject");
    case "ListValue":
      return structCodec(context, direction, "JsonList");
    case "Value":
      return structCodec(context, direction, "JsonValue");
    case "Timestamp":
      return useRuntime(context, "date", `${direction}Date`);
    case "FieldMask":
      return useRuntime(context, "field-mask", `${direction}FieldMask`);
    default:
      return native satisfies never;
  }
}

function structCodec(
  context: EmitContext,
  direction: "read" | "write",
  form: "JsonObject" | "JsonList" | "JsonValue",
): string {
  if (direction === "read") return useRuntime(context, "struct-json", `read${form}`);
  return sortsMembers(context) ? sortedWriter(context, `writeSorted${form}`) : writer(context, `write${form}`);
}

interface ScalarNames {
  readonly read: RuntimeExport<"json-read">;
  /** Readers of a 64-bit integer by its form; a Long has one of its own, which is emitted. */
  readonly readAs?: Readonly<Record<Exclude<LongForm, "Long">, RuntimeExport<"json-read">>>;
  /** Undefined where texts are keys as they are. */
  readonly readKey?: RuntimeExport<"json-repeated">;
  readonly write: RuntimeExport<"json-write">;
  /** In proto-loader's styles. */
  readonly writeLoose?: RuntimeExport<"loose-integer">;
}

const int32: ScalarNames = {
  read: "readInt32",
  readKey: "readInt32Key",
  write: "writeInt32",
  writeLoose: "looseInt32",
};
const uint32: ScalarNames = {
  read: "readUint32",
  readKey: "readUint32Key",
  write: "writeUint32",
  writeLoose: "looseUint32",
};
const int64: ScalarNames = {
  read: "readInt64",
  readAs: { BigInt: "readInt64", Number: "readInt64Number", String: "readInt64String" },
  readKey: "readInt64Key",
  write: "writeInt64",
  writeLoose: "looseInt64",
};
const uint64: ScalarNames = {
  read: "readUint64",
  readAs: { BigInt: "readUint64", Number: "readUint64Number", String: "readUint64String" },
  readKey: "readUint64Key",
  write: "writeUint64",
  writeLoose: "looseUint64",
};

const scalarNames: Readonly<Record<ScalarType, ScalarNames>> = {
  bool: { read: "readBool", readKey: "readBoolKey", write: "writeBool" },
  bytes: { read: "readBytes", write: "writeBytes" },
  double: { read: "readDouble", write: "writeDouble" },
  fixed32: uint32,
  fixed64: uint64,
  float: { read: "readFloat", write: "writeFloat" },
  int32,
  int64,
  sfixed32: int32,
  sfixed64: int64,
  sint32: int32,
  sint64: int64,
  string: { read: "readString", write: "writeString" },
  uint32,
  uint64,
};

/** The name of the reader of a scalar in the style. */
export function scalarReader(context: EmitContext, scalar: ScalarType): string {
  const { read, readAs } = scalarNames[scalar];
  if (scalar === "bytes") return reader(context, byBytesForm(context, bytesReaders));
  if (readAs === undefined) return reader(context, read);
  const name = byLongForm(context, { ...readAs, Long: undefined });
  if (name !== undefined) return reader(context, name);
  return context.file.use(longModule(context.plan.layout), isUnsigned(scalar) ? "readUnsignedLong" : "readLong");
}

/** The name of the writer of a scalar in the style. */
function scalarWriter(context: EmitContext, scalar: ScalarType): string {
  const { write, writeLoose } = scalarNames[scalar];
  if (writeLoose === undefined || !takesLooseReplies(context)) return writer(context, write);
  return useRuntime(context, "loose-integer", writeLoose);
}

const bytesReaders = {
  Uint8Array: "readBytes",
  Buffer: "readBuffer",
  String: "readBase64",
  Array: "readByteArray",
} as const;

function keyReader(context: EmitContext, key: ScalarType): string | undefined {
  const { readKey } = scalarNames[key];
  return readKey === undefined ? undefined : repeatedReader(context, readKey);
}

function reader(context: EmitContext, name: RuntimeExport<"json-read">): string {
  return useRuntime(context, "json-read", name);
}

function repeatedReader(context: EmitContext, name: RuntimeExport<"json-repeated">): string {
  return useRuntime(context, "json-repeated", name);
}

/** The local name of a function of `json-write`. */
export function writer(context: EmitContext, name: RuntimeExport<"json-write">): string {
  return useRuntime(context, "json-write", name);
}
