/** What emitted binary codecs make of given bytes, written by hand next to the message. */
import { deepStrictEqual } from "node:assert/strict";
import { beforeAll, describe, expect, test } from "vitest";
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { idiomaticStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import { type EmittedModule, loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { field } from "../support/wire-bytes.js";

const proto3 = `syntax = "proto3";
package three;
import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto";
enum Kind { KIND_UNSPECIFIED = 0; A = 1; }
message M {
  int32 number = 1;
  repeated int32 packed = 2;
  repeated int32 unpacked = 3 [packed = false];
  map<string, M> children = 4;
  oneof choice { string text = 5; M message = 6; int32 other = 7; }
  M singular = 8;
  Kind kind = 9;
  optional string maybe = 10;
  map<int64, bool> flags = 11;
  google.protobuf.Value json = 12;
  google.protobuf.Int64Value wrapped = 13;
  double ratio = 14;
}
`;

const proto2 = `syntax = "proto2";
package two;
enum Size { SMALL = 1; LARGE = 2; }
enum Grade { FAILED = 0; PASSED = 1; }
message M {
  optional int32 number = 1 [default = 5];
  optional Size size = 2;
  repeated Size sizes = 3;
  optional group Detail = 4 { optional string note = 1; }
  map<string, Grade> by_name = 5;
  extensions 100 to 200;
}
extend M { optional string brand = 100; }
message Strict { required string name = 1; optional Strict child = 2; }
message Bag { option message_set_wire_format = true; extensions 4 to max; }
message Item { extend Bag { optional Item item = 1000; } optional int32 i = 1; }
`;

let three: EmittedModule;
let two: EmittedModule;
let flat: EmittedModule;

beforeAll(async () => {
  const files = { "three.proto": proto3, "two.proto": proto2 };
  const idiomatic = emitBinaryCodec(indexEmission(planFromProto(files, { style: idiomaticStyle })));
  const loader = emitBinaryCodec(indexEmission(planFromProto(files, { style: protoLoaderDefaults, outDir: "loader" })));
  [three = {}, two = {}] = await loadEmitted(idiomatic, ["gen/three.binary", "gen/two.binary"]);
  [flat = {}] = await loadEmitted(loader, ["loader/three.binary"]);
});

function decode(module: EmittedModule, hex: string, name = "M"): Record<string, unknown> {
  return module[`decode${name}Binary`]?.(Buffer.from(hex.replaceAll(" ", ""), "hex")) as Record<string, unknown>;
}

function encode(module: EmittedModule, message: object, name = "M"): string {
  return Buffer.from(module[`encode${name}Binary`]?.(message) as Uint8Array).toString("hex");
}

const empty = { number: 0, packed: [], unpacked: [], children: {}, kind: "KIND_UNSPECIFIED", flags: {}, ratio: 0 };

describe("proto3", () => {
  test.each<[string, string, object]>([
    ["nothing", "", {}],
    ["a field twice", "0801 0802", { number: 2 }],
    ["packed values, also one at a time and in two runs", "1202 0102 1003 1201 04", { packed: [1, 2, 3, 4] }],
    ["unpacked values, also packed", "1801 1a02 0203", { unpacked: [1, 2, 3] }],
    ["the last member of a oneof", "2a0161 3807", { choice: { case: "other", value: 7 } }],
    ["a zero in a oneof", "2a00", { choice: { case: "text", value: "" } }],
    ["an empty optional", "5200", { maybe: "" }],
    ["a name for a number", "4801", { kind: "A" }],
    ["an unknown number of an open enum", "4863", { kind: 99 }],
    ["a wrapper", "6a02 0803", { wrapped: 3n }],
    ["an empty wrapper", "6a00", { wrapped: 0n }],
    ["a null", "6202 0800", { json: null }],
    ["a JSON list", "620f 320d 0a03 1a0161 0a02 2001 0a02 0800", { json: ["a", true, null] }],
    ["a map entry without a key", "5a02 1001", { flags: { "0": true } }],
    ["a map entry without a value", "5a02 0807", { flags: { "7": false } }],
    ["a negative key", "5a0d 08ffffffffffffffffff01 1001", { flags: { "-1": true } }],
    ["a map entry with its parts the other way round", "5a04 1001 0807", { flags: { "7": true } }],
    ["a map key twice", "5a04 0807 1001 5a04 0807 1000", { flags: { "7": false } }],
    ["minus zero", "71 0000000000000080", { ratio: -0 }],
  ])("reads %s", (_, hex, fields) => {
    deepStrictEqual(decode(three, hex), { ...empty, ...fields });
  });

  test("a message that occurs twice is merged, in a oneof too", () => {
    deepStrictEqual(decode(three, "4202 0801 4203 120102"), {
      ...empty,
      singular: { ...empty, number: 1, packed: [2] },
    });
    const value = { ...empty, number: 1, packed: [2] };
    deepStrictEqual(decode(three, "3202 0801 3203 120102"), { ...empty, choice: { case: "message", value } });
    deepStrictEqual(decode(three, "3202 0801 3800 3203 120102"), {
      ...empty,
      choice: { case: "message", value: { ...empty, packed: [2] } },
    });
  });

  test("with a property per member the last one on the wire takes the others away", () => {
    deepStrictEqual(decode(flat, "2a0161 3807"), { other: 7 });
    deepStrictEqual(decode(flat, "3807 2a0161"), { text: "a" });
  });

  test("a map entry without a value has an empty message", () => {
    deepStrictEqual(decode(three, "2203 0a0161"), { ...empty, children: { a: empty } });
  });

  test("__proto__ is a key like any other", () => {
    const message = decode(three, `2211 0a095f5f70726f746f5f5f 1204 0801 1001`);
    const children = message.children as Record<string, unknown>;
    expect(Object.getPrototypeOf(children)).toBe(Object.prototype);
    expect(Object.entries(children)).toEqual([["__proto__", { ...empty, number: 1, packed: [1] }]]);
    expect(encode(three, message)).toBe("22120a095f5f70726f746f5f5f12050801120101");
  });

  test("unknown fields come back behind the known ones and are seen by nobody", () => {
    const message = decode(three, "a20601ff 0801 9b06 0801 9c06 a006 8001");
    deepStrictEqual(message, { ...empty, number: 1 });
    expect(JSON.stringify(message)).not.toContain("unknown");
    expect(encode(three, message)).toBe("0801a20601ff9b0608019c06a0068001");
  });

  test.each<[string, object, string]>([
    ["nothing for zeros", empty, ""],
    ["nothing for what is not there", {}, ""],
    ["nothing for undefined and null", { number: undefined, packed: null, choice: undefined, kind: null }, ""],
    ["a zero that is present", { maybe: "", choice: { case: "other", value: 0 } }, "38005200"],
    ["minus zero", { ratio: -0 }, "710000000000000080"],
    ["NaN", { ratio: Number.NaN }, "71000000000000f87f"],
    ["packed lists", { packed: [1, 300], unpacked: [1, 2] }, "120301ac0218011802"],
    ["an unknown enum number", { kind: 99 }, "4863"],
    ["a null as a value", { json: null }, "62020800"],
    ["JSON", { json: { a: [1, "b"] } }, "621b2a190a170a0161121232100a0911000000000000f03f0a031a0162"],
    ["a wrapper around zero", { wrapped: 0n }, "6a00"],
    ["map keys as what they are", { flags: { "-1": true, "7": false } }, "5a04080710005a0d08ffffffffffffffffff011001"],
  ])("writes %s", (_, message, hex) => {
    expect(encode(three, message)).toBe(hex);
  });
});

describe("proto2", () => {
  const nothing = { sizes: [], byName: {} };

  test("a number that a closed enum does not have goes to the unknown fields", () => {
    const message = decode(two, "1063 1a03 01 63 02 2a05 0a0161 1063 2a05 0a0162 1001");
    deepStrictEqual(message, { sizes: ["SMALL", "LARGE"], byName: { b: "PASSED" } });
    expect(encode(two, message)).toBe("180118022a050a01621001".concat("1063", "1863", "2a050a01611063"));
  });

  test("groups, extensions and defaults", () => {
    const message = decode(two, "23 0a0161 24 a206 0162");
    deepStrictEqual(message, { ...nothing, detail: { note: "a" }, "[two.brand]": "b" });
    expect(encode(two, message)).toBe("230a016124a2060162");
  });

  test("a group with another group's end is refused", () => {
    expect(() => decode(two, "23 2c")).toThrow("expected a wire type that starts a value");
  });

  test("required fields are required on both ways", () => {
    deepStrictEqual(decode(two, "0a00", "Strict"), { name: "" });
    expect(() => decode(two, "", "Strict")).toThrow("name: expected a value, found none");
    expect(() => decode(two, "0a00 1200", "Strict")).toThrow("name: expected a value, found none");
    expect(() => encode(two, {}, "Strict")).toThrow("expected a value of the required field name, found nothing");
  });

  test("message sets hold known and unknown extensions, in either order of number and message", () => {
    const message = decode(two, "0b 1a020805 10e807 0c 0b 1007 1a0161 0c", "Bag");
    deepStrictEqual(message, { "[two.Item.item]": { i: 5 } });
    expect(encode(two, message, "Bag")).toBe("0b10e8071a0208050c0b10071a01610c");
  });
});

describe("hostile input", () => {
  const nested = (depth: number): string => {
    let bytes: Buffer = Buffer.alloc(0);
    for (let level = 0; level < depth; level++) bytes = field(8, bytes);
    return bytes.toString("hex");
  };

  test("messages may be 100 deep", () => {
    expect(() => decode(three, nested(100))).not.toThrow();
    expect(() => decode(three, nested(101))).toThrow("messages nested at most 100 deep");
    expect(() => decode(three, nested(20_000))).toThrow("messages nested at most 100 deep");
  });

  test.each([
    ["a length past the message", "4203 2a0561"],
    ["a length past its parent", "4202 1203 010203 00"],
    ["packed values past their list", "1201 8001"],
    ["an end of a group that was not opened", "0c"],
    ["a field number 0", "0001"],
    ["a wire type 7", "0f"],
    ["text that is not UTF-8", "2a01ff"],
    ["a key that is not UTF-8", "2203 0a01ff"],
    ["a tag only", "08"],
    ["a map entry that is cut", "2205 0a0161"],
    ["a varint without an end", "08ffffffffffffffffffff01"],
    ["a length of 2 GiB", "2affffffff07"],
  ])("%s is a DecodeError", (_, hex) => {
    expect(() => decode(three, hex)).toThrow(expect.objectContaining({ name: "DecodeError" }));
  });

  test("a million unknown bytes cost no more than their size", () => {
    const message = decode(three, `a2 06 c0843d ${"00".repeat(1_000_000)}`);
    expect(encode(three, message)).toHaveLength(2 * 1_000_005);
  });
});

describe("where an error is", () => {
  const proto = `
    syntax = "proto3"; package test; import "google/protobuf/struct.proto";
    message Shelf { string theme = 1; repeated Book books = 2; map<string, Book> named = 3; oneof choice { Book best_book = 4; }
      map<int32, bool> names = 5; google.protobuf.Struct extra = 6; google.protobuf.ListValue extras = 7; }
    message Book { string title = 1; repeated int32 page_numbers = 2 [packed = false]; Shelf on_shelf = 3; }
  `;
  test.each([
    ["a scalar", "0a02 80ff", "theme: expected text in UTF-8"],
    ["a message of a list", "1200 1203 0a01 ff", "books[1].title: expected text in UTF-8"],
    ["an item of a list", "1203 1001 10", "books[0].page_numbers[1]: expected more bytes"],
    ["the entry of a map", "1a08 0a0161 1203 0a01 ff", 'named["a"].title: expected text in UTF-8'],
    ["the key of a map", "1a03 0a01 ff", "named: expected text in UTF-8"],
    ["a value before its key", "1a05 1203 0a01 ff", "named.title: expected text in UTF-8"],
    ["the entry of a map with a number", "2a04 0807 1080", 'names["7"]: expected more bytes'],
    ["a member of a Struct", "3209 0a07 0a0161 1202 1aff", 'extra["a"]: expected more bytes'],
    ["an item of a ListValue", "3a04 0a02 1aff", "extras[0]: expected more bytes"],
    ["a member of a oneof", "2203 0a01 ff", "best_book.title: expected text in UTF-8"],
    [
      "a message in a message in a message",
      "1207 1a05 1203 0a01 ff",
      "books[0].on_shelf.books[0].title: expected text in UTF-8",
    ],
    ["a length that lies", "12ff 01", "books[0]: expected more bytes, found the end of the input"],
    ["an unknown field", "f501 00", "expected more bytes"],
  ])("%s", async (_, hex, message) => {
    const files = emitBinaryCodec(indexEmission(planFromProto({ "test.proto": proto })));
    const [binary] = await loadEmitted(files, ["gen/test.binary"]);
    const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
    expect(() => binary?.decodeShelfBinary?.(bytes)).toThrow(new RegExp(`^${message.replace(/[[\]]/g, "\\$&")}`));
  });
});
