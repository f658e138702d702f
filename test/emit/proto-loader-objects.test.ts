/**
 * Handlers written for @grpc/proto-loader get the very objects that it makes: for random messages, what our JSON decoder
 * builds equals what proto-loader's deserializer builds for the same message, over the matrix of its options; and what
 * our encoder prints for such an object is the JSON of that message.
 */

import { deepStrictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { loadSync, type MessageTypeDefinition, type Options } from "@grpc/proto-loader";
import { fc } from "../support/property.js";
import Long from "long";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import { loadJsonCodec } from "../support/emit-json.js";
import { registryFromProto } from "../support/proto-registry.js";

const proto = `
  syntax = "proto3";
  package test;
  import "google/protobuf/duration.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Color { COLOR_UNSPECIFIED = 0; RED = 1; NEGATIVE = -1; }
  message Everything {
    double double_value = 1;
    float float_value = 2;
    int32 int32_value = 3;
    sint64 int64_value = 4;
    fixed64 uint64_value = 5;
    bool bool_value = 6;
    string string_value = 7;
    bytes bytes_value = 8;
    Color color_value = 9;
    Everything child_1 = 10;
    optional string optional_string = 11;
    optional int64 optional_long = 12;
    optional Color optional_color = 13;
    repeated uint64 repeated_long = 14;
    repeated bytes repeated_bytes = 15;
    repeated Color repeated_color = 16;
    repeated Everything repeated_child = 17;
    map<string, string> map_string = 18;
    map<int32, int64> map_long = 19;
    map<bool, Everything> map_child = 20;
    map<string, bytes> map_bytes = 21;
    oneof the_choice {
      string chosen_string = 22;
      int64 chosen_long = 23;
      Everything chosen_child = 24;
      Color chosen_color = 25;
      bytes chosen_bytes = 26;
    }
    google.protobuf.Timestamp time_value = 27;
    google.protobuf.Duration duration_value = 28;
    google.protobuf.FieldMask mask_value = 29;
    google.protobuf.Struct struct_value = 30;
    google.protobuf.Value any_json = 31;
    google.protobuf.Int64Value wrapped_long = 32;
    google.protobuf.BytesValue wrapped_bytes = 33;
    google.protobuf.StringValue wrapped_string = 34;
    string constructor = 35;
    string a_b_2c = 36;
    optional string to_string = 37;
    optional string value_of = 38;
  }`;

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const unsignedLong = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const text = fc.oneof(fc.constantFrom("", "0", "a", "__proto__"), fc.string({ unit: "binary", maxLength: 5 }));
const bytes = fc.uint8Array({ maxLength: 5 }).map((list) => Buffer.from(list).toString("base64"));
const color = fc.constantFrom<JsonValue>("COLOR_UNSPECIFIED", "RED", "NEGATIVE", 7);
const number = fc.oneof(
  fc.constantFrom<JsonValue>(0, "NaN", "-Infinity"),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll("-0", "0")) as JsonValue);

const { message } = fc.letrec<{ message: { [name: string]: JsonValue } }>((tie) => {
  const child = fc.option(tie("message"), { nil: {}, maxDepth: 2, depthIdentifier: "child" });
  const fields: Record<string, fc.Arbitrary<JsonValue>> = {
    doubleValue: number,
    floatValue: fc.float({ noNaN: true, noDefaultInfinity: true }),
    int32Value: fc.integer(),
    int64Value: long,
    uint64Value: unsignedLong,
    boolValue: fc.boolean(),
    stringValue: text,
    bytesValue: bytes,
    colorValue: color,
    child1: child,
    optionalString: text,
    optionalLong: long,
    optionalColor: color,
    repeatedLong: fc.array(unsignedLong, { maxLength: 3 }),
    repeatedBytes: fc.array(bytes, { maxLength: 3 }),
    repeatedColor: fc.array(color, { maxLength: 3 }),
    repeatedChild: fc.array(child, { maxLength: 2 }),
    mapString: fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      text,
      { maxKeys: 3 },
    ),
    mapLong: fc.dictionary(fc.integer().map(String), long, { maxKeys: 3 }),
    mapChild: fc.dictionary(fc.constantFrom("true", "false"), child, { maxKeys: 2 }),
    mapBytes: fc.dictionary(fc.constantFrom("a", "b"), bytes, { maxKeys: 2 }),
    timeValue: fc
      .date({ noInvalidDate: true, min: new Date(-62135596800000), max: new Date(253402300799000) })
      .map((date) => date.toISOString()),
    durationValue: fc.integer({ min: -1000, max: 1000 }).map((seconds) => `${seconds}.5s`.replace("-0", "0")),
    maskValue: fc.constantFrom("", "a,bC.d"),
    structValue: fc.dictionary(fc.constantFrom("a", "b"), json, { maxKeys: 2 }),
    anyJson: json,
    wrappedLong: long,
    wrappedBytes: bytes,
    wrappedString: text,
    constructor: text,
    aB2c: text,
    toString: text,
    valueOf: text,
  };
  const choice = fc.option(
    fc.oneof(
      text.map((value) => ({ chosenString: value })),
      long.map((value) => ({ chosenLong: value })),
      child.map((value) => ({ chosenChild: value })),
      color.map((value) => ({ chosenColor: value })),
      bytes.map((value) => ({ chosenBytes: value })),
    ),
    { nil: {} },
  );
  const some = fc.record(fields, { requiredKeys: [] });
  return {
    message: fc
      .tuple(some, choice)
      .map(([members, member]) => ({ ...members, ...member }) as { [name: string]: JsonValue }),
  };
});

