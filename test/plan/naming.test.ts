/** Names of the output: none is a word of the language, a type that emitted code uses, a device of Windows, or what objects inherit. */
import { expect, it } from "vitest";
import { idiomaticStyle } from "../../src/model/message-style.js";
import { fileWord, propertyName, safeIdentifier, typeName, uniqueNames } from "../../src/plan/naming.js";

it.each(["class", "delete", "await", "enum", "yield", "arguments", "undefined", "package", "using"])(
  "%s is no name of a declaration",
  (word) => {
    expect([safeIdentifier(word), typeName(`p.${word}`, "p")]).toEqual([`${word}_`, `${word}_`]);
    expect(() => new Function(`"use strict"; const ${safeIdentifier(word)} = 1;`)).not.toThrow();
  },
);

it.each([
  "Array",
  "Buffer",
  "Date",
  "Map",
  "Object",
  "Promise",
  "Record",
  "String",
  "Uint8Array",
  "Error",
  "globalThis",
])("%s is no name of a message", (name) => expect(typeName(`p.${name}`, "p")).toBe(`${name}_`));

it.each([
  ["p.Outer.Array", "p", "Outer_Array"],
  ["Shelf", "", "Shelf"],
  ["p.Shelf", "p", "Shelf"],
])("%s of %j is %s", (fullName, packageName, expected) => expect(typeName(fullName, packageName)).toBe(expected));

it.each([
  ["constructor", "constructor_"],
  ["to_string", "toString_"],
  ["has_own_property", "hasOwnProperty_"],
  ["name", "name"],
])("the field %s is the property %s", (name, expected) => {
  expect(propertyName({ name, fullName: `p.M.${name}` }, idiomaticStyle)).toBe(expected);
});

it("a field that keeps the name __proto__ is no prototype", () => {
  const style = { ...idiomaticStyle, names: "proto" } as const;
  expect(propertyName({ name: "__proto__", fullName: "p.M.__proto__" }, style)).toBe("__proto___");
});

it.each([
  ["Con", "xcon"],
  ["NUL", "xnul"],
  ["Com1", "xcom1"],
  ["Console", "console"],
  ["_1", "x1"],
  ["__", "x"],
])("a file of %s is called %s", (name, expected) => expect(fileWord(name)).toBe(expected));

it("names that are taken are counted on, past those that are declared so", () => {
  const names = uniqueNames(
    new Map([
      ["a", "x"],
      ["b", "x"],
      ["c", "x2"],
      ["d", "x"],
    ]),
  );
  expect(new Set(names.values()).size).toBe(4);
  expect(names.get("a")).toBe("x");
});
