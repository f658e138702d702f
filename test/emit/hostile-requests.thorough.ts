/**
 * What a client can send, as JSON and as binary, to every message style. The oracle: a decoder refuses with its own error or gives a
 * message that encodes again; nobody's prototype changes; time and memory stay in proportion to the input.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parseJson } from "../../src/runtime/json/parse-json.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { hostileNames, hostileShapes, hostileStyles } from "../support/hostile-proto.js";
import { field, tag } from "../support/wire-bytes.js";

const codecs = new Map<string, { readonly strict: LoadedCodec; readonly lenient: LoadedCodec }>();

beforeAll(async () => {
  const files = { "shapes.proto": hostileShapes };
  for (const [name, style] of Object.entries(hostileStyles)) {
    const load = async (unknownFields: "reject" | "ignore"): Promise<LoadedCodec> => {
      const table = await loadCodecTable(files, { style, transcoding: { unknownFields, emitDefaults: false } });
      return table.get("hostile.shapes.Shape") as LoadedCodec;
    };
    codecs.set(name, { strict: await load("reject"), lenient: await load("ignore") });
  }
});

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Uint8Array.prototype];
/** The names of everything that objects inherit, and of what is on that in turn: functions can be written to as well. */
const shapeOfPrototypes = (): string =>
  JSON.stringify(
    prototypes.map((each) =>
      Object.entries(Object.getOwnPropertyDescriptors(each)).map(([name, { value }]) => [
        name,
        typeof value === "function" ? Reflect.ownKeys(value as object).map(String) : "",
      ]),
    ),
  );

/** Runs a decoder: "refused", or what it gave. Fails for any other error, for pollution, for seconds and for megabytes. */
function attempt(decode: () => unknown): unknown {
  const before = shapeOfPrototypes();
  const memory = process.resourceUsage().maxRSS;
  const start = performance.now();
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "DecodeError") throw error;
    expect(error.message.length).toBeLessThan(2000);
    return "refused";
  } finally {
    expect(shapeOfPrototypes()).toBe(before);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(process.resourceUsage().maxRSS - memory).toBeLessThan(300_000);
  }
}

const shape = '"@type":"type.googleapis.com/hostile.shapes.Shape"';
const nest = (open: string, close: string, depth: number, inside = "{}"): string =>
  open.repeat(depth) + inside + close.repeat(depth);

/** JSON of each kind of nesting, so and so many levels deep. */
const jsonNests: Readonly<Record<string, (depth: number) => string>> = {
  messages: (depth) => nest('{"one":', "}", depth),
  "lists of messages": (depth) => nest('{"many":[', "]}", depth / 2),
  "maps of messages": (depth) => nest('{"named":{"a":', "}}", depth / 2),
  "delimited messages": (depth) => nest('{"group":', "}", depth),
  "members of oneofs": (depth) => nest('{"b":', "}", depth),
  Structs: (depth) => `{"struct":${nest('{"a":', "}", depth)}}`,
  Values: (depth) => `{"value":${nest("[", "]", depth, "1")}}`,
  ListValues: (depth) => `{"list":${nest("[", "]", depth, "[]")}}`,
  "Any in Any": (depth) => `{"any":${nest(`{${shape},"any":`, "}", depth / 2, `{${shape}}`)}}`,
  "unknown members": (depth) => `{"unknown":${nest("[", "]", depth, "1")}}`,
};

function wrap(depth: number, step: (inside: Buffer) => Buffer): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level++) bytes = step(bytes);
  return bytes;
}
const anyOf = (inside: Buffer): Buffer =>
  field(7, Buffer.concat([field(1, Buffer.from("type.googleapis.com/hostile.shapes.Shape")), field(2, inside)]));

const binaryNests: Readonly<Record<string, (depth: number) => Buffer>> = {
  messages: (depth) => wrap(depth, (inside) => field(1, inside)),
  "lists of messages": (depth) => wrap(depth, (inside) => field(2, inside)),
  "maps of messages": (depth) =>
    wrap(depth / 2, (inside) => field(3, Buffer.concat([field(1, Buffer.from("a")), field(2, inside)]))),
  groups: (depth) => wrap(depth, (inside) => Buffer.concat([tag(8, 3), inside, tag(8, 4)])),
  "unknown groups": (depth) => wrap(depth, (inside) => Buffer.concat([tag(99, 3), inside, tag(99, 4)])),
  "groups without an end": (depth) => Buffer.concat(Array.from({ length: depth }, () => tag(8, 3))),
  "unknown groups without an end": (depth) => Buffer.concat(Array.from({ length: depth }, () => tag(99, 3))),
  "members of oneofs": (depth) => wrap(depth, (inside) => field(25, inside)),
  Structs: (depth) =>
    field(
      4,
      wrap(depth / 3, (inside) => field(1, Buffer.concat([field(1, Buffer.from("a")), field(2, field(5, inside))]))),
    ),
  ListValues: (depth) =>
    field(
      6,
      wrap(depth / 2, (inside) => field(1, field(6, inside))),
    ),
};

