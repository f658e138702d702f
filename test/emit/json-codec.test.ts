import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadJsonCodec } from "../support/emit-json.js";
import type { EmittedModule } from "../support/load-emitted.js";

const library = `
  syntax = "proto3";
  package test;
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/wrappers.proto";
  enum Theme { THEME_UNSPECIFIED = 0; FICTION = 1; POETRY = -2; }
  message Book {
    string name = 1;
    google.protobuf.Timestamp create_time = 2;
    map<string, int64> sales = 3;
    repeated Theme themes = 4;
    Theme main_theme = 5;
    bytes cover = 6;
    float price = 7;
    optional int32 page_count = 8;
    oneof owner { string reader = 9; Book part_of = 10; google.protobuf.Value note = 11; }
    repeated Book parts = 12;
    google.protobuf.Struct extra = 13;
    google.protobuf.Int64Value stock = 14;
    string odd = 15 [json_name = "strange"];
    map<bool, string> flags = 16;
    map<uint64, string> ids = 17;
    double weight = 18;
    int64 id = 19;
  }`;

/** What a fresh idiomatic Book has. */
const emptyBook = {
  name: "",
  sales: {},
  themes: [],
  mainTheme: "THEME_UNSPECIFIED",
  cover: new Uint8Array(0),
  price: 0,
  parts: [],
  odd: "",
  flags: {},
  ids: {},
  weight: 0,
  id: 0n,
};

/** What an empty Book prints. */
const emptyJson = {
  name: "",
  createTime: null,
  sales: {},
  themes: [],
  mainTheme: "THEME_UNSPECIFIED",
  cover: "",
  price: 0,
  parts: [],
  extra: null,
  stock: null,
  strange: "",
  flags: {},
  ids: {},
  weight: 0,
  id: "0",
};

