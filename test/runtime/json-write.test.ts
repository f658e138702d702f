/** What the writers make of values of all kinds, as it is printed. */
import { describe, expect, it } from "vitest";
import {
  writeBool,
  writeInt32,
  writeInt64,
  writeJsonValue,
  writeList,
  writeMap,
  writeString,
  writeInt32s,
  writeStringMap,
  writeStrings,
  writeUint64,
  writeDouble,
  writeFloat,
} from "../../src/runtime/json/json-write.js";
import { jsonText } from "../../src/runtime/json/json-text.js";

const lone = "\ud800";

describe("lists", () => {
  it.each([
    [undefined, "[]"],
    [null, "[]"],
    [[], "[]"],
    [["a"], '["a"]'],
    [["a", ""], '["a",""]'],
    [["a", lone, '"'], '["a","\ufffd","\\""]'],
    [["a", 1, null, undefined], '["a","1","",""]'],
    [new Array<string>(2), '["",""]'],
  ])("of strings: %j", (list, expected) => {
    expect(jsonText(writeList(list as string[], writeString))).toBe(expected);
    expect(jsonText(writeStrings(list as string[]))).toBe(expected);
  });

  it.each([
    [[1, -2, -0], "[1,-2,0]"],
    [[1, "2", null], "[1,2,0]"],
    [new Array<number>(1), "[0]"],
    [Int32Array.of(1, 2) as unknown as number[], "[1,2]"],
  ])("of numbers: %j", (list, expected) => {
    expect(jsonText(writeList<unknown>(list, writeInt32))).toBe(expected);
    expect(jsonText(writeInt32s(list))).toBe(expected);
  });

  it.each([[[2 ** 31]], [[1.5]], [[Number.NaN]], [["x"]], [[{}]]])("refuses %j", (list) => {
    expect(() => writeList<unknown>(list, writeInt32)).toThrow(RangeError);
    expect(() => writeInt32s(list)).toThrow(RangeError);
  });
});

describe("maps", () => {
  it.each([
    [undefined, "{}"],
    [{}, "{}"],
    [{ a: "1" }, '{"a":"1"}'],
    [{ a: 1, b: null }, '{"a":"1","b":""}'],
    [{ '"': "\n" }, '{"\\"":"\\n"}'],
    [{ [lone]: lone }, '{"\ufffd":"\ufffd"}'],
    [JSON.parse('{"__proto__":"p","constructor":"c"}'), '{"__proto__":"p","constructor":"c"}'],
  ])("of strings: %j", (map, expected) => {
    expect(jsonText(writeMap(map as { [key: string]: string }, writeString))).toBe(expected);
    expect(jsonText(writeStringMap(map as { [key: string]: string }))).toBe(expected);
  });

  it("of booleans", () => {
    expect(jsonText(writeMap({ a: true, b: false }, writeBool))).toBe('{"a":true,"b":false}');
  });

  it("has a key once when two become the same", () => {
    const map = { "a\udc00": 1, b: 2, "a\ud800": 3 };
    expect(jsonText(writeMap(map, writeInt32))).toBe('{"a\ufffd":3,"b":2}');
  });

  it("does not let a map print itself", () => {
    const map = Object.create({ toJSON: () => "mine" }, { a: { value: "1", enumerable: true } }) as object;
    expect(jsonText(writeStringMap(map as { [key: string]: string }))).not.toBe('"mine"');
  });
});

describe("writeJsonValue", () => {
  const values = [null, true, 0, 1.5, 1e21, 1e-7, -1, "", "\u2028", [], {}, [[], {}], { a: [1, { b: null }], 1: "x" }];
  it.each(values)("%j is what JSON.stringify makes of it", (value) => {
    expect(jsonText(writeJsonValue(value))).toBe(JSON.stringify(value));
  });
});

describe("64-bit integers", () => {
  it.each([
    [2 ** 63, "9223372036854775807"],
    [-(2 ** 63), "-9223372036854775808"],
    [2n ** 63n - 1n, "9223372036854775807"],
    [2 ** 53, "9007199254740992"],
    [-0, "0"],
  ])("int64 %s", (value, text) => {
    expect(writeInt64(value)).toBe(text);
  });

  it.each([
    [2 ** 64, "18446744073709551615"],
    [2n ** 64n - 1n, "18446744073709551615"],
  ])("uint64 %s", (value, text) => {
    expect(writeUint64(value)).toBe(text);
  });

  it.each([2n ** 63n, "9223372036854775808", 2 ** 64, 0.5, Number.NaN, "", "1e3", {}])("int64 refuses %s", (value) => {
    expect(() => writeInt64(value)).toThrow(RangeError);
  });

  it.each([2n ** 64n, -1n, "-1", -1, 2 ** 65])("uint64 refuses %s", (value) => {
    expect(() => writeUint64(value)).toThrow(RangeError);
  });
});

describe("zeros keep their sign", () => {
  it.each([
    [-0, "-0"],
    [0, "0"],
    [-0.0, "-0"],
  ])("%d", (value, text) => {
    for (const write of [writeDouble, writeFloat, writeJsonValue]) expect(jsonText(write(value))).toBe(text);
    expect(jsonText(writeJsonValue([value, { a: value }]))).toBe(`[${text},{"a":${text}}]`);
  });

  it("a float too small for one is a zero of its sign", () => {
    expect(jsonText(writeFloat(-1e-60))).toBe("-0");
  });
});