describe.each(Object.keys(hostileStyles))("%s", (style) => {
  const strict = (): LoadedCodec => codecs.get(style)?.strict as LoadedCodec;
  const lenient = (): LoadedCodec => codecs.get(style)?.lenient as LoadedCodec;
  const read = (json: string, codec = strict()): unknown => attempt(() => codec.decodeText(json));
  /** What JSON becomes: decoded, encoded and parsed again. */
  const round = (json: string): unknown => {
    const message = read(json);
    return message === "refused" ? message : parseJson(strict().encodeJson(message));
  };

  it.each(Object.keys(jsonNests))("%s: 40 levels of JSON are read, many are refused", (kind) => {
    const text = jsonNests[kind] as (depth: number) => string;
    expect(read(text(40), kind === "unknown members" ? lenient() : strict())).not.toBe("refused");
    for (const depth of [210, 5000, 200_000]) {
      expect(read(text(depth))).toBe("refused");
      expect(attempt(() => lenient().decodeText(text(depth), "ignore"))).toBe("refused");
    }
  });

  it.each(Object.keys(binaryNests))("%s: 40 levels of binary are read, many are refused", (kind) => {
    const bytes = binaryNests[kind] as (depth: number) => Buffer;
    if (!kind.includes("without")) {
      const message = attempt(() => strict().decodeBinary(bytes(40)));
      expect(message).not.toBe("refused");
      expect(strict().encodeBinary(message).length).toBeGreaterThan(40);
    }
    for (const depth of [310, 3000]) expect(attempt(() => strict().decodeBinary(bytes(depth)))).toBe("refused");
  });

  describe("Any in replies", () => {
    beforeEach(() => {
      vi.spyOn(console, "error").mockImplementation(() => undefined);
    });
    afterEach(() => {
      vi.restoreAllMocks();
    });

    it("in Any is printed to 100 levels, and what is deeper with its bytes", () => {
      expect(strict().encodeJson(strict().decodeBinary(wrap(50, anyOf)))).toContain('"any":{"@type"');
      expect(console.error).not.toHaveBeenCalled();
      const text = strict().encodeJson(strict().decodeBinary(wrap(2000, anyOf)));
      expect(text.split('"@type"').length).toBeLessThan(102);
      expect(text).toContain('"value":"');
      expect(console.error).toHaveBeenCalledTimes(1);
    });

    it("keeps bytes that are no message, and the log says so", () => {
      const text = strict().encodeJson(strict().decodeBinary(anyOf(Buffer.from([0xff]))));
      expect(JSON.parse(text)).toMatchObject({ any: { value: "/w==" } });
      expect(console.error).toHaveBeenCalledTimes(1);
    });
  });

  describe("binary that lies", () => {
    it.each<[string, string]>([
      ["tag 0", "00"],
      ["field number 0, length-delimited", "0200"],
      ["field number 0 in a message", "0a0200 01"],
      ["wire type 6", "0e"],
      ["wire type 7", "0f"],
      ["an end without a group", "44"],
      ["the end of another group", "4374"],
      ["a group without an end", "43"],
      ["an unknown group without an end", "9b06"],
      ["an unknown group with another's end", "9b06 a406"],
      ["a tag of more than 32 bits", "8a8080808010 00"],
      ["a tag without an end", "ffffffffffffffffffffff"],
      ["a tag that ends with the input", "ff"],
      ["a varint of 11 bytes", `48${"ff".repeat(10)}01`],
      ["an endless varint", `48${"80".repeat(100)}`],
      ["a varint that ends with the input", "4880"],
      ["a length beyond the input", "6a05 61"],
      ["a length of 2 GiB - 1", "6affffffff07 61"],
      ["a length of 2 GiB", "6a8080808008 61"],
      ["a length of 4 GiB - 1", "6affffffff0f 61"],
      ["a length of 4 GiB", "6a8080808010 61"],
      ["a negative length", "6affffffffffffffffff01 61"],
      ["a length without an end", `6a${"ff".repeat(12)}`],
      ["a message longer than its parent", "0a02 0a05"],
      ["a field that runs past its message", "0a03 6a05616161 00"],
      ["packed values that run past their list", "7a01 80 01"],
      ["a packed list beyond the input", "7a7f 01"],
      ["packed values of 2 GiB", "7affffffff07 01"],
      ["a packed list that ends in a value", "7a02 0180"],
      ["half of a fixed64", "d901 01020304"],
      ["half of a double", "a901 01020304"],
      ["half of a float", "b501 0102"],
      ["a map entry beyond the input", "1a05 0a0161"],
      ["a map entry with a key that lies", "1a03 0a7f61"],
      ["text that is Latin-1", "6a02 e9e9"],
      ["text with a surrogate", "6a03 eda080"],
      ["text with an overlong slash", "6a02 c0af"],
      ["text beyond U+10FFFF", "6a04 f4908080"],
      ["text that ends in a character", "6a03 61e282"],
      ["a map key that is no UTF-8", "1a04 0a02c328"],
      ["a Struct's key that is no UTF-8", "2206 0a04 0a02c328"],
      ["a Value's text that is no UTF-8", "2a04 1a02c328"],
      ["a type URL that is no UTF-8", "3a04 0a02c328"],
    ])("%s is refused", (_, hex) => {
      expect(attempt(() => strict().decodeBinary(Buffer.from(hex.replaceAll(" ", ""), "hex")))).toBe("refused");
    });

    it.each<[string, string]>([
      ["an over-long zero", `48${"80".repeat(9)}00`],
      ["a varint of ten bytes for an int32", "58ffffffffffffffffff01"],
      ["an int32 of 64 bits", "58ffffffffffffffff7f"],
      ["a bool of 64 bits", "e80180808080808080808001"],
      ["a known field with another wire type", "4d01020304"],
      ["text where a number should be", "4a0161"],
      ["an enum value that nobody knows", "b801ffffffff07"],
      ["a packed list that is empty", "7a00"],
      ["a value of a packed list alone", "7801"],
      [
        "unknown fields of every wire type",
        "980601 9a060161 9d0601020304 99060102030405060708 9b0698060 19c06".replace("0 19c06", "019c06"),
      ],
    ])("%s is read and written again", (_, hex) => {
      const message = attempt(() => strict().decodeBinary(Buffer.from(hex.replaceAll(" ", ""), "hex")));
      expect(message).not.toBe("refused");
      const bytes = strict().encodeBinary(message);
      expect(strict().encodeBinary(strict().decodeBinary(bytes))).toEqual(bytes);
    });

    it("a few bytes that say they are many take no memory", () => {
      for (const hex of ["7affffff7f", "6affffff7f", "72ffffff7f", "0affffff7f", "1affffff7f"])
        expect(attempt(() => strict().decodeBinary(Buffer.from(hex, "hex")))).toBe("refused");
    });
  });

  it.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "toJSON",
    "then",
    "prototype",
    "length",
  ])("%s is a key like any other", (key) => {
    const quotedKey = JSON.stringify(key);
    for (const json of [
      `{"named":{${quotedKey}:{"text":"x"}}}`,
      `{"struct":{${quotedKey}:{${quotedKey}:1}}}`,
      `{"value":{${quotedKey}:[{${quotedKey}:null}]}}`,
      `{"any":{${shape},"named":{${quotedKey}:{}}}}`,
      `{"named":{${quotedKey}:{"named":{${quotedKey}:{}}}}}`,
    ]) {
      expect(JSON.stringify(round(json))).toBe(json);
      const bytes = strict().encodeBinary(read(json));
      expect(strict().encodeJson(strict().decodeBinary(bytes))).toBe(json);
    }
    // As a member that the message does not have.
    expect(read(`{${quotedKey}:{"polluted":true}}`)).toBe("refused");
    const ignored = attempt(() => lenient().decodeText(`{${quotedKey}:{"polluted":true}}`));
    expect((ignored as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(lenient().encodeJson(ignored)).toBe("{}");
  });

  describe("numbers", () => {
    const isNumberStyle = style === "ts-proto";
    it.each<[string, string, string | undefined]>([
      ["i64", "9007199254740991", "9007199254740991"],
      ["i64", "9007199254740992", "9007199254740992"],
      ["i64", "9007199254740993", isNumberStyle ? "9007199254740992" : "9007199254740993"],
      ["i64", '"9007199254740993"', isNumberStyle ? "9007199254740992" : "9007199254740993"],
      ["i64", "-9007199254740993", isNumberStyle ? "-9007199254740992" : "-9007199254740993"],
      ["i64", "9007199254740993.0", isNumberStyle ? "9007199254740992" : "9007199254740993"],
      ["i64", "9.007199254740993e15", isNumberStyle ? "9007199254740992" : "9007199254740993"],
      ["i64", "9223372036854775807", "9223372036854775807"],
      ["i64", "-9223372036854775808", "-9223372036854775808"],
      ["i64", "9223372036854775808", undefined],
      ["i64", "-9223372036854775809", undefined],
      ["i64", '"9223372036854775808"', undefined],
      ["u64", "18446744073709551615", "18446744073709551615"],
      ["u64", "1.8446744073709551615e19", "18446744073709551615"],
      ["u64", "18446744073709551616", undefined],
      ["u64", "-1", undefined],
      ["i64", "1e2", "100"],
      ["i64", "1.0", "1"],
      ["i64", '"1e2"', "100"],
      ["i64", '"1.0"', "1"],
      ["i64", "1.5", undefined],
      ["i64", "1e400", undefined],
      ["i64", '"1e1000000000"', undefined],
      ["i64", `"1${"0".repeat(1000)}"`, undefined],
      ["i64", '"NaN"', undefined],
      ["i64", '""', undefined],
      ["i64", '" 1"', undefined],
      ["i64", '"0x10"', undefined],
      ["i64", '"+1"', undefined],
      ["i64", '"01"', undefined],
      ["i64", '"1n"', undefined],
      ["i64", "true", undefined],
      ["i64", "[1]", undefined],
      ["i64", "{}", undefined],
      ["wrapped", "9007199254740993", isNumberStyle ? "9007199254740992" : "9007199254740993"],
      ["wrapped", "9223372036854775808", undefined],
    ])("%s %s", (name, json, expected) => {
      const result = expected === undefined ? "refused" : { [name]: expected };
      expect(round(`{"${name}":${json}}`)).toEqual(result);
      // The same inside an Any, a map and a list.
      for (const [open, close] of [
        [`{"any":{${shape},`, "}}"],
        ['{"named":{"a":{', "}}}"],
        ['{"many":[{', "}]}"],
      ] as const) {
        const inside = round(`${open}"${name}":${json}${close}`);
        // What an Any holds is no object with properties, so that no style rounds it.
        const isRounded =
          isNumberStyle && open.startsWith('{"any"') && json.replace(/\D/g, "").startsWith("9007199254740993");
        const kept = isRounded ? expected?.replace("9007199254740992", "9007199254740993") : expected;
        if (kept === undefined) expect(inside).toBe("refused");
        else expect(JSON.stringify(inside)).toBe(`${open}"${name}":"${kept}"${close}`);
      }
    });

    it.each<[string, string, unknown]>([
      ["i32", "2147483647", 2147483647],
      ["i32", "2147483648", undefined],
      ["i32", "-2147483649", undefined],
      ["i32", "1e2", 100],
      ["i32", "1.0", 1],
      ["i32", '"1.0"', 1],
      ["i32", "0.5", undefined],
      ["i32", "1e400", undefined],
      ["u32", "4294967295", 4294967295],
      ["u32", "4294967296", undefined],
      ["u32", "-1", undefined],
      ["ratio", "1e400", undefined],
      ["ratio", "-1e400", undefined],
      ["ratio", '"1e400"', undefined],
      ["ratio", '"Infinity"', "Infinity"],
      ["ratio", '"infinity"', undefined],
      ["ratio", '"-NaN"', undefined],
      ["ratio", "9007199254740993", 9007199254740992n],
      ["small", "3.5e38", undefined],
      ["small", "1e-60", undefined],
      ["small", '"NaN"', "NaN"],
      ["flag", '"true"', undefined],
      ["flag", "1", undefined],
      ["kind", '"one"', undefined],
      ["kind", "1", "ONE"],
      ["kind", "1.0", "ONE"],
      ["kind", "77", 77],
      ["kind", "2147483648", undefined],
      ["kind", '"__proto__"', undefined],
      ["kind", '"constructor"', undefined],
    ])("%s %s", (name, json, expected) => {
      if (name === "small" && json === "1e-60") expect(round(`{"${name}":${json}}`)).toEqual({});
      else expect(round(`{"${name}":${json}}`)).toEqual(expected === undefined ? "refused" : { [name]: expected });
    });

    it("keys of maps keep their exact value, and stand for one entry each", () => {
      expect(round('{"byNumber":{"9007199254740993":"a","-9223372036854775808":"b"}}')).toEqual({
        byNumber: { "9007199254740993": "a", "-9223372036854775808": "b" },
      });
      for (const key of [
        "9223372036854775808",
        "",
        " 1",
        "1.5",
        "1.0",
        "1e2",
        "+",
        "1_0",
        "0x1",
        "NaN",
        "__proto__",
        "true",
      ])
        expect(read(`{"byNumber":{${JSON.stringify(key)}:"a"}}`)).toBe("refused");
      for (const keys of [
        ["1", "01"],
        ["+9007199254740993", "9007199254740993"],
        ["-0", "0"],
      ])
        expect(read(`{"byNumber":{"${keys[0]}":"a","${keys[1]}":"b"}}`)).toBe("refused");
      for (const key of ["True", "1", "", "__proto__"])
        expect(read(`{"byBool":{${JSON.stringify(key)}:"a"}}`)).toBe("refused");
    });
  });

  it.each([
    '{"text":"a","text":"b"}',
    '{"text":"a","te\\u0078t":"b"}',
    '{"byNumber":{"1":"a","1":"b"}}',
    '{"by_number":{},"byNumber":{}}',
    '{"struct":{"a":1,"a":2}}',
    '{"value":[{"a":{"b":1,"b":2}}]}',
    `{"any":{${shape},"text":"a","text":"b"}}`,
    `{"any":{${shape},${shape}}}`,
    '{"many":[{"i64":1,"i64":1}]}',
    '{"a":"x","b":{}}',
  ])("a name twice is refused, also by the reader of the first value: %s", (json) => {
    expect(read(json)).toBe("refused");
    expect(attempt(() => lenient().decodeText(json, "ignore"))).toBe("refused");
    expect(attempt(() => lenient().decodeText(`${json} trailing`, "ignore"))).toBe("refused");
  });

  it.each([
    '{"unknown":1,"unknown":2}',
    '{"unknown":{"a":1,"a":2},"text":"x"}',
    '{"__proto__":1,"__proto__":1}',
    '{"many":[{"unknown":1,"unknown":{"b":[],"b":[]}}]}',
  ])("a name twice is nothing to look at where no field has it: %s", (json) => {
    expect(attempt(() => lenient().decodeText(json, "ignore"))).not.toBe("refused");
    expect(read(json)).toBe("refused");
  });

  it("what follows the first value is refused, or ignored where the profile reads so", () => {
    for (const rest of [" {}", "x", "\u0000", "]", ',"a":1', '"'])
      for (const json of ['{"i64":9007199254740993}', '{"text":"x"}']) {
        expect(read(json + rest)).toBe("refused");
        expect(attempt(() => lenient().decodeText(json + rest, "ignore"))).toEqual(lenient().decodeText(json));
      }
  });

  it.each(['"\\ud800"', '"\\udc00x"', '"x\\ud83d"', '"\ud800"'])("half a character is refused: %s", (text) => {
    for (const json of [
      `{"text":${text}}`,
      `{"named":{${text}:{}}}`,
      `{"struct":{"a":${text}}}`,
      `{"struct":{${text}:1}}`,
      `{"value":[${text}]}`,
      `{"list":[${text}]}`,
      `{"any":{${shape},"text":${text}}}`,
      `{"any":{"@type":${text}}}`,
      `{"mask":${text}}`,
      `{"a":${text}}`,
      `{"byNumber":{"1":${text}}}`,
    ])
      expect(read(json)).toBe("refused");
  });

  it.each([
    '{"data":"A"}',
    '{"data":"AQ="}',
    '{"data":"AQ===="}',
    '{"data":"A*=="}',
    '{"data":"AQ==\\n"}',
    '{"data":[1]}',
    '{"time":"2024-02-30T00:00:00Z"}',
    '{"time":"10000-01-01T00:00:00Z"}',
    '{"time":"0000-12-31T23:59:59Z"}',
    '{"time":"2024-01-01T00:00:00.1234567890Z"}',
    '{"time":"2024-01-01T00:00:00"}',
    '{"time":1}',
    '{"duration":"1"}',
    '{"duration":"315576000001s"}',
    '{"duration":"1.1234567890s"}',
    '{"duration":"--1s"}',
    '{"mask":"snake_case"}',
    '{"mask":"a,,b"}',
    '{"mask":["a"]}',
    '{"text":1}',
    '{"text":["x"]}',
    '{"many":{}}',
    '{"many":[null]}',
    '{"named":[]}',
    '{"named":{"a":null}}',
    '{"one":[]}',
    '{"one":"x"}',
    '{"struct":[]}',
    '{"list":{}}',
    '{"any":{"text":"x"}}',
    '{"any":{"@type":"x"}}',
    '{"any":{"@type":"type.googleapis.com/no.Such"}}',
    '{"any":{"@type":"type.googleapis.com/__proto__"}}',
    '{"any":{"@type":5}}',
    "[]",
    '"x"',
    "1",
    "null",
    "",
    "{",
    '{"text":"\u0001"}',
    "\ufeff{}",
  ])("%s is refused", (json) => {
    expect(read(json)).toBe("refused");
  });

  it("long inputs take time in proportion", () => {
    const long = "x".repeat(2 ** 21);
    for (const json of [
      `{"text":"${long}"}`,
      `{"i64":"${"1".repeat(2 ** 20)}"}`,
      `{"i64":${"1".repeat(2 ** 20)}}`,
      `{"ratio":0.${"1".repeat(2 ** 20)}}`,
      `{"mask":"${"a,".repeat(2 ** 18)}a"}`,
      `{"mask":"${"a.".repeat(2 ** 18)}"}`,
      `{"data":"${"A".repeat(2 ** 21)}="}`,
      `{"time":"2024-01-01T00:00:00.${"0".repeat(2 ** 20)}Z"}`,
      `{"duration":"${"9".repeat(2 ** 20)}s"}`,
      `{"any":{"@type":"${"/".repeat(2 ** 18)}a"}}`,
      `{"${long}":1}`,
      `{"numbers":[${"1,".repeat(2 ** 18)}1]}`,
      `{"struct":{${Array.from({ length: 2 ** 16 }, (_, index) => `"k${index}":0`).join(",")}}}`,
      `${" ".repeat(2 ** 21)}{}`,
      `{"text":"${"\\\\".repeat(2 ** 19)}"`,
    ])
      read(json);
  });
});

