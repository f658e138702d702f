/** Words of paths: none is a device of Windows or begins with a digit, and none is taken twice. */
import { expect, it } from "vitest";
import { fileWord, uniqueNames } from "../../src/plan/naming.js";

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
