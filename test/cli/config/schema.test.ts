/** schema.json is what editors complete from, and what the tool checks with. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { targetIds } from "../../../src/plan/deployment-target-id.js";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly additionalProperties?: unknown;
}

const schema: Schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../../schema.json"), "utf8"));

const objects: readonly (readonly [string, Schema])[] = [
  ["the configuration", schema],
  ...Object.entries(schema.definitions ?? {}).map(
    ([name, definition]) =>
      [name, [definition.then, definition.else].find((branch) => branch?.properties) ?? definition] as const,
  ),
].filter((entry): entry is readonly [string, Schema] => (entry[1] as Schema).properties !== undefined);

test("it is a strict JSON Schema", () => {
  expect(() =>
    new Ajv({ strict: true, allowUnionTypes: true, keywords: ["flag", "expected"] }).compile(schema),
  ).not.toThrow();
  expect(objects.length).toBeGreaterThan(15);
});

test("it offers the targets of the list", () => {
  expect(schema.definitions?.["deployment"]?.properties?.["target"]).toMatchObject({ enum: targetIds });
});

test.each(objects)("%s explains every key and refuses others", (_, object) => {
  expect(object.additionalProperties).toBe(false);
  for (const [key, property] of Object.entries(object.properties ?? {})) {
    expect([key, property.description]).toEqual([key, expect.stringMatching(/\.$/)]);
  }
});
