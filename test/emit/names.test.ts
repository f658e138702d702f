/** Names in TypeScript: none is a word of the language, a type that emitted code uses, or what objects inherit. */
import { expect, it } from "vitest";
import { idiomaticStyle } from "../../src/emit/message-style.js";
import { camelCase, safeIdentifier, typeName } from "../../src/emit/names/identifiers.js";
import { moduleName } from "../../src/emit/names/module-name.js";
import { propertyName } from "../../src/emit/names/property-names.js";

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
  ["LibraryService", "libraryService"],
  ["HTTPProxy", "httpProxy"],
  ["library-service-get-shelf", "libraryServiceGetShelf"],
  ["_x", "x"],
  ["__", ""],
])("%s is %j in camel case", (name, expected) => expect(camelCase(name)).toBe(expected));

it.each([
  ["src/library.ts", "src/library"],
  ["./src/library.js", "src/library"],
  ["server.cts", "server.cjs"],
  ["server.mjs", "server.mjs"],
  ["npm:chart.js", "npm:chart.js"],
])("the module %s is imported as %s", (path, expected) => expect(moduleName(path)).toBe(expected));
