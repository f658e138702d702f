/**
 * Numbers that their field cannot hold, wherever a field can have them: both encoders refuse them in the same words, in every style but
 * proto-loader's (proto-loader-integers.test.ts).
 */
import { beforeAll, describe, expect, it } from "vitest";
import { idiomaticStyle, type MessageStyle, protobufEsStyle, tsProtoStyle } from "../../src/emit/message-style.js";
import { EncodeError } from "../../src/runtime/values/encode-error.js";
import { encodeReply } from "../../src/runtime/calls/encode-reply.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";

const source = `
  edition = "2023";
  package test;
  import "google/protobuf/wrappers.proto";
  enum Level { LOW = 0; HIGH = 1; }
  enum Closed { option features.enum_type = CLOSED; NONE = 0; SOME = 1; }
  message All {
    int32 i32 = 1;
    sint32 s32 = 2;
    sfixed32 sf32 = 3;
    uint32 u32 = 4;
    fixed32 f32 = 5;
    int64 i64 = 6;
    sint64 s64 = 7;
    sfixed64 sf64 = 8;
    uint64 u64 = 9;
    fixed64 f64 = 10;
    float real = 11;
    Level level = 12;
    Closed closed = 13;
    repeated int32 packed = 14;
    repeated uint64 loose = 15 [features.repeated_field_encoding = EXPANDED];
    repeated Level levels = 16;
    map<string, fixed32> sizes = 17;
    map<string, Level> graded = 18;
    map<int32, string> by_number = 19;
    map<uint64, string> by_id = 20;
    google.protobuf.Int32Value narrow = 21;
    google.protobuf.UInt64Value wide = 22;
    repeated google.protobuf.UInt32Value many = 23;
    All nested = 24;
    All group = 25 [features.message_encoding = DELIMITED];
    extensions 100 to 200;
  }
  extend All { uint32 extra = 100; repeated sint64 extras = 101; }
`;

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};
const codecs = new Map<string, LoadedCodec>();

beforeAll(async () => {
  for (const [name, style] of Object.entries(styles))
    codecs.set(name, (await loadCodecTable({ "test.proto": source }, { style })).get("test.All") as LoadedCodec);
});

