/** The text that writers give: what is escaped and where quotes stand. */
import { describe, expect, it } from "vitest";
import {
  closeObject,
  writeBool,
  writeInt32,
  writeInt64,
  writeJsonValue,
  writeList,
  writeMap,
  writeString,
  writeTextList,
  writeTextMap,
  writeUint64,
  writeDouble,
  writeFloat,
} from "../../src/runtime/json-write.js";

const lone = "\ud800";

describe("writeString", () => {
  it("is what JSON.stringify puts between its quotes, for every UTF-16 unit", () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      const text = `a${String.fromCharCode(unit)}b`;
      const expected = unit >= 0xd800 && unit < 0xe000 ? "a\ufffdb" : JSON.stringify(text).slice(1, -1);
      if (writeString(text) !== expected) expect(writeString(text), `unit ${unit}`).toBe(expected);
    }
  });

  it.each([
    ["😀", "😀"],
    [`😀${lone}"`, '😀\ufffd\\"'],
    ["x".repeat(5000), "x".repeat(5000)],
    [`${"x".repeat(5000)}\n`, `${"x".repeat(5000)}\\n`],
    [undefined, ""],
    [null, ""],
    [1, "1"],
    [["a", "b"], "a,b"],
  ])("%j", (value, expected) => {
    expect(writeString(value)).toBe(expected);
  });
});

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
    expect(writeTextList(list as string[], writeString)).toBe(expected);
  });

  it.each([
    [[1, -2, -0], "[1,-2,0]"],
    [[1, "2", null], "[1,2,0]"],
    [new Array<number>(1), "[0]"],
    [Int32Array.of(1, 2) as unknown as number[], "[1,2]"],
  ])("of numbers: %j", (list, expected) => {
    expect(writeList(list, writeInt32)).toBe(expected);
  });

  it.each([[[2 ** 31]], [[1.5]], [[Number.NaN]], [["x"]], [[{}]]])("refuses %j", (list) => {
    expect(() => writeList<unknown>(list, writeInt32)).toThrow(RangeError);
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
    expect(writeTextMap(map as { [key: string]: string }, writeString)).toBe(expected);
  });

  it("of booleans", () => {
    expect(writeMap({ a: true, b: false }, writeBool)).toBe('{"a":true,"b":false}');
  });

  it("has a key once when two become the same", () => {
    const map = { "a\udc00": 1, b: 2, "a\ud800": 3 };
    expect(writeMap(map, writeInt32)).toBe('{"a\ufffd":3,"b":2}');
  });

  it("does not let a map print itself", () => {
    const map = Object.create({ toJSON: () => "mine" }, { a: { value: "1", enumerable: true } }) as object;
    expect(writeTextMap(map as { [key: string]: string }, String)).not.toBe('"mine"');
  });
});

describe("writeJsonValue", () => {
  const values = [null, true, 0, 1.5, 1e21, 1e-7, -1, "", "\u2028", [], {}, [[], {}], { a: [1, { b: null }], 1: "x" }];
  it.each(values)("%j is what JSON.stringify makes of it", (value) => {
    expect(writeJsonValue(value)).toBe(JSON.stringify(value));
  });
});

describe("closeObject", () => {
  it.each([
    ["", "{}"],
    [',"a":1', '{"a":1}'],
    [',"a":1,"b":""', '{"a":1,"b":""}'],
  ])("%j", (members, expected) => {
    expect(closeObject(members)).toBe(expected);
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
    for (const write of [writeDouble, writeFloat, writeJsonValue]) expect(`${write(value)}`).toBe(text);
    expect(writeJsonValue([value, { a: value }])).toBe(`[${text},{"a":${text}}]`);
  });

  it("a float too small for one is a zero of its sign", () => {
    expect(`${writeFloat(-1e-60)}`).toBe("-0");
  });
});
