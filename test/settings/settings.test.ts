/** A setting is declared in schema.json once: types, defaults, flags and the reference are written from it. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addOutputOptions, addProjectOptions } from "../../src/cli/commands/project-options.js";
import type { SettingFlag } from "../../src/cli/config/setting-flag.js";
import { settingFlags } from "../../src/cli/config/setting-flags.js";
import { withFlags } from "../../src/cli/config/with-flags.js";
import { settingDefaults } from "../../src/plan/setting-defaults.js";
import { configTypes } from "./config-types.js";
import { readSchema, resolved, type Schema } from "./schema.js";
import { withStatedDefaults } from "./stated-defaults.js";
import { writtenFiles } from "./written-files.js";

const schema = readSchema();
const ajv = new Ajv({ strict: true, allowUnionTypes: true, keywords: ["flag", "expected"] });
const accepts = ajv.compile(schema);

test.each([...writtenFiles(schema)])("%s is what `npm run settings` writes", (path, text) => {
  expect(readFileSync(path, "utf8")).toBe(text);
});

describe("defaults", () => {
  const sections = Object.entries(settingDefaults).filter(([name]) => name !== "top");
  const owned = ["transcoding", "deployment", "build"];

  test.each(Object.entries(settingDefaults.top))("%s: %s is a value that the key accepts", (key, value) => {
    expect(accepts({ [key]: value })).toBe(true);
  });

  test.each(sections.filter(([name]) => owned.includes(name)))("%s: the keys accept them", (name, values) => {
    expect(accepts({ [name]: values })).toBe(true);
  });

  test("settings in settings: the keys accept them", () => {
    const cors = { origins: ["*"], ...settingDefaults.cors };
    const { accessLogs, alarms, release, largePayloads, cache, usagePlan, vpc } = settingDefaults;
    const deployment = { cors, largePayloads, accessLogs, alarms, release, cache, usagePlan, vpc };
    expect(accepts({ deployment })).toBe(true);
    expect(sections.map(([name]) => name)).toEqual([
      "dependency",
      "traffic",
      "observability",
      "transcoding",
      "deployment",
      "authSettings",
      "domain",
      "cache",
      "usagePlan",
      "fixedAnswer",
      "cors",
      "build",
      "vpc",
      "accessLogs",
      "alarms",
      "release",
      "largePayloads",
    ]);
  });

  test("a description that ends with a single value has it as `default`, unless another file decides", () => {
    const owners = [["top", schema] as const, ...Object.entries(schema.definitions ?? {})];
    const silent = owners.flatMap(([name, owner]) =>
      Object.entries(owner.properties ?? {})
        .filter(([, property]) => isStated(property) && property.default === undefined)
        .map(([key]) => `${name}.${key}`),
    );
    expect(silent).toEqual([
      // These are read where they differ from what is said.
      "go.mode",
      "method.status",
      "service.library",
      "server.bridge",
      // The same in both profiles of the runtime.
      "transcoding.streaming",
      // The runtime's own.
      "compression.minBytes",
    ]);
  });

  test("the description says the default, and follows it", () => {
    const properties = { a: { description: "Megabytes. Default: 256, at most.", default: 512 }, b: { default: true } };
    expect(withStatedDefaults({ properties }).properties).toEqual({
      a: { description: "Megabytes. Default: 512, at most.", default: 512 },
      b: { description: "Default: true.", default: true },
    });
  });
});

function isStated({ description = "", enum: values = [], type }: Schema): boolean {
  const [, word = ""] = /Default: (\S+)\.$/.exec(description) ?? [];
  return values.map(String).includes(word) || (type === "boolean" && /^(true|false)$/.test(word)) || /^\d+$/.test(word);
}

describe("flags", () => {
  const { options } = addOutputOptions(addProjectOptions(new Command()));

  test("the command line has those of the table, and --config", () => {
    const names = new Set(options.map((option) => option.attributeName()));
    expect([...names].sort()).toEqual(["config", ...settingFlags.map(({ member }) => member)].sort());
  });

  test.each(settingFlags.map((flag) => [flag.member, flag] as const))("%s", (member, flag) => {
    const [text, value] = sampleOf(flag);
    const option = options.find((candidate) => candidate.attributeName() === member);
    const parsed = option?.parseArg === undefined ? value : option.parseArg(text, undefined as never);
    expect(parsed).toEqual(value);
    const [key, inner] = flag.key;
    const config: object = withFlags({}, { [member]: parsed });
    const set = flag.takes.kind === "nothing" ? flag.takes.sets : value;
    const isPath = flag.takes.kind === "path" || flag.takes.kind === "paths";
    expect(config).toEqual(isPath ? {} : { [key]: inner === undefined ? set : { [inner]: set } });
    expect(accepts(config)).toBe(true);
  });

  test("a flag goes before the configuration, and leaves its other keys", () => {
    const config = { deployment: { memorySize: 256, timeout: 5 }, only: ["acme.A"] };
    expect(withFlags(config, { memorySize: 1024 })).toEqual({
      ...config,
      deployment: { memorySize: 1024, timeout: 5 },
    });
    expect(withFlags(config, { bindUnbound: false })).toEqual(config);
  });
});

/** What is written on the command line, and the value that it is read as. */
function sampleOf({ takes }: SettingFlag): readonly [string, unknown] {
  switch (takes.kind) {
    case "nothing":
    case "switch":
      return ["", true];
    case "paths":
    case "texts":
      return ["a", ["a"]];
    case "choice":
      return [String(takes.values.at(-1)), takes.values.at(-1)];
    case "integer":
      return [String(takes.maximum), takes.maximum];
    case "path":
    case "text":
      return ["library-api", "library-api"];
    default:
      return takes satisfies never;
  }
}

describe("types", () => {
  const typed = (property: Schema): string => {
    const text = configTypes({ description: "A shelf.", type: "object", properties: { key: property }, definitions });
    return /readonly key\?: ([^;]*);/.exec(text)?.[1] ?? text;
  };
  const definitions = {
    path: { type: "string" },
    names: { type: "array", items: { type: "string" } },
    size: { description: "A size.", enum: ["small", "large"] },
    shelf: { description: "A shelf.", type: "object", required: ["name"], properties: { name: { type: "string" } } },
  };

  test.each([
    [{ type: "string" }, "string"],
    [{ type: "integer" }, "number"],
    [{ type: "boolean" }, "boolean"],
    [{ enum: ["a", 1, true, false] }, '"a" | 1 | boolean'],
    [{ enum: [1, 2, 3, 4, 5] }, "number"],
    [{ $ref: "#/definitions/path" }, "string"],
    [{ $ref: "#/definitions/names" }, "readonly (string)[]"],
    [{ $ref: "#/definitions/size" }, "SizeConfig"],
    [{ type: "array", items: { $ref: "#/definitions/shelf" } }, "readonly (ShelfConfig)[]"],
    [{ type: ["string", "array"], items: { type: "string" } }, "string | readonly (string)[]"],
    [{ type: "object", additionalProperties: { type: "number" } }, "Readonly<Record<string, number>>"],
  ] as const)("%j", (property, type) => {
    expect(typed(property)).toBe(type);
  });

  test("a definition needs words, and a type that is known", () => {
    expect(() => configTypes({ type: "object", properties: {} })).toThrow("does not say what");
    expect(() => typed({ type: "null" })).toThrow("the type null");
    expect(() => resolved(schema, { $ref: "#/definitions/shelves" })).toThrow('no definition "#/definitions/shelves"');
  });
});