const matrix: readonly { readonly options: Options; readonly style: Partial<MessageStyle> }[] = [
  { options: {}, style: {} },
  {
    options: { keepCase: true, defaults: true, oneofs: true },
    style: { names: "proto", defaults: true, oneofs: "virtual" },
  },
  {
    options: { longs: String, enums: String, bytes: String },
    style: { longs: "String", enums: "String", bytes: "String" },
  },
  {
    options: { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true },
    style: { names: "proto", longs: "String", enums: "String", defaults: true, oneofs: "virtual" },
  },
  {
    options: { longs: Number, bytes: Array, arrays: true, objects: true, oneofs: true },
    style: { longs: "Number", bytes: "Array", arrays: true, objects: true, oneofs: "virtual" },
  },
  {
    options: { enums: String, bytes: Array, defaults: true, longs: String },
    style: { enums: "String", bytes: "Array", defaults: true, longs: "String" },
  },
  {
    options: { bytes: String, defaults: true, longs: Number, arrays: true },
    style: { bytes: "String", defaults: true, longs: "Number", arrays: true },
  },
];

describe("objects as proto-loader makes them", () => {
  const folder = mkdtempSync(join(tmpdir(), "proto-loader-"));
  let registry: FileRegistry;
  let schema: DescMessage;
  beforeAll(() => {
    writeFileSync(join(folder, "test.proto"), proto);
    registry = registryFromProto(proto);
    const found = registry.getMessage("test.Everything");
    if (found === undefined) throw new Error("test.Everything is missing");
    schema = found;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(matrix)("$options", async ({ options, style }) => {
    const definition = loadSync(join(folder, "test.proto"), options);
    const { deserialize } = definition["test.Everything"] as MessageTypeDefinition<object, object>;
    const codec = await loadJsonCodec(proto, {
      style: { ...protoLoaderDefaults, ...style },
      transcoding: { emitDefaults: false },
    });
    fc.assert(
      fc.property(message, (members) => {
        const text = JSON.stringify(members);
        const binary = toBinary(schema, fromJson(schema, JSON.parse(text) as JsonValue, { registry }));
        const expected = deserialize(Buffer.from(binary));
        deepStrictEqual(comparable(codec.decodeJson?.(text, codec.decodeEverything)), comparable(expected));
        if (options.longs === Number) return;
        const printed = JSON.parse(String(codec.encodeEverything?.(expected))) as JsonValue;
        // Printed maps are in order of their keys, so that the bytes are not.
        const plain = (bytes: Uint8Array): JsonValue => toJson(schema, fromBinary(schema, bytes), { registry });
        deepStrictEqual(plain(toBinary(schema, fromJson(schema, printed, { registry }))), plain(binary));
      }),
      { numRuns: 50 },
    );
  });
});

/** Objects are lists of their entries, whose order matters. proto-loader gives slices of one Buffer and the CommonJS copy of Long. */
function comparable(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `Buffer ${value.toString("hex")}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (Long.isLong(value)) return `${value.unsigned ? "unsigned " : ""}Long ${value.toString()}`;
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([key, member]) => [key, comparable(member)]);
}
