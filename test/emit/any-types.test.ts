/**
 * What an Any holds is read and printed by a table (`any-types.ts`). Two others say what is right: the codecs that are emitted for the same
 * messages, and @bufbuild/protobuf.
 */
import {
  type DescExtension,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { TranscodingOptions } from "../../src/plan/plan.js";
import { type CodecTable, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { runs } from "../support/property.js";
import { randomMessage, seededRandom } from "../support/random-message.js";

const wellKnown = `import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";`;

const scalars =
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(" ");
const keys = scalars.filter((scalar) => !/double|float|bytes/.test(scalar));
/** Fields of all scalars from a number on, with a label. */
const each = (from: number, name: string, label: string, types: readonly string[] = scalars): string =>
  types.map((type, at) => `${label.replace("?", type)} ${name}_${type} = ${from + at};`).join(" ");

const files = {
  "three.proto": `syntax = "proto3"; package t.three; ${wellKnown}
enum Color { COLOR_UNSPECIFIED = 0; RED = 1; ALSO_RED = 1; FAR = 900; NEGATIVE = -1; option allow_alias = true; }
message Everything {
  ${each(1, "one", "?")} ${each(20, "opt", "optional ?")} ${each(40, "list", "repeated ?")} ${each(60, "by", "map<?, string>", keys)} ${each(80, "to", "map<string, ?>")}
  Color color = 100; optional Color opt_color = 101; repeated Color colors = 102; map<string, Color> color_by = 103;
  Everything child = 104; repeated Everything children = 105; map<int64, Everything> child_by = 106; optional Everything opt_child = 107;
  oneof choice { string chosen_text = 110; Color chosen_color = 111; Inner chosen_inner = 112; google.protobuf.NullValue chosen_null = 113; int64 chosen_long = 114; }
  repeated int32 loose = 120 [packed = false]; repeated Color loose_colors = 121 [packed = false];
  google.protobuf.Timestamp time = 130; google.protobuf.Duration duration = 131; google.protobuf.FieldMask mask = 132; google.protobuf.Struct struct = 133;
  google.protobuf.Value value = 134; google.protobuf.ListValue values = 135; google.protobuf.Empty empty = 136; google.protobuf.NullValue null_value = 137;
  google.protobuf.DoubleValue w_double = 140; google.protobuf.FloatValue w_float = 141; google.protobuf.Int64Value w_long = 142; google.protobuf.UInt64Value w_ulong = 143;
  google.protobuf.Int32Value w_int = 144; google.protobuf.UInt32Value w_uint = 145; google.protobuf.BoolValue w_bool = 146; google.protobuf.StringValue w_string = 147;
  google.protobuf.BytesValue w_bytes = 148; repeated google.protobuf.Timestamp times = 149; map<string, google.protobuf.Value> value_by = 150; repeated google.protobuf.NullValue nulls = 151;
  string constructor = 160; string __proto__ = 161; string odd = 162 [json_name = "it's \\"odd\\" ü"]; string at_type = 163 [json_name = "x.y"]; string a_b_2c = 164; string Upper_Case_ = 165;
  message Inner { string text = 536870911; Deep deep = 1; message Deep { t.three.Color color = 1; } }
}
message Holder { google.protobuf.Any any = 1; repeated google.protobuf.Any anys = 2; }
message lower { lower lower = 1; }`,
  "two.proto": `syntax = "proto2"; package t.two; import "three.proto"; import "google/protobuf/any.proto";
enum Closed { FIRST = 5; SECOND = 6; } enum Zero { ZERO = 0; option_two = 2; }
message Old {
  optional string text = 1 [default = "d"]; optional int32 number = 2; optional Closed closed = 3; repeated Closed list = 4; repeated int32 packed = 5 [packed = true];
  optional group Part = 6 { optional string name = 1; } repeated group Parts = 7 { optional int64 size = 1; } optional t.three.Everything other = 8; map<string, Zero> by = 9;
  extensions 100 to 200;
}
extend Old { optional string ext_text = 100; repeated int32 ext_list = 101; optional Old ext_old = 102; optional Closed ext_closed = 103; }
message Scope { extend Old { optional int64 ext_long = 104; } }`,
  "fresh.proto": `edition = "2023"; package t.fresh; import "three.proto";
message Fresh { string text = 1; int64 implicit = 2 [features.field_presence = IMPLICIT]; Fresh delimited = 3 [features.message_encoding = DELIMITED]; repeated int32 expanded = 4 [features.repeated_field_encoding = EXPANDED]; t.three.Color color = 5; }`,
  "none.proto": `syntax = "proto3"; message NoPackage { NoPackage again = 1; NoKind kind = 2; } enum NoKind { NO_KIND = 0; }`,
};

const optionSets: readonly Partial<TranscodingOptions>[] = [
  {},
  { emitDefaults: false },
  { originalNames: true, enumsAsNumbers: true },
  { unknownFields: "reject", emitDefaults: false, originalNames: true },
];

const names = [
  ..."t.three.Everything t.three.Everything.Inner t.three.Holder t.three.lower t.two.Old t.fresh.Fresh NoPackage".split(
    " ",
  ),
  ..."Timestamp Duration FieldMask Struct Value ListValue Empty Int64Value BytesValue StringValue BoolValue FloatValue Any"
    .split(" ")
    .map((name) => `google.protobuf.${name}`),
];

describe.each(optionSets)("with %o", (transcoding) => {
  let table: CodecTable;
  let registry: FileRegistry;
  const codecOf = (name: string) => {
    const codec = table.get(name);
    if (codec === undefined) throw new Error(`no codec of ${name}`);
    return codec;
  };
  const schemaOf = (name: string): DescMessage => {
    const schema = registry.getMessage(name);
    if (schema === undefined) throw new Error(`no ${name}`);
    return schema;
  };
  beforeAll(async () => {
    registry = registryFromProto(files);
    table = await loadCodecTable(files, { transcoding: { profile: "spec", ...transcoding } });
  });
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
  });
  afterEach(() => vi.restoreAllMocks());

  /** Bytes of an Any as the table prints it. */
  const printed = (typeUrl: string, value: Uint8Array): JsonValue =>
    JSON.parse(codecOf("google.protobuf.Any").encodeJson({ typeUrl, value }));

  const extensions = (): DescExtension[] =>
    [...registry].filter((type) => type.kind === "extension" && type.message === undefined);

  it.each(names)("%s is printed as its own codec prints it", (name) => {
    const random = seededRandom(7);
    for (let round = 0; round < runs(60); round++) {
      const bytes = toBinary(schemaOf(name), settled(randomMessage(schemaOf(name), random, extensions())));
      const { decodeBinary, encodeJson } = codecOf(name);
      expect(printed(`x/${name}`, bytes)).toEqual(besideType(name, JSON.parse(encodeJson(decodeBinary(bytes)))));
    }
    expect(console.error).not.toHaveBeenCalled();
  });

  it.each(names)("%s is read as @bufbuild/protobuf reads it, and as its own codec", (name) => {
    const random = seededRandom(8);
    const schema = schemaOf(name);
    for (let round = 0; round < runs(60); round++) {
      const message = settled(randomMessage(schema, random, extensions()));
      // The text has no sign of a negative zero.
      const json = JSON.parse(JSON.stringify(toJson(schema, message, { registry }))) as JsonValue;
      const read = codecOf("google.protobuf.Any").decodeText(JSON.stringify(besideType(name, json))) as Any;
      expect(read.typeUrl).toBe(`x/${name}`);
      const expected = toJson(schema, fromJson(schema, json, { registry }), { registry });
      expect(toJson(schema, fromBinary(schema, read.value), { registry })).toEqual(expected);
      const own = codecOf(name);
      expect(own.decodeBinary(read.value)).toEqual(own.decodeText(JSON.stringify(json)));
    }
  });
});