describe("names", () => {
  it.each(Object.entries(hostileStyles))("%s", async (_, style) => {
    const transcoding = { unknownFields: "reject", emitDefaults: false } as const;
    const table = await loadCodecTable({ "names.proto": hostileNames }, { style, transcoding });
    const codec = table.get("hostile.Names") as LoadedCodec;
    const { breakout } = await import("../support/hostile-proto.js");
    const words = [
      "constructor",
      "toString",
      "hasOwnProperty",
      "__proto__",
      "prototype",
      "null",
      "undefined",
      breakout,
    ];
    const thenable = "then";
    const json = JSON.stringify({
      constructor: "1",
      Proto: "2",
      toString: "3",
      prototype: { constructor: "4" },
      hasOwnProperty: JSON.parse('{"__proto__":"a","constructor":"b"}') as object,
      DefineGetter: ["5"],
      toLocaleString: { constructor: "6" },
      this: "7",
      word: "__proto__",
      words,
      byWord: JSON.parse('{"__proto__":"__proto__","x":"constructor"}') as object,
      [thenable]: "8",
      toJson: "9",
      [breakout]: "10",
      toJSON: "11",
      case: "12",
      value: "13",
    });
    const before = shapeOfPrototypes();
    const message = codec.decodeText(json);
    const printed = JSON.parse(codec.encodeJson(message)) as object;
    // proto-loader's `defaults` sets the declared default of what is absent.
    if (style.absentMessages === "null" && style.defaults) expect(printed).toMatchObject(JSON.parse(json) as object);
    else expect(printed).toEqual(JSON.parse(json));
    const again = codec.decodeBinary(codec.encodeBinary(message));
    expect(again).toEqual(message);
    if (!style.defaults || style.absentMessages !== "null") {
      expect(codec.encodeJson(codec.decodeText("{}"))).toBe("{}");
      expect(codec.encodeBinary(codec.decodeBinary(new Uint8Array(0)))).toHaveLength(0);
    }
    expect(shapeOfPrototypes()).toBe(before);
    // The declared names, __proto__ among them.
    const declared = codec.decodeText('{"__proto__":"2","to_string":"3","__defineGetter__":["5"]}');
    expect(JSON.parse(codec.encodeJson(declared))).toMatchObject({ Proto: "2", toString: "3", DefineGetter: ["5"] });
  });
});
