/** docs/configuration.md leaves nothing of schema.json out; test/settings/ compares the page itself. */
import { expect, test } from "vitest";
import { readSchema } from "../settings/schema.js";
import { configurationPage } from "./configuration-page.js";

const schema = readSchema();

test("a definition with keys that no section shows is refused", () => {
  const definitions = { ...schema.definitions, shelves: { properties: { theme: { type: "string" } } } };
  expect(() => configurationPage({ ...schema, definitions })).toThrow("not on the page: definition shelves");
});
