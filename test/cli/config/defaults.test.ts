/** A default stands in the code once; the schema and the help of the command line say the same. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addOutputOptions, addProjectOptions } from "../../../src/cli/commands/project-options.js";
import { readSettings } from "../../../src/cli/config/settings.js";
import { deploymentDefaults } from "../../../src/plan/deployment-defaults.js";
import { createProject } from "../../support/temporary-project.js";

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schema: Schema = JSON.parse(readFileSync("schema.json", "utf8"));

/** `Default: 512.`, as the description of a key ends; undefined where the default needs a sentence. */
function stated(definition: string, key: string): string | undefined {
  const { description = "" } = schema.definitions?.[definition]?.properties?.[key] ?? {};
  return /Default: ([^ ]+)\.$/.exec(description)?.[1];
}

/** Keys whose default the schema says in a word. */
function keysOf(definition: string): string[] {
  return Object.keys(schema.definitions?.[definition]?.properties ?? {}).filter((key) => stated(definition, key));
}

describe("deployment", () => {
  const defaults: Readonly<Record<string, unknown>> = deploymentDefaults;

  test.each(keysOf("deployment").filter((key) => key in defaults))("%s", (key) => {
    const value = defaults[key];
    expect(stated("deployment", key)).toBe(Array.isArray(value) && value.length === 0 ? "none" : String(value));
  });

  test("the schema states those that it can", () => {
    const silent = Object.keys(defaults).filter((key) => stated("deployment", key) === undefined);
    expect(silent).toEqual(["hosts", "rulePriorities", "environment", "policies"]);
  });
});

test("transcoding", async () => {
  const project = createProject({ "a.proto": 'syntax = "proto3";', "grpc2lambda.yaml": "protos: [a.proto]\n" });
  try {
    const { settings } = await readSettings([], {}, project.root);
    const settled = settings?.request.plan.transcoding as unknown as Readonly<Record<string, unknown>>;
    const shared = keysOf("transcoding").filter((key) => settled[key] !== undefined);
    expect(shared).toEqual(["profile", "emitDefaults", "originalNames", "enumsAsNumbers"]);
    for (const key of shared) expect([key, stated("transcoding", key)]).toEqual([key, String(settled[key])]);
  } finally {
    project.remove();
  }
});

test("options of the command line", () => {
  const { options } = addOutputOptions(addProjectOptions(new Command()));
  const deployment: Readonly<Record<string, unknown>> = deploymentDefaults;
  const said = options.flatMap((option) => {
    const [, value] = /\(default: ([\w.-]+)\)/.exec(option.description) ?? [];
    return value === undefined ? [] : [[option.attributeName(), value] as const];
  });
  const compared = said.filter(([name]) => name in deployment);
  expect(compared.map(([name]) => name)).toEqual([
    "target",
    "frontDoor",
    "runtime",
    "architecture",
    "memorySize",
    "timeout",
    "logRetentionDays",
    "auth",
  ]);
  for (const [name, value] of compared) expect([name, value]).toEqual([name, String(deployment[name])]);
});