describe.each(Object.keys(styles))("%s", (style) => {
  const codec = (): LoadedCodec => codecs.get(style) as LoadedCodec;
  const whole = (): object => codec().decodeBinary(new Uint8Array(0)) as object;

  function error(encode: (reply: unknown) => unknown, fields: object): unknown {
    try {
      return encodeReply(encode, { ...whole(), ...fields });
    } catch (thrown) {
      return thrown instanceof EncodeError ? thrown.message : thrown;
    }
  }

  it.each<[fields: object, error: string]>([
    [{ i32: 2 ** 31 }, "i32: expected a 32-bit integer, found 2147483648"],
    [{ i32: -(2 ** 31) - 1 }, "i32: expected a 32-bit integer, found -2147483649"],
    [{ i32: 1.5 }, "i32: expected a 32-bit integer, found 1.5"],
    [{ s32: 2 ** 32 }, "s32: expected a 32-bit integer, found 4294967296"],
    [{ s32: Number.NaN }, "s32: expected a 32-bit integer, found NaN"],
    [{ sf32: 2 ** 31 }, "sf32: expected a 32-bit integer, found 2147483648"],
    [{ sf32: "many" }, 'sf32: expected a 32-bit integer, found "many"'],
    [{ u32: -1 }, "u32: expected an unsigned 32-bit integer, found -1"],
    [{ u32: 2 ** 32 }, "u32: expected an unsigned 32-bit integer, found 4294967296"],
    [{ f32: 0.1 }, "f32: expected an unsigned 32-bit integer, found 0.1"],
    [{ i64: 2n ** 63n }, "i64: expected a 64-bit integer, found 9223372036854775808"],
    [{ i64: 0.5 }, "i64: expected a 64-bit integer, found 0.5"],
    [{ s64: -(2n ** 63n) - 1n }, "s64: expected a 64-bit integer, found -9223372036854775809"],
    [{ sf64: Number.NaN }, "sf64: expected a 64-bit integer, found NaN"],
    [{ u64: -1n }, "u64: expected an unsigned 64-bit integer, found -1"],
    [{ u64: -1 }, "u64: expected an unsigned 64-bit integer, found -1"],
    [{ f64: "-1" }, 'f64: expected an unsigned 64-bit integer, found "-1"'],
    [{ real: -1e39 }, "real: expected a number in the range of a float, found -1e+39"],
    [{ level: 2 ** 31 }, "level: expected an enum value, found 2147483648"],
    [{ level: 0.5 }, "level: expected an enum value, found 0.5"],
    [{ closed: Number.NaN }, "closed: expected an enum value, found NaN"],
    [{ packed: [1, -1, 2 ** 31] }, "packed[2]: expected a 32-bit integer, found 2147483648"],
    [{ loose: [1n, -1n] }, "loose[1]: expected an unsigned 64-bit integer, found -1"],
    [{ levels: [1, 2 ** 40] }, "levels[1]: expected an enum value, found 1099511627776"],
    [{ sizes: { a: 1, b: -1 } }, "sizes.b: expected an unsigned 32-bit integer, found -1"],
    [{ graded: { a: 0.5 } }, "graded.a: expected an enum value, found 0.5"],
  ])("%o", (fields, text) => {
    expect([error(codec().encodeJson, fields), error(codec().encodeBinary, fields)]).toEqual([text, text]);
  });

  it.each<[fields: object, error: string]>([
    [{ byNumber: { 2147483648: "x" } }, 'byNumber.2147483648: expected a 32-bit integer, found "2147483648"'],
    [{ byNumber: { x: "x" } }, 'byNumber.x: expected a 32-bit integer, found "x"'],
    [{ byId: { "-1": "x" } }, 'byId["-1"]: expected an unsigned 64-bit integer, found "-1"'],
  ])("the key of %o", (fields, text) => {
    expect(error(codec().encodeBinary, fields)).toBe(text);
  });

  it("wrappers", () => {
    const cases: [object, string][] = [
      [{ narrow: 2 ** 31 }, "narrow: expected a 32-bit integer, found 2147483648"],
      [{ wide: -1 }, "wide: expected an unsigned 64-bit integer, found -1"],
    ];
    for (const [fields, text] of cases)
      expect([error(codec().encodeJson, fields), error(codec().encodeBinary, fields)]).toEqual([text, text]);
    const isMessage = style === "protobuf-es";
    const many = [1, 0.5].map((number) =>
      isMessage ? { $typeName: "google.protobuf.UInt32Value", value: number } : number,
    );
    const text = `many[1]${isMessage ? ".value" : ""}: expected an unsigned 32-bit integer, found 0.5`;
    expect([error(codec().encodeJson, { many }), error(codec().encodeBinary, { many })]).toEqual([text, text]);
  });

  it("messages, groups and extensions", () => {
    for (const holder of ["nested", "group"])
      expect(error(codec().encodeBinary, { [holder]: { ...whole(), packed: [0.5] } })).toBe(
        `${holder}.packed[0]: expected a 32-bit integer, found 0.5`,
      );
    expect(error(codec().encodeBinary, { "[test.extra]": -1 })).toBe(
      `["[test.extra]"]: expected an unsigned 32-bit integer, found -1`,
    );
    expect(error(codec().encodeBinary, { "[test.extras]": [1n, 0.5] })).toBe(
      `["[test.extras]"][1]: expected a 64-bit integer, found 0.5`,
    );
  });

  it("takes loose values: text, and nothing for zero", () => {
    const { packed, loose, levels } = {
      packed: ["7", null, undefined],
      loose: ["7", null, undefined],
      levels: [1, null, undefined],
    };
    const fields = { i32: "-7", u64: "18446744073709551615", real: "1.5", packed, loose, levels, sizes: { a: "7" } };
    const exact = {
      ...{ i32: -7, u64: "18446744073709551615", real: 1.5 },
      ...{ packed: [7, 0, 0], loose: ["7", "0", "0"], levels: ["HIGH", "LOW", "LOW"], sizes: { a: 7 } },
    };
    const message = { ...whole(), ...fields };
    for (const read of [message, codec().decodeBinary(codec().encodeBinary(message))])
      expect(JSON.parse(codec().encodeJson(read))).toMatchObject(exact);
  });
});