describe("decoders", () => {
  let codec: EmittedModule;
  let strict: EmittedModule;
  beforeAll(async () => {
    codec = await loadJsonCodec(library);
    strict = await loadJsonCodec(library, { transcoding: { unknownFields: "reject" } });
  });
  const decode = (text: string): unknown => codec.decodeJson?.(text, codec.decodeBook);

  it.each<[string, object]>([
    ["{}", {}],
    ['{"name":null,"createTime":null,"parts":null,"sales":null,"stock":null,"id":null}', {}],
    ['{"createTime":"1970-01-01T00:00:01.5Z"}', { createTime: { seconds: 1n, nanos: 500_000_000 } }],
    ['{"create_time":"1970-01-01T00:00:01Z"}', { createTime: { seconds: 1n, nanos: 0 } }],
    ['{"sales":{"a":"1","__proto__":2,"c":9007199254740993}}', { sales: JSON.parse('{"a":1,"__proto__":2,"c":3}') }],
    ['{"themes":["FICTION",-2,7,"NO_SUCH"],"mainTheme":"NO_SUCH"}', { themes: ["FICTION", "POETRY", 7] }],
    ['{"mainTheme":1.0}', { mainTheme: "FICTION" }],
    ['{"cover":"_-8"}', { cover: new Uint8Array([255, 239]) }],
    ['{"price":0.1}', { price: Math.fround(0.1) }],
    ['{"weight":"-Infinity"}', { weight: Number.NEGATIVE_INFINITY }],
    ['{"weight":9007199254740993}', { weight: 9007199254740992 }],
    ['{"pageCount":0}', { pageCount: 0 }],
    ['{"reader":""}', { owner: { case: "reader", value: "" } }],
    ['{"reader":"x","partOf":null}', { owner: { case: "reader", value: "x" } }],
    ['{"note":null}', { owner: { case: "note", value: null } }],
    ['{"note":[9007199254740993,{"a":null}]}', { owner: { case: "note", value: [9007199254740992, { a: null }] } }],
    ['{"extra":{"a":[1,"b",{}]}}', { extra: { a: [1, "b", {}] } }],
    ['{"stock":"-9223372036854775808"}', { stock: -9223372036854775808n }],
    ['{"stock":0}', { stock: 0n }],
    ['{"strange":"x"}', { odd: "x" }],
    ['{"odd":"x"}', { odd: "x" }],
    [
      '{"flags":{"true":"a"},"ids":{"18446744073709551615":"b"}}',
      { flags: { true: "a" }, ids: { "18446744073709551615": "b" } },
    ],
    ['{"id":9223372036854775807}', { id: 9223372036854775807n }],
    ['{"id":"1e2","pageCount":"-1.0"}', { id: 100n, pageCount: -1 }],
    ['{"no_such":1,"constructor":{"a":[]},"__proto__":{"name":"x"},"toString":null}', {}],
  ])("%s", (text, members) => {
    const expected: Record<string, unknown> = { ...emptyBook, ...members };
    if (text.includes("9007199254740993}}")) {
      expected.sales = Object.fromEntries([
        ["a", 1n],
        ["c", 9007199254740993n],
      ]);
      Object.defineProperty(expected.sales, "__proto__", { value: 2n, enumerable: true });
    }
    expect(decode(text)).toStrictEqual(expected);
  });

  it.each([
    ["[]", "expected an object, found a list"],
    ["null", "expected an object, found null"],
    ['{"name":1}', "name: expected a string, found 1"],
    [
      '{"parts":[{},{"parts":[{"createTime":"x"}]}]}',
      'parts[1].parts[0].create_time: expected an RFC 3339 time from year 1 to 9999, found "x"',
    ],
    ['{"partOf":{"odd":1}}', "part_of.odd: expected a string, found 1"],
    ['{"partOf":{"strange":1}}', "part_of.odd: expected a string, found 1"],
    ['{"sales":{"a b\\n":{}}}', 'sales["a b\\n"]: expected a 64-bit integer, found an object'],
    ['{"sales":{"a":null}}', 'sales["a"]: expected a 64-bit integer, found null'],
    ['{"flags":{"True":"a"}}', 'flags["True"]: expected "true" or "false", found "True"'],
    ['{"ids":{"-1":"a"}}', 'ids["-1"]: expected an unsigned 64-bit integer, found "-1"'],
    ['{"parts":{}}', "parts: expected a list, found an object"],
    ['{"parts":[null]}', "parts[0]: expected an object, found null"],
    ['{"themes":[null]}', "themes[0]: expected an enum value, found null"],
    ['{"mainTheme":1.5}', "main_theme: expected an enum value, found 1.5"],
    ['{"mainTheme":2147483648}', "main_theme: expected an enum value, found 2147483648"],
    ['{"id":9223372036854775808}', "id: expected a 64-bit integer, found 9223372036854775808"],
    ['{"id":1.5}', "id: expected a 64-bit integer, found 1.5"],
    ['{"id":"0x1"}', 'id: expected a 64-bit integer, found "0x1"'],
    ['{"id":""}', 'id: expected a 64-bit integer, found ""'],
    ['{"id":"1e99999999"}', 'id: expected a 64-bit integer, found "1e99999999"'],
    ['{"pageCount":2147483648}', "page_count: expected a 32-bit integer, found 2147483648"],
    ['{"price":3.5e38}', "price: expected a number in the range of a float, found 3.5e+38"],
    ['{"price":" 1"}', 'price: expected a number, found " 1"'],
    ['{"weight":1e400}', "weight: expected a number, found Infinity"],
    ['{"cover":"a"}', 'cover: expected base64 text, found "a"'],
    ['{"cover":"aa="}', 'cover: expected base64 text, found "aa="'],
    ['{"name":"\\ud800"}', 'name: expected a string of valid Unicode, found "\\ud800"'],
    ['{"extra":{"a":"\\udc00"}}', 'extra["a"]: expected a string of valid Unicode, found "\\udc00"'],
    ['{"reader":"a","partOf":{}}', "part_of: expected one member of owner, found a second one"],
    ['{"note":null,"reader":"a"}', "reader: expected one member of owner, found a second one"],
    [
      '{"createTime":null,"create_time":"1970-01-01T00:00:01Z"}',
      'create_time: expected every field once, found also "createTime"',
    ],
    ['{"strange":"a","odd":"b"}', 'odd: expected every field once, found also "strange"'],
    [`{"name":[${'"x",'.repeat(50)}1]}`, "name: expected a string, found a list"],
    [`{"id":"${"x".repeat(500)}"}`, `id: expected a 64-bit integer, found "${"x".repeat(40)}…"`],
  ])("refuses %s", (text, message) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ name: "DecodeError", message }));
  });

  it.each([
    ['{"no_such":null}', 'no_such: expected a known field, found "no_such"'],
    ['{"partOf":{"noSuch":1}}', 'part_of.no_such: expected a known field, found "noSuch"'],
    ['{"__proto__":1}', '__proto__: expected a known field, found "__proto__"'],
    ['{"mainTheme":"NO_SUCH"}', 'main_theme: expected an enum value, found "NO_SUCH"'],
    ['{"themes":["NO_SUCH"]}', 'themes[0]: expected an enum value, found "NO_SUCH"'],
  ])("refuses unknown members when told so: %s", (text, message) => {
    expect(() => strict.decodeJson?.(text, strict.decodeBook)).toThrow(expect.objectContaining({ message }));
    expect(() => decode(text)).not.toThrow();
  });

  it("still takes null for every known field when unknown ones are refused", () => {
    const nulls = '{"name":null,"createTime":null,"mainTheme":null,"parts":null,"sales":null,"reader":null}';
    expect(strict.decodeJson?.(nulls, strict.decodeBook)).toStrictEqual(emptyBook);
  });
});

