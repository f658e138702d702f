/** How deep YAML may go: real files pass, and what keeps the parser busy does not reach it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readServiceConfig } from "../../src/model/service-config/service-config.js";
import { findTooDeep, maxYamlDepth } from "../../src/model/yaml-depth.js";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";

const deep: Readonly<Record<string, (depth: number) => string>> = {
  "maps in brackets": (depth) => "{a: ".repeat(depth),
  "lists in brackets": (depth) => "[".repeat(depth),
  "lists in brackets, a line each": (depth) => "[\n".repeat(depth),
  "explicit keys": (depth) => "? ".repeat(depth),
  "items of items": (depth) => "- ".repeat(depth),
  "items at the end of a line": (depth) => `${"- ".repeat(depth - 1)}-\n`,
  "values of values": (depth) => ": ".repeat(depth),
  indentation: (depth) => Array.from({ length: depth }, (_, level) => `${" ".repeat(level)}a:\n`).join(""),
  "indentation of items": (depth) => Array.from({ length: depth }, (_, level) => `${"  ".repeat(level)}-\n`).join(""),
  "brackets below items": (depth) => `${"- ".repeat(depth / 2)}${"[".repeat(depth / 2)}`,
};

test.each(Object.entries(deep))("%s: beyond the limit they are refused, and never below it", (_, text) => {
  expect(findTooDeep(text(maxYamlDepth + 2))).toBeTypeOf("number");
  expect(findTooDeep(text(400))).toBeTypeOf("number");
  expect(findTooDeep(text(maxYamlDepth - 2))).toBeUndefined();
});

test.each([
  ["a long list", "a:\n".concat("- b\n".repeat(10_000))],
  ["a long list of lists", "a:\n".concat("- [1, [2, {c: d}]]\n".repeat(10_000))],
  ["many maps", "a: {b: {c: d}}\n".repeat(10_000)],
  ["indentation that comes and goes", "a:\n  b:\n    - c: 1\n      d: 2\n".repeat(10_000)],
  ["a folded text", `a: |\n${"  - [x] - not closed ] }\n".repeat(1000)}`],
  ["dashes in words", `a: ${"x-y ".repeat(1000)}\n`],
  ["brackets that only close", "a: ]]]]]]}}}}}}\n"],
])("%s is not deep", (_, text) => {
  expect(findTooDeep(text)).toBeUndefined();
});

test("the example's configuration is far from the limit", () => {
  expect(findTooDeep(readFileSync("fixtures/example/grpc2lambda.yaml", "utf8"))).toBeUndefined();
});

test("a service configuration that is too deep is one finding", () => {
  const { config, diagnostics } = readServiceConfig("? ".repeat(400), "service.yaml");
  expect(config).toBeUndefined();
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ["HR023", "service configuration: nested too deep"],
  ]);
});

test("a configuration that is too deep is one finding", async () => {
  const project = createProject({ "grpc2lambda.yaml": "? ".repeat(400) });
  const { exitCode, stderr } = await runCli(project.root, "generate");
  project.remove();
  expect(exitCode).toBe(2);
  expect(stderr).toContain("error CF002: not valid YAML: it is nested too deeply");
  expect(stderr.trim()).toMatch(/\n1 error$/);
});
