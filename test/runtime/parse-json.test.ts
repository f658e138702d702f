import { fc, runs } from "../support/property.js";
import { describe, expect, it, vi } from "vitest";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { readString } from "../../src/runtime/json/json-read.js";
import { decodeJson, parseJson } from "../../src/runtime/json/parse-json.js";
import type { JsonInput } from "../../src/runtime/values/json.js";

describe("parseJson", () => {
  it.each<[string, unknown]>([
    ["{}", {}],
    [" [1, 2.5, -0.1e1] ", [1, 2.5, -1]],
    ['"a\\u00e9\\n"', "aé\n"],
    ["null", null],
    ["true", true],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -9223372036854775808n],
    ["18446744073709551615", 18446744073709551615n],
    ["[9007199254740993.0, 1.8446744073709551615e19]", [9007199254740993n, 18446744073709551615n]],
    ["1e18", 1000000000000000000n],
    ["1e300", 1e300],
    ["1e400", Number.POSITIVE_INFINITY],
    ['{"a":1.0,"b":1e2}', { a: 1, b: 100 }],
    ['{"a:b":":","c\\":":"\\\\"}', { "a:b": ":", 'c":': "\\" }],
  ])("reads %s", (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it("makes __proto__ an own property, on both paths", () => {
    for (const text of ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1},"n":9007199254740993}']) {
      const value = parseJson(text) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.keys(value)).toContain("__proto__");
    }
  });

  it.each([
    ['{"a":1,"a":2,"b":3}', ["a"]],
    ['{"a":1,"a":null,"a":"x"}', ["a"]],
    ['{"a":1,"\\u0061":2}', ["a"]],
    ['{"__proto__":1,"__proto__":2}', ["__proto__"]],
  ])("gives %s a value that no reader takes", (text, names) => {
    const value = parseJson(text) as Record<string, unknown>;
    expect(Object.keys(value).filter((name) => typeof value[name] === "symbol")).toEqual(names);
    for (const name of names) expect(() => readString(value[name] as JsonInput)).toThrow("two values for one name");
  });

  it.each([
    ["", "expected a JSON value, found the end of the JSON text"],
    ['{"a":1,}', 'expected a name in double quotes, found "}" at character 8'],
    ["[1,]", 'expected a JSON value, found "]" at character 4'],
    ["[1 2]", 'expected `,` or `]`, found "2" at character 4'],
    ['{"a" 1}', 'expected `:`, found "1" at character 6'],
    ["01", 'expected the end of the JSON text, found "1" at character 2'],
    ["1.", "expected a digit, found the end of the JSON text"],
    ["[1e+]", 'expected a digit, found "]" at character 5'],
    ["-", 'expected a JSON value, found "-" at character 1'],
    ["NaN", 'expected a JSON value, found "N" at character 1'],
    ['"abc', "expected the end of a string, found the end of the JSON text"],
    ['"abc\\"', "expected the end of a string, found the end of the JSON text"],
    ['"\\x"', "expected valid JSON, found a control character or wrong escape in the string at character 1"],
    ["\ufeff{}", 'expected a JSON value, found "?" at character 1'],
    ["{} {}", 'expected the end of the JSON text, found "{" at character 4'],
    ["tru", 'expected a JSON value, found "t" at character 1'],
  ])("refuses %s", (text, message) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: "DecodeError", message }));
  });

  it("stops at 100 levels of nesting, however deep the text goes", () => {
    expect(parseJson("[".repeat(100) + "]".repeat(100))).toHaveLength(1);
    for (const depth of [101, 200_000]) {
      expect(() => parseJson("[".repeat(depth) + "]".repeat(depth))).toThrow(
        "expected less deeply nested JSON, found too many levels at character 101",
      );
      expect(() => parseJson('{"a":'.repeat(depth))).toThrow("expected less deeply nested JSON");
    }
  });

  it("agrees with JSON.parse wherever that is exact", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const expected: unknown = JSON.parse(text);
        const value = parseJson(text);
        expect(plain(value)).toStrictEqual(expected);
        expect(plain(parseJson(` ${text.replaceAll('"', ' "')} `.replaceAll(' "', '"')))).toStrictEqual(expected);
      }),
    );
  });

  it("finds a repeated name however the rest of the text is written", () => {
    const number = fc.constantFrom(
      "0",
      "-0",
      "1e1",
      "1e3",
      "2.0",
      "12e2",
      "1.5",
      "1e-7",
      "100",
      "123000",
      "0.1e1",
      "99.99999999999999999",
    );
    const leaf = fc.oneof(number, fc.constantFrom("null", "true", "false", '""', '":"', '"\\""', '"\\u0061"'));
    const name = fc.constantFrom('""', '"a"', '"b"', '":"', '"__proto__"');
    const { value } = fc.letrec<{ value: { text: string; repeats: boolean } }>((tie) => {
      const space = fc.constantFrom("", "", " ");
      const member = fc.tuple(name, space, tie("value"));
      return {
        value: fc.oneof(
          { depthSize: "small", maxDepth: 3 },
          leaf.map((text) => ({ text, repeats: false })),
          fc.array(tie("value"), { maxLength: 3 }).map((items) => ({
            text: `[${items.map(({ text }) => text).join(",")}]`,
            repeats: items.some(({ repeats }) => repeats),
          })),
          fc.array(member, { maxLength: 4 }).map((members) => ({
            text: `{${members.map(([key, gap, { text }]) => `${key}${gap}:${text}`).join(",")}}`,
            repeats:
              new Set(members.map(([key]) => key)).size < members.length ||
              members.some(([, , { repeats }]) => repeats),
          })),
        ),
      };
    });
    fc.assert(
      fc.property(value, ({ text, repeats }) => {
        if (repeats) expect(JSON.stringify(parseJson(text), withSymbols)).toContain("two values");
        else expect(parseJson(text)).toStrictEqual(JSON.parse(text));
      }),
      { numRuns: runs(3000) },
    );
  });

  it("throws nothing but DecodeError and never takes what JSON.parse refuses", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "a",
      "1",
      "-",
      ".",
      "e",
      "null",
      " ",
      "\\u0061",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let value: unknown;
        try {
          value = parseJson(text);
        } catch (error) {
          expect(error).toMatchObject({ name: "DecodeError" });
          return;
        }
        expect(plain(value)).toStrictEqual(JSON.parse(text));
      }),
      { numRuns: runs(5000) },
    );
  });
});

