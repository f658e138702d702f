/** The table of mutations fits the tree; `npm run test:mutations` proves what it says. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutations } from "./mutations.js";

test.each(mutations)("$title", ({ file, find, replace, test: tests }) => {
  expect(readFileSync(file, "utf8").split(find).length - 1, `times that ${file} has the text`).toBe(1);
  expect(replace).not.toBe(find);
  expect(readFileSync(tests, "utf8")).toContain("test");
});

test("the index has every area", () => {
  const index = readFileSync("test/mutations/mutations.ts", "utf8");
  const areas = readdirSync("test/mutations/areas").map((file) => file.replace(/\.ts$/, ""));
  expect(areas.filter((area) => !index.includes(`"./areas/${area}.js"`))).toEqual([]);
});

test("every pitfall has one", () => {
  const numbers = new Set(mutations.map(({ title }) => Number.parseInt(title, 10)));
  expect(Array.from({ length: 20 }, (_, at) => at + 1).filter((number) => !numbers.has(number))).toEqual([]);
});
