import { expect, test } from "vitest";
import { suggest } from "../src/diagnostics.js";

test.each([
  ["nmae", ["name", "theme"], "name"],
  ["Name", ["name"], "name"],
  ["shelf_idd", ["shelf", "shelf_id"], "shelf_id"],
  ["room", ["shelf", "theme"], undefined],
  ["", ["a"], "a"],
  ["a", [], undefined],
  ["a".repeat(257), ["a".repeat(257)], undefined],
])("%j among %j: %j", (name, candidates, expected) => {
  expect(suggest(name, candidates)).toBe(expected);
});
