/** Both readers give equal descriptors: our own on the source text, the other on what buf makes of it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileDescriptor } from "../../src/proto/descriptor.js";
import { loadProtos } from "../../src/proto/load.js";
import { readDescriptorSet } from "../../src/proto/descriptor-set/read-descriptor-set.js";
import { buildImage, googleApiFiles } from "../support/buf.js";
import { compareDescriptors } from "../support/compare-descriptors.js";

const paths = [
  "acme/edition.proto",
  "acme/edition2024.proto",
  "acme/edition2026.proto",
  "acme/options.proto",
  "acme/proto2.proto",
  "acme/proto3.proto",
  "acme/shared.proto",
  "google/api/annotations.proto",
  "google/api/http.proto",
  "nopackage.proto",
];

let cwd = "";
let source = new Map<string, FileDescriptor>();
let set = new Map<string, FileDescriptor>();

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "differential-"));
  cpSync(join(import.meta.dirname, "../../fixtures/proto/differential"), cwd, { recursive: true });
  for (const [path, text] of Object.entries(googleApiFiles())) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const loaded = loadProtos({ protos: ["."], includePaths: ["."], cwd });
  expect(loaded.diagnostics).toEqual([]);
  source = byPath(loaded.files);
  const read = readDescriptorSet(buildImage(cwd), "image.binpb");
  expect(read.diagnostics).toEqual([]);
  set = byPath(read.files);
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test.each(paths)("%s is the same from source and from a descriptor set", (path) => {
  const own = source.get(path);
  const other = set.get(path);
  if (own === undefined || other === undefined) throw new Error(`${path} was not read`);
  expect(compareDescriptors(own, other)).toEqual([]);
});

test("the nested type does not capture a name from outside", () => {
  const lake = source.get("acme/proto3.proto")?.messages[0];
  expect(lake?.fields[0]?.type).toEqual({ kind: "enum", fullName: "acme.three.State" });
});

test("defaults have one spelling", () => {
  const fields = source.get("acme/proto2.proto")?.messages[0]?.fields ?? [];
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.defaultValue]));
  expect(defaults).toMatchObject({
    text: 'a"b\né',
    number: "-9223372036854775808",
    unsigned: "18446744073709551615",
    raw: "\x00\xff\\\"'\t\x7f",
    ratio: "0.1",
    huge: "1e+300",
    negative_infinity: "-inf",
    not_a_number: "nan",
    flag: "true",
    level: "HIGH",
    octal: "511",
    hex: "-127",
  });
});

test("a rule is the same in every spelling", () => {
  const methods = source.get("acme/proto3.proto")?.services[0]?.methods ?? [];
  const [get, dotted] = methods.map((method) => method.http);
  expect(get?.pattern).toMatchObject({ kind: "get", httpMethod: "GET", path: { value: "/v1/{names=lakes/*}" } });
  expect(get?.additionalBindings.map((binding) => binding.pattern?.path.value)).toEqual([
    "/v1/lakes:get",
    "/v1/lakes",
    "/v1/x",
  ]);
  expect(dotted?.pattern).toMatchObject({ kind: "custom", httpMethod: "HEAD", path: { value: "/v1/éé/" } });
  expect(dotted).not.toHaveProperty("body");
});

test("the comparison sees what differs", () => {
  const own = source.get("acme/proto3.proto");
  const [message] = own?.messages ?? [];
  if (own === undefined || message === undefined) throw new Error("acme/proto3.proto was not read");
  const other = { ...own, package: "acme.four", messages: [{ ...message, span: { ...message.span, column: 1 } }] };
  expect(compareDescriptors(own, other)).toEqual([
    'acme/proto3.proto.package: source "acme.three", descriptor set "acme.four"',
    "acme/proto3.proto.messages.0.span.column: source 9, descriptor set 1",
  ]);
});

function byPath(files: readonly FileDescriptor[]): Map<string, FileDescriptor> {
  return new Map(files.map((file) => [file.path, file]));
}
