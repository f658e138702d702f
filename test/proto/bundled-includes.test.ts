import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type {
  ParsedEnum,
  ParsedField,
  ParsedMessage,
  ParsedOption,
  ParsedTypeName,
} from "../../src/proto/parsed-file.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

const bundled = fileURLToPath(new URL("../../src/proto/include/", import.meta.url));
const upstream = fileURLToPath(new URL("../../node_modules/google-proto-files/", import.meta.url));

/** Options of the field itself; options about options (targets, retention, …) are upstream's own business. */
const comparedOptions = new Set(["packed", "deprecated", "default", "allow_alias", "message_set_wire_format"]);

/** One line per declared thing, sorted: what a file means, whatever its layout. */
function factsOf(root: string, path: string): string[] {
  const { file, diagnostics } = readProtoSource(path, path, readFileSync(join(root, path), "utf8"));
  expect(diagnostics).toEqual([]);
  const facts = [`edition ${file.edition.value}`, `package ${file.package?.value}`];
  for (const { path, kind } of file.imports) facts.push(`import ${kind} ${path}`);
  for (const field of file.extensions) facts.push(fieldFact("", field));
  for (const message of file.messages) facts.push(...messageFacts("", message));
  for (const declared of file.enums) facts.push(...enumFacts("", declared));
  return facts.sort();
}

function messageFacts(scope: string, message: ParsedMessage): string[] {
  const name = `${scope}${message.name}`;
  return [
    `message ${name} ${optionFacts(message.options)}`,
    ...message.fields.map((field) => fieldFact(name, field)),
    ...message.extensions.map((field) => fieldFact(name, field)),
    ...message.oneofs.map((oneof) => `oneof ${name}.${oneof.name}`),
    ...message.extensionRanges.map(({ from, to }) => `extensions ${name} ${from}-${to}`),
    ...message.reservedRanges.map(({ from, to }) => `reserved ${name} ${from}-${to}`),
    ...message.reservedNames.map(({ value }) => `reserved ${name} ${value}`),
    ...message.messages.flatMap((nested) => messageFacts(`${name}.`, nested)),
    ...message.enums.flatMap((nested) => enumFacts(`${name}.`, nested)),
  ];
}

function enumFacts(scope: string, declared: ParsedEnum): string[] {
  const name = `${scope}${declared.name}`;
  return [
    `enum ${name} ${optionFacts(declared.options)}`,
    ...declared.values.map(
      (value) => `value ${name} ${value.name}=${value.number.value} ${optionFacts(value.options)}`,
    ),
    ...declared.reservedRanges.map(({ from, to }) => `reserved ${name} ${from}-${to}`),
    ...declared.reservedNames.map(({ value }) => `reserved ${name} ${value}`),
  ];
}

function fieldFact(scope: string, field: ParsedField): string {
  const place = `${field.extendee?.value ?? ""} ${field.oneof ?? ""}`;
  const { type } = field;
  const typeName = type.kind === "map" ? `map ${nameOf(type.key)} ${nameOf(type.value)}` : nameOf(type);
  return `field ${scope}.${field.name}=${field.number.value} ${field.label} ${typeName} in ${place} ${optionFacts(field.options)}`;
}

function nameOf(type: ParsedTypeName | { kind: "group"; name: string }): string {
  return type.kind === "scalar" ? type.scalar : type.name;
}

function optionFacts(options: readonly ParsedOption[]): string {
  const facts = options.flatMap(({ name, value }) => {
    const key = name.map((part) => part.text).join(".");
    if (!comparedOptions.has(key) || value.kind === "message" || value.kind === "list") return [];
    return [`${key}=${value.kind === "identifier" ? value.name : value.text}`];
  });
  return facts.sort().join(",");
}

describe("the protos that the tool brings along", () => {
  const paths = readdirSync(bundled, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".proto"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();

  test("are the ones that APIs import most", () => {
    expect(paths).toHaveLength(43);
    expect(paths).toContain("google/api/annotations.proto");
    expect(paths).toContain("google/protobuf/timestamp.proto");
    expect(paths).toContain("google/rpc/status.proto");
  });

  test.each(paths)("%s declares what upstream declares", (path) => {
    const facts = factsOf(bundled, path);
    expect(facts.length).toBeGreaterThan(2);
    expect(facts).toEqual(factsOf(upstream, path));
  });

  test.each(paths)("%s imports only files that are there", (path) => {
    const { file } = readProtoSource(path, path, readFileSync(join(bundled, path), "utf8"));
    for (const edge of file.imports) expect(existsSync(join(bundled, edge.path)), edge.path).toBe(true);
  });
});
