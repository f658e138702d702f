/** In proto-loader's styles a decoded request is, property for property, what @grpc/proto-loader makes of the same bytes. */
import { deepStrictEqual } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { loadSync, type MessageTypeDefinition, type Options } from "@grpc/proto-loader";
import { afterAll, describe, expect, test } from "vitest";
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { registryFromProto } from "../support/proto-registry.js";
import { randomMessage, seededRandom } from "../support/random-message.js";

const proto = `syntax = "proto3";
package t;
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Color { COLOR_UNSPECIFIED = 0; RED = 1; BLUE = 5; }
message Part { string part_name = 1; optional int32 size = 2; }
message All {
  double a_double = 1; float a_float = 2; int32 an_int32 = 3; int64 an_int64 = 4; uint32 a_uint32 = 5; uint64 a_uint64 = 6;
  sint32 a_sint32 = 7; sint64 a_sint64 = 8; fixed32 a_fixed32 = 9; fixed64 a_fixed64 = 10; sfixed32 a_sfixed32 = 11;
  sfixed64 a_sfixed64 = 12; bool a_bool = 13; string a_string_2 = 14; bytes some_bytes = 15; Color the_color = 16; Part part = 17;
  repeated int64 many_longs = 20; repeated Color many_colors = 21; repeated Part many_parts = 22; repeated bytes many_bytes = 23;
  map<string, Part> parts_by_name = 30; map<int32, bytes> bytes_by_number = 31; map<bool, Color> colors = 32; map<string, uint64> longs = 33;
  optional string maybe_text = 40; optional bool maybe_flag = 41; optional Color maybe_color = 42; optional int64 maybe_long = 43;
  oneof one_choice { string text_choice = 50; Part part_choice = 51; uint64 long_choice = 52; bytes bytes_choice = 53; Color color_choice = 54; }
  google.protobuf.Timestamp at = 60; google.protobuf.StringValue wrapped = 61; google.protobuf.Struct detail = 62;
  google.protobuf.Any any = 63; google.protobuf.Duration took = 64; google.protobuf.FieldMask mask = 65; google.protobuf.Int64Value wrapped_long = 66;
}
`;

const folder = mkdtempSync(join(tmpdir(), "loader-"));
writeFileSync(join(folder, "test.proto"), proto);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const descriptor = registryFromProto({ "test.proto": proto }).getMessage("t.All");

const optionSets: readonly (readonly [Options, Partial<MessageStyle>])[] = [
  [{}, {}],
  [{ keepCase: true }, { names: "proto" }],
  [
    { longs: String, enums: String, bytes: String },
    { longs: "String", enums: "String", bytes: "String" },
  ],
  [
    { longs: Number, bytes: Array },
    { longs: "Number", bytes: "Array" },
  ],
  [{ defaults: true }, { defaults: true }],
  [
    { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true },
    { names: "proto", longs: "String", enums: "String", defaults: true, oneofs: "virtual" },
  ],
  [
    { longs: String, bytes: Array, arrays: true, objects: true },
    { longs: "String", bytes: "Array", arrays: true, objects: true },
  ],
  [
    { oneofs: true, enums: String },
    { oneofs: "virtual", enums: "String" },
  ],
];

describe.each(optionSets)("%o", (options, style) => {
  const loaded = loadSync(join(folder, "test.proto"), options);
  const loader = loaded["t.All"] as MessageTypeDefinition<object, object>;

  test("decodes to the object that proto-loader makes, and encodes that object", async () => {
    if (descriptor === undefined) throw new Error("no descriptor");
    const plan = planFromProto({ "test.proto": proto }, { style: { ...protoLoaderDefaults, ...style } });
    const [codec] = await loadEmitted(emitBinaryCodec(indexEmission(plan)), ["gen/test.binary"]);
    const random = seededRandom(3);
    for (let round = 0; round < 60; round++) {
      const message = randomMessage(descriptor, random);
      const bytes: Buffer = Buffer.from(toBinary(descriptor, message));
      const expected = loader.deserialize(bytes);
      deepStrictEqual(withPlainLongs(codec?.decodeAllBinary?.(bytes)), withPlainLongs(expected));
      const encoded = codec?.encodeAllBinary?.(expected) as Uint8Array;
      deepStrictEqual(withPlainLongs(loader.deserialize(Buffer.from(encoded))), withPlainLongs(expected));
      if (options.longs !== Number) expect(fromBinary(descriptor, encoded)).toEqual(message);
    }
  });
});

/** Objects are lists of their entries, whose order matters. Longs of two copies of the package are different classes. */
function withPlainLongs(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if ("unsigned" in value) return `${value} ${value.unsigned ? "unsigned" : "signed"}`;
  if (Array.isArray(value)) return value.map(withPlainLongs);
  return Object.entries(value).map(([name, member]) => [name, withPlainLongs(member)]);
}
