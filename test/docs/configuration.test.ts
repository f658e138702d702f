/** docs/configuration.md says what schema.json and the command line's options say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationPage, type Schema } from "./configuration-page.js";

const root = join(import.meta.dirname, "../..");
const schema: Schema = JSON.parse(readFileSync(join(root, "schema.json"), "utf8"));

test("the page is what `npm run docs:configuration` writes", () => {
  expect(readFileSync(join(root, "docs/configuration.md"), "utf8")).toBe(configurationPage(schema));
});

test("a definition with keys that no section shows is refused", () => {
  const definitions = { ...schema.definitions, shelves: { properties: { theme: { type: "string" } } } };
  expect(() => configurationPage({ ...schema, definitions })).toThrow("not on the page: definition shelves");
});

test("an option whose key is not in the schema is refused", () => {
  const { skip: _, ...properties } = schema.properties ?? {};
  expect(() => configurationPage({ ...schema, properties })).toThrow("not on the page: skip");
});
