/** Lists and maps that JSON.stringify could print as they are, and those that only look so. */
import { describe, expect, it } from "vitest";
import { writeInt32s, writeInt64, writeStringMap, writeStrings, writeUint64 } from "../../src/runtime/json-write.js";

const lone = "\ud800";

describe("writeStrings", () => {
  it.each([
    [undefined, []],
    [null, []],
    [
      ["a", ""],
      ["a", ""],
    ],
    [
      ["a", lone],
      ["a", "\ufffd"],
    ],
    [
      ["a", 1, null, undefined],
      ["a", "1", "", ""],
    ],
    [new Array<string>(2), ["", ""]],
  ])("%j", (list, expected) => {
    expect(JSON.stringify(writeStrings(list))).toBe(JSON.stringify(expected));
  });

  it("takes no copy of what needs no change", () => {
    const list = ["a", "b"];
    expect(writeStrings(list)).toBe(list);
  });
});

describe("writeInt32s", () => {
  it.each([
    [undefined, "[]"],
    [[1, -2, -0], "[1,-2,0]"],
    [[1, "2", null], "[1,2,0]"],
    [new Array<number>(1), "[0]"],
    [Int32Array.of(1, 2) as unknown as number[], "[1,2]"],
  ])("%j", (list, expected) => {
    expect(JSON.stringify(writeInt32s(list))).toBe(expected);
  });

  it.each([[[2 ** 31]], [[1.5]], [[Number.NaN]], [["x"]], [[{}]]])("refuses %j", (list) => {
    expect(() => writeInt32s(list)).toThrow(RangeError);
  });
});

describe("writeStringMap", () => {
  it.each([
    [undefined, "{}"],
    [{ a: "1" }, '{"a":"1"}'],
    [{ a: 1, b: null }, '{"a":"1","b":""}'],
    [{ [lone]: lone }, '{"\ufffd":"\ufffd"}'],
    [
      JSON.parse('{"__proto__":"p","constructor":"c"}') as { [key: string]: string },
      '{"__proto__":"p","constructor":"c"}',
    ],
  ])("%j", (map, expected) => {
    expect(JSON.stringify(writeStringMap(map))).toBe(expected);
  });

  it("does not let a map print itself", () => {
    const map = Object.create({ toJSON: () => "mine" }, { a: { value: "1", enumerable: true } }) as {
      [key: string]: string;
    };
    expect(JSON.stringify(writeStringMap(map))).not.toBe('"mine"');
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
