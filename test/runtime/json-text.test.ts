/** What `jsonText` prints other than JSON.stringify does, and the parts of flat texts. */
import { fc } from "../support/property.js";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/runtime/values/json.js";
import {
  closeObject,
  enumText,
  jsonText,
  memberUnless,
  minusZero,
  numberText,
  stringText,
} from "../../src/runtime/json/json-text.js";

const lone = "\ud800";

describe("jsonText", () => {
  it.each<[JsonValue, string]>([
    [{ a: 1, b: undefined, c: [true, null, "x"] }, '{"a":1,"c":[true,null,"x"]}'],
    [lone, '"\ufffd"'],
    [`\udc00${lone}`, '"\ufffd\ufffd"'],
    ["😀", '"😀"'],
    ["\\ud800", '"\\\\ud800"'],
    [
      { a: lone, b: undefined, c: [true, null, "\\ud800\n", 1e21] },
      '{"a":"\ufffd","c":[true,null,"\\\\ud800\\n",1e+21]}',
    ],
    [[], "[]"],
    [[[], {}, lone], '[[],{},"\ufffd"]'],
    [minusZero, "-0"],
    [{ a: minusZero, b: [0, minusZero] }, '{"a":-0,"b":[0,-0]}'],
    // Of keys that become the same the last counts, and a member that is not there does not.
    [{ "\udc00": 1, b: 2, [lone]: 3 }, '{"\ufffd":3,"b":2}'],
    [{ "\udc00": 1, [lone]: undefined }, '{"\ufffd":1}'],
    [JSON.parse(`{"__proto__":"${lone}"}`) as JsonValue, '{"__proto__":"\ufffd"}'],
  ])("%j", (json, text) => {
    expect(jsonText(json)).toBe(text);
  });

  it("is JSON.stringify of the text in which lone surrogates are replaced", () => {
    const wellFormed = (json: unknown): unknown =>
      typeof json === "string" ? (json as string & { toWellFormed(): string }).toWellFormed() : json;
    const text = fc.string({ unit: fc.constantFrom("a", '"', "\\", "u", "d8", "\ud800", "\udc00", "\n", "é") });
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(jsonText(texts)).toBe(JSON.stringify(texts.map(wellFormed)));
      }),
    );
  });
});

describe("stringText", () => {
  it("is what JSON.stringify puts between its quotes, for every UTF-16 unit", () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      const text = `a${String.fromCharCode(unit)}b`;
      const expected = unit >= 0xd800 && unit < 0xe000 ? "a\ufffdb" : JSON.stringify(text).slice(1, -1);
      if (stringText(text) !== expected) expect(stringText(text), `unit ${unit}`).toBe(expected);
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
    expect(stringText(value)).toBe(expected);
  });
});

it.each([
  [numberText(1.5), 1.5],
  [numberText(minusZero), "-0"],
  [numberText("NaN"), '"NaN"'],
  [enumText("FICTION"), '"FICTION"'],
  [enumText(7), 7],
])("numbers and names as parts of a text: %j", (text, expected) => {
  expect(text).toBe(expected);
});

it.each([
  [memberUnless("", ',"a":"', "", '"'), ""],
  [memberUnless("", ',"a":"', "x", '"'), ',"a":"x"'],
  [memberUnless(0, ',"a":', 0), ""],
  [memberUnless(0, ',"a":', "-0"), ',"a":-0'],
  [memberUnless(false, ',"a":', true), ',"a":true'],
])("a member that is left out for a zero: %j", (text, expected) => {
  expect(text).toBe(expected);
});

it.each([
  ["", "{}"],
  [',"a":1', '{"a":1}'],
  [',"a":1,"b":""', '{"a":1,"b":""}'],
])("closeObject(%j)", (members, expected) => {
  expect(closeObject(members)).toBe(expected);
});
