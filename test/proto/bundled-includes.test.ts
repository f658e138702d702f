import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
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
import { loadProtos } from "../../src/proto/load.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";
import { withFiles } from "../support/buf.js";

const bundled = fileURLToPath(new URL("../../src/proto/include/", import.meta.url));
const google = fileURLToPath(new URL("../../node_modules/google-proto-files/", import.meta.url));
const goModules = join(process.env["GOMODCACHE"] ?? join(homedir(), "go/pkg/mod"), "github.com");

/**
 * The option protos of other projects: the folder of the upstream file in Go's module cache, and a digest of its facts, for machines
 * that do not have it. `npm run test:gateway` downloads grpc-gateway's.
 */
const others: Readonly<Record<string, readonly [folder: string, digest: string]>> = {
  "buf/validate/validate.proto": ["bufbuild/protovalidate@v1.2.2/proto/protovalidate", "74954b563c00a6c6"],
  "gogoproto/gogo.proto": ["gogo/protobuf@v1.3.2", "f5d00358e64daae5"],
  "protoc-gen-openapiv2/options/annotations.proto": ["grpc-ecosystem/grpc-gateway/v2@v2.33.0", "0146199afc5a989e"],
  "protoc-gen-openapiv2/options/openapiv2.proto": ["grpc-ecosystem/grpc-gateway/v2@v2.33.0", "0c5257b03848cc65"],
  "protoc-gen-openapiv3/options/annotations.proto": ["grpc-ecosystem/grpc-gateway/v2@v2.33.0", "c63b24673381303d"],
  "protoc-gen-openapiv3/options/openapiv3.proto": ["grpc-ecosystem/grpc-gateway/v2@v2.33.0", "9b23ff7f708097e4"],
  "protoc-gen-swagger/options/annotations.proto": ["grpc-ecosystem/grpc-gateway@v1.16.0", "7c949e2f95c42505"],
  "protoc-gen-swagger/options/openapiv2.proto": ["grpc-ecosystem/grpc-gateway@v1.16.0", "39172f687a280c40"],
  "validate/validate.proto": ["envoyproxy/protoc-gen-validate@v1.3.3", "0d2fa4cbf7bd9806"],
};

/** Another name of a file, of which it declares nothing itself. */
const alias = "github.com/gogo/protobuf/gogoproto/gogo.proto";

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
  for (const { name, methods } of file.services) {
    facts.push(...methods.map((method) => `rpc ${name}.${method.name} ${method.input.value} ${method.output.value}`));
  }
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
    expect(paths).toHaveLength(54);
    expect(paths).toContain("google/api/annotations.proto");
    expect(paths).toContain("google/protobuf/timestamp.proto");
    expect(paths).toContain("google/rpc/status.proto");
    expect(paths.filter((path) => !path.startsWith("google/"))).toEqual([...Object.keys(others), alias].sort());
  });

  test.each(paths.filter((path) => path.startsWith("google/")))("%s declares what upstream declares", (path) => {
    const facts = factsOf(bundled, path);
    expect(facts.length).toBeGreaterThan(2);
    expect(facts).toEqual(factsOf(google, path));
  });

  test.each(Object.entries(others))("%s declares what upstream declares", (path, [folder, digest]) => {
    const facts = factsOf(bundled, path);
    const root = join(goModules, folder);
    if (existsSync(join(root, path))) expect(facts).toEqual(factsOf(root, path));
    expect(createHash("sha256").update(facts.join("\n")).digest("hex").slice(0, 16)).toBe(digest);
  });

  test("another name of a file declares nothing of its own", () => {
    const { file } = readProtoSource(alias, alias, readFileSync(join(bundled, alias), "utf8"));
    expect(file.imports.map(({ path, kind }) => `${kind} ${path}`)).toEqual(["public gogoproto/gogo.proto"]);
    expect([...file.messages, ...file.enums, ...file.extensions]).toEqual([]);
  });

  test.each(paths)("%s imports only files that are there", (path) => {
    const { file } = readProtoSource(path, path, readFileSync(join(bundled, path), "utf8"));
    for (const edge of file.imports) expect(existsSync(join(bundled, edge.path)), edge.path).toBe(true);
  });

  test("link together, and with what uses their options", () => {
    const imports = [...Object.keys(others), alias, "google/longrunning/operations.proto"];
    const text = `syntax = "proto3"; ${imports.map((path) => `import "${path}";`).join(" ")}
message M {
  string name = 1 [(buf.validate.field).string.min_len = 1, (validate.rules).string = { pattern: "^x$" }, (gogoproto.nullable) = false];
  google.longrunning.Operation operation = 2 [(grpc.gateway.protoc_gen_openapiv2.options.openapiv2_field) = { title: "x" }];
}`;
    expect(load(text)).toEqual([]);
  });

  test("may be of another version than the files that use them: a warning", () => {
    const text = `syntax = "proto3"; import "buf/validate/validate.proto";
message M { string name = 1 [(buf.validate.field).ignore_empty = true, (buf.validate.field).string = { min_length: 1 }, (buf.validate.field).ignore = IGNORE_EMPTY]; }`;
    expect(load(text)).toEqual(["warning PB066", "warning PB066", "warning PB069"]);
  });

  test.each([
    ["an extension of a fork", "gogoproto/gogo.proto", "(gogoproto.castrepeated)", "warning PB065"],
    ["by another name of the file", alias, "(.gogoproto.castrepeated)", "warning PB065"],
    ["not in the file's package", "gogoproto/gogo.proto", "(other.castrepeated)", "error PB065"],
    ["of Google's own", "google/api/field_behavior.proto", "(google.api.behaviour)", "error PB065"],
  ])("%s", (_, path, option, expected) => {
    expect(load(`syntax = "proto3"; import "${path}"; message M { string a = 1 [${option} = "x"]; }`)).toEqual([
      expected,
    ]);
  });

  test.each([
    [
      "a rule",
      'import "google/api/annotations.proto"; message M {} service S { rpc R(M) returns (M) { option (google.api.http) = { gett: "/v1" }; } }',
    ],
    ["a standard option", "message M { string a = 1 [ctype = CORDD]; }"],
  ])("%s that is wrong stays an error", (_, text) => {
    expect(load(`syntax = "proto3"; ${text}`)[0]).toMatch(/^error PB06[69]$/);
  });
});

function load(text: string): string[] {
  const { diagnostics } = withFiles({ "a.proto": text }, (cwd) => {
    return loadProtos({ cwd, protos: ["a.proto"], includePaths: [] });
  });
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}
