/** The interfaces of config.ts have the keys of schema.json, which is what they describe. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Definition {
  readonly properties?: object;
  readonly else?: Definition;
}

const root = join(import.meta.dirname, "../../..");
const schema = JSON.parse(readFileSync(join(root, "schema.json"), "utf8"));
const definitions: Readonly<Record<string, Definition>> = { ...schema.definitions, "": schema };
const source = readFileSync(join(root, "src/cli/config/config.ts"), "utf8");

/** The keys of an interface, in order of declaration. */
function keysOf(name: string): string[] {
  const [, body = ""] = new RegExp(`^export interface ${name} \\{\\n([\\s\\S]*?)^\\}$`, "m").exec(source) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, key = ""]) => key);
}

test.each([
  ["", "Config"],
  ["messages", "MessageOptions"],
  ["go", "GoConfig"],
  ["method", "MethodConfig"],
  ["service", "ServiceConfig"],
  ["server", "ServerConfig"],
  ["transcoding", "TranscodingConfig"],
  ["deployment", "DeploymentConfig"],
  ["build", "BuildConfig"],
  ["compression", "CompressionConfig"],
  ["release", "ReleaseConfig"],
  ["largePayloads", "LargePayloadsConfig"],
  ["cors", "CorsConfig"],
  ["compare", "CompareConfig"],
  ["compareRule", "CompareRuleConfig"],
])("definition %s: %s", (definition, name) => {
  const described = definitions[definition];
  const keys = Object.keys(described?.properties ?? described?.else?.properties ?? {});
  expect(keys.length).toBeGreaterThan(0);
  expect(keysOf(name).sort()).toEqual(keys.sort());
});

test("every interface is held to a definition", () => {
  const names = [...source.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name);
  expect(names).toHaveLength(15);
});