describe("in profile grpc-gateway", () => {
  let table: CodecTable;
  let registry: FileRegistry;
  beforeAll(async () => {
    registry = registryFromProto(files);
    table = await loadCodecTable(files, { transcoding: { profile: "grpc-gateway" } });
  });

  it.each(names)("%s is printed byte for byte as its own codec prints it: maps in the order of their keys", (name) => {
    const random = seededRandom(9);
    const schema = registry.getMessage(name);
    const [own, any] = [table.get(name), table.get("google.protobuf.Any")];
    if (schema === undefined || own === undefined || any === undefined) throw new Error(`no ${name}`);
    for (let round = 0; round < runs(60); round++) {
      const value = toBinary(schema, settled(randomMessage(schema, random, [])));
      const text = own.encodeJson(own.decodeBinary(value));
      expect(any.encodeJson({ typeUrl: `x/${name}`, value })).toBe(textBesideType(name, text));
    }
  });
});

it("is packed with maps in the order of their keys, as Go writes them, whatever the order of the text is", async () => {
  const any = (await loadCodecTable(files, {})).get("google.protobuf.Any");
  if (any === undefined) throw new Error("no codec");
  const pack = (...members: string[]): Buffer => {
    const text = `{"@type":"x/google.protobuf.Struct","value":{${members.join()}}}`;
    return Buffer.from((any.decodeText(text) as Any).value);
  };
  const sorted = pack('"":0', '"10":true', '"9":true', '"a":{"c":1,"d":2}', '"\uff00":3', '"\u{1f600}":4');
  expect(pack('"\u{1f600}":4', '"a":{"d":2,"c":1}', '"\uff00":3', '"9":true', '"":0', '"10":true').equals(sorted)).toBe(
    true,
  );
  expect(sorted.indexOf("10")).toBeLessThan(sorted.indexOf("9"));
  expect(sorted.indexOf("\uff00")).toBeLessThan(sorted.indexOf("\u{1f600}"));
});