describe("decodeJson", () => {
  it.each([
    ['{"a":[1,"b"]}', 1, "nothing was lost"],
    ['{"a": [1, "b"]}', 1, "white space is no loss"],
    ['{"a":9007199254740993}', 2, "the number was rounded"],
    ['{"a":"b"} {}', 1, "JSON.parse refuses it"],
  ])("reads %s and decodes it %d times: %s", (text, times, _) => {
    const decode = vi.fn((json: unknown) => json);
    expect(decodeJson(text, decode, "ignore")).toStrictEqual(parseJson(text, "ignore"));
    expect(decode).toHaveBeenCalledTimes(times);
  });

  it.each([
    ['{"a":1}', 1],
    ['{"a":9007199254740993}', 2],
  ])("lets a decoder refuse %s after %d attempts", (text, times) => {
    const decode = vi.fn(() => {
      throw new DecodeError("nothing", "something");
    });
    expect(() => decodeJson(text, decode)).toThrow("expected nothing, found something");
    expect(decode).toHaveBeenCalledTimes(times);
  });

  it("refuses what the exact reader refuses, whatever the decoder makes of it", () => {
    for (const text of ["[".repeat(101) + "]".repeat(101), "{} {}", ""])
      expect(() => decodeJson(text, () => "a message")).toThrow(DecodeError);
  });

  it.each(['{"a":1,"a":2}', '{"a": 1, "a": 2}'])("lets the decoder of %s see the name that came twice", (text) => {
    const seen = decodeJson(text, (json) => typeof (json as Record<string, unknown>)["a"]);
    expect(seen).toBe("symbol");
  });
});

describe("parseJson of the first value", () => {
  it.each<[string, unknown]>([
    ["{} garbage", {}],
    ['{"a":1}{"b":2}', { a: 1 }],
    ["[1]\n]", [1]],
    ['"a" "', "a"],
    ["01", 0],
    ["1.5.2", 1.5],
    ["1e2e3", 100],
    ["1e2.3", 100],
    ["-0x1", -0],
    ["5null", 5],
  ])("ignores what follows the first value in %s", (text, value) => {
    expect(parseJson(text, "ignore")).toStrictEqual(value);
  });

  it("still refuses a broken first value", () => {
    expect(() => parseJson("{", "ignore")).toThrow("found the end of the JSON text");
  });

  it.each(["1e", "1e-", "1e-null", "1.", "1.e5", "-", "-.5", "0.x", "tru", "nul"])("%s is one", (text) => {
    expect(() => parseJson(text, "ignore")).toThrow(/expected a (JSON value|digit)/);
  });
});

/** Symbols as what they stand for. */
function withSymbols(_: string, value: unknown): unknown {
  return typeof value === "symbol" ? value.description : value;
}

/** bigint as the number that JSON.parse makes of the same text. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: plain(member), writable: true, enumerable: true, configurable: true });
  }
  return copy;
}
