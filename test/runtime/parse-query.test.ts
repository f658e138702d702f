/** The text of a query taken apart, beside what the platform's URLSearchParams makes of it. */
import { growth, linearGrowth } from "../support/growth.js";
import { fc } from "../support/property.js";
import { expect, test } from "vitest";
import { bindQuery, parseQuery } from "../../src/runtime/binding/query.js";

test.each<[string, readonly (readonly [string, string])[]]>([
  ["", []],
  ["&&a=1&&", [["a", "1"]]],
  ["a", [["a", ""]]],
  ["a=b=c", [["a", "b=c"]]],
  [
    "=a&=",
    [
      ["", "a"],
      ["", ""],
    ],
  ],
  ["a+b=c+d", [["a b", "c d"]]],
  ["a=%41%2b%2B%00", [["a", "A++\0"]]],
  ["a=%C3%A4%20x+", [["a", "ä x "]]],
  [`a=%20${"x".repeat(300)}`, [["a", ` ${"x".repeat(300)}`]]],
])("%s", (text, pairs) => {
  expect(parseQuery(text)).toEqual(pairs);
});

test.each([
  ["a=%C3", [["a", "\udfff"]]],
  ["a=b+%80%41", [["a", "b \udfffA"]]],
  ["a%5B%FF%5D=%C3%A4", [["a[\udfff]", "ä"]]],
  ["a=%FF%C3%A4", [["a", "\udfff\udfff\udfff"]]],
])("%s is not UTF-8", (text, pairs) => {
  expect(parseQuery(text)).toEqual(pairs);
});

test.each(["a=%", "a=%4", "a=%4g", "a=%g4", "a=%G4", "%=1", "a=%C3%", "a;b", `a=${"x".repeat(300)}%`])(
  "%s is refused",
  (text) => {
    expect(() => parseQuery(text)).toThrow(expect.objectContaining({ name: "DecodeError" }));
  },
);

test("as URLSearchParams has it, whenever there is no mistake", () => {
  const pair = fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary-ascii", maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const text = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
      expect(parseQuery(text)).toEqual([...new URLSearchParams(text)]);
    }),
  );
});

test.each([
  ["a", ["a"]],
  ["a.b.c", ["a", "b", "c"]],
  [".", ["", ""]],
  ["a..b.", ["a", "", "b", ""]],
  [Array(100).fill("a").join("."), Array(100).fill("a")],
])("path %s", (name, path) => {
  const paths: (readonly string[])[] = [];
  bindQuery({ query: `${name}=1` }, {}, (_, param) => void paths.push(param.path), []);
  expect(paths).toEqual([path]);
});

test("a path of more than 100 names is refused", () => {
  const bind = (): void => bindQuery({ query: `${Array(101).fill("a").join(".")}=1` }, {}, () => undefined, []);
  expect(bind).toThrow(expect.objectContaining({ expected: "at most 100 names" }));
});

test.each(["a&", "%41&", "+=&", "a=1&"])(
  "a body of many times %s is refused in time that grows no faster than its length",
  (pair) => {
    const read = (count: number) => {
      const text = pair.repeat(count);
      return () => expect(() => parseQuery(text)).toThrow(/at most 10000 query parameters/);
    };
    expect(growth(read, 20_000)).toBeLessThan(linearGrowth);
  },
);