/** The text of an Any of that type whose message is `text`. */
function textBesideType(name: string, text: string): string {
  const type = `"@type":"x/${name}"`;
  if (name === "google.protobuf.Empty") return `{${type}}`;
  if (name.startsWith("google.protobuf.")) return `{${type},"value":${text}}`;
  return text === "{}" ? `{${type}}` : `{${type},${text.slice(1)}`;
}

interface Any {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** The members of an Any of that type. */
function besideType(name: string, json: JsonValue): { [name: string]: JsonValue } {
  const type = { "@type": `x/${name}` };
  if (name === "google.protobuf.Empty") return type;
  const isOwn = name.startsWith("google.protobuf.");
  return { ...type, ...(isOwn ? { value: json } : (json as object)) };
}

/** The message with values that JSON has a form for. */
function settled<T>(message: T): T {
  if (typeof message !== "object" || message === null || message instanceof Uint8Array) return message;
  const given = message as { [name: string]: unknown; $typeName?: string };
  switch (given.$typeName) {
    case "google.protobuf.Timestamp":
    case "google.protobuf.Duration":
      Object.assign(given, { seconds: BigInt.asIntN(36, given.seconds as bigint) >> 4n, nanos: 0 });
      break;
    case "google.protobuf.FieldMask":
      Object.assign(given, { paths: (given.paths as string[]).map((_, at) => `a_b.c${at === 0 ? "" : "_d"}`) });
      break;
    case "google.protobuf.Any":
      Object.assign(given, { typeUrl: "type.googleapis.com/t.three.lower", value: Uint8Array.of(10, 0) });
      break;
    case "google.protobuf.Value": {
      const kind = given.kind as { case?: string; value: unknown };
      if (kind.case === "numberValue" && !Number.isFinite(kind.value)) kind.value = 1.5;
      break;
    }
    default:
  }
  for (const [name, member] of Object.entries(given))
    if (name === "struct") given[name] = JSON.parse(JSON.stringify(member));
    else settled(member);
  return message;
}