describe("encoders", () => {
  let codec: EmittedModule;
  beforeAll(async () => {
    codec = await loadJsonCodec(library);
  });
  const encode = (message: object): unknown => JSON.parse(String(codec.encodeBook?.(message)));

  it.each<[string, object, object]>([
    ["nothing at all", {}, {}],
    ["nulls from JavaScript", { name: null, sales: null, themes: undefined, createTime: null, owner: undefined }, {}],
    ["a timestamp", { createTime: { seconds: 1n, nanos: 1000 } }, { createTime: "1970-01-01T00:00:01.000001Z" }],
    [
      "64-bit integers",
      { id: -9223372036854775808n, sales: { a: 1n } },
      { id: "-9223372036854775808", sales: { a: "1" } },
    ],
    ["a number for a 64-bit integer", { id: 2 ** 60 }, { id: "1152921504606846976" }],
    ["enums", { mainTheme: 1, themes: ["POETRY", 99, -2] }, { mainTheme: "FICTION", themes: ["POETRY", 99, "POETRY"] }],
    ["bytes", { cover: new Uint8Array([255, 239]) }, { cover: "/+8=" }],
    ["floats", { price: Math.fround(0.1), weight: Number.NaN }, { price: 0.1, weight: "NaN" }],
    ["a zero with presence", { pageCount: 0 }, { pageCount: 0 }],
    ["a oneof member", { owner: { case: "reader", value: "" } }, { reader: "" }],
    ["a null Value", { owner: { case: "note", value: null } }, { note: null }],
    ["a message in a oneof", { owner: { case: "partOf", value: {} } }, { partOf: emptyJson }],
    ["Struct and wrapper", { extra: { a: [1, null] }, stock: 0n }, { extra: { a: [1, null] }, stock: "0" }],
    ["a lone surrogate", { name: "a\ud800" }, { name: "a\ufffd" }],
    ["json_name", { odd: "x" }, { strange: "x" }],
  ])("%s", (_, message, members) => {
    expect(encode(message)).toStrictEqual({ ...emptyJson, ...members });
  });

  it("keeps __proto__ as a map key", () => {
    const sales = JSON.parse('{"__proto__":1}') as object;
    expect(codec.encodeBook?.({ sales })).toContain('"sales":{"__proto__":"1"}');
  });

  it.each<[object, string]>([
    [{ pageCount: 1.5 }, "expected a 32-bit integer, found 1.5"],
    [{ id: 2n ** 63n }, "expected a 64-bit integer, found 9223372036854775808"],
    [{ id: "x" }, 'expected a 64-bit integer, found "x"'],
    [{ price: 1e39 }, "expected a number in the range of a float, found 1e+39"],
    [{ mainTheme: "NO_SUCH" }, 'expected an enum value, found "NO_SUCH"'],
    [
      { createTime: { seconds: 253402300800n, nanos: 0 } },
      "expected a google.protobuf.Timestamp, found 253402300800 s, 0 ns",
    ],
    [{ extra: { a: Number.NaN } }, "expected a JSON value, found NaN"],
  ])("refuses what JSON cannot carry: %o", (message, text) => {
    expect(() => codec.encodeBook?.(message)).toThrow(text);
  });

  it("prints only what is set, original names and enum numbers when told so", async () => {
    const options = { emitDefaults: false, originalNames: true, enumsAsNumbers: true };
    const terse = await loadJsonCodec(library, { transcoding: options });
    const print = (message: object): unknown => terse.encodeBook?.(message);
    expect(print({})).toBe("{}");
    expect(print({ ...emptyBook })).toBe("{}");
    expect(
      print({ mainTheme: "POETRY", createTime: { seconds: 0n, nanos: 0 }, odd: "x", pageCount: 0, stock: 0n }),
    ).toBe('{"create_time":"1970-01-01T00:00:00Z","main_theme":-2,"page_count":0,"stock":"0","odd":"x"}');
  });
});

describe("upstream cases", () => {
  interface Case {
    readonly id: string;
    readonly input: { readonly method: string; readonly path: string; readonly body?: string };
    readonly expect: { readonly status: number; readonly request?: object; readonly responseJson?: object };
  }
  const suites = JSON.parse(readFileSync("fixtures/vectors/transcoding.json", "utf8")) as {
    suite: string;
    cases: Case[];
  }[];
  const cases = suites
    .filter(({ suite }) => ["body-decode", "response-encode", "response-defaults"].includes(suite))
    .flatMap(({ cases: list }) => list)
    .filter(({ input }) => input.method === "POST" && input.path === "/v1/echo" && (input.body ?? "").trim() !== "");
  let full: EmittedModule;
  let terse: EmittedModule;
  beforeAll(async () => {
    const proto = readFileSync("fixtures/vectors/transcoding.proto", "utf8");
    full = await loadJsonCodec(proto);
    terse = await loadJsonCodec(proto, { transcoding: { emitDefaults: false } });
  });

  it("has them all", () => expect(cases.length).toBeGreaterThan(80));

  it.each(cases)("$id $input.body", ({ input, expect: expected }) => {
    const decode = (): unknown => full.decodeJson?.(input.body ?? "", full.decodeAllTypes, "ignore");
    if (expected.status !== 200) return expect(decode).toThrow(expect.objectContaining({ name: "DecodeError" }));
    const message = decode();
    expect(JSON.parse(String(terse.encodeAllTypes?.(message)))).toStrictEqual(expected.request);
    if (expected.responseJson === undefined) return;
    expect(JSON.parse(String(full.encodeAllTypes?.(message)))).toStrictEqual(expected.responseJson);
  });
});
