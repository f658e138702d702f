/** The limits of what is read at their exact value: one below it and the value itself are taken, one above is refused or left out. */
import { closeSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { suggest } from "../../src/diagnostics.js";
import { readDescriptorSet } from "../../src/proto/descriptor-set/read-descriptor-set.js";
import { loadProtos } from "../../src/proto/load.js";
import { readText } from "../../src/proto/sources/read-text.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { field } from "../support/wire-bytes.js";

let project: TemporaryProject;
beforeAll(() => {
  project = createProject({});
});
afterAll(() => project.remove());

/** The findings about a file. */
function findingsIn(text: string) {
  project.put("a.proto", text);
  return loadProtos({ protos: ["a.proto"], includePaths: [], cwd: project.root }).diagnostics;
}

const proto2 = (declarations: string): string[] =>
  findingsIn(`syntax = "proto2";\n${declarations}\n`).map(({ code }) => code);

test.each([
  [0, ["PB050"]],
  [1, []],
  [18_999, []],
  [19_000, ["PB051"]],
  [19_999, ["PB051"]],
  [20_000, []],
  [536_870_911, []],
  [536_870_912, ["PB050"]],
])("a field of number %i: %j", (number, codes) => {
  expect(proto2(`message M { optional int32 a = ${number}; }`)).toEqual(codes);
});

describe.each([
  ["a message", "", 536_870_911],
  ["a message set", "option message_set_wire_format = true; ", 2_147_483_646],
])("extensions of %s", (_, option, last) => {
  it.each([
    [last - 1, true],
    [last, true],
    [last + 1, false],
  ])("up to %i: %s", (number, isTaken) => {
    expect(proto2(`message M { ${option}extensions 4 to ${number}; }`).length === 0).toBe(isTaken);
  });
});

/** Text that is refused beyond a limit, by the number of whatever it counts. */
const texts: readonly (readonly [what: string, limit: number, text: (count: number) => string])[] = [
  ["parts of a name", 200, (count) => `package ${Array(count).fill("a").join(".")};`],
  ["parts of a type", 200, (count) => `message M { optional ${Array(count).fill("a").join(".")} f = 1; }`],
  ["messages in each other", 32, (count) => `${"message M {".repeat(count)}${"}".repeat(count)}`],
  ["values in each other", 100, (count) => `option (x) = ${"{a ".repeat(count)}{}${"}".repeat(count)};`],
  [
    "values in angle brackets in each other",
    100,
    (count) => `option (x) = {a ${"<a ".repeat(count - 1)}<>${">".repeat(count - 1)}};`,
  ],
];

describe.each(texts)("%s", (_, limit, text) => {
  const codesOf = (count: number): string[] =>
    readProtoSource("a.proto", "a.proto", `syntax = "proto2";\n${text(count)}`).diagnostics.map(({ code }) => code);
  it.each([limit - 1, limit])("%i are taken", (count) => expect(codesOf(count)).toEqual([]));
  it(`${limit + 1} are refused`, () => expect(codesOf(limit + 1)).toContain("PB012"));
});

test.each([
  ["\\377", true],
  ["\\400", false],
  ["\\U0010ffff", true],
  ["\\U00110000", false],
])("the escape %s is one: %s", (written, isTaken) => {
  const { diagnostics } = readProtoSource(
    "a.proto",
    "a.proto",
    `syntax = "proto2";\noption java_package = "${written}";`,
  );
  expect(diagnostics.length === 0).toBe(isTaken);
});

test.each([99, 100, 101])("of %i findings about the syntax of a file 100 are reported", (count) => {
  const { diagnostics } = readProtoSource("a.proto", "a.proto", `syntax = "proto3";\n${"message;\n".repeat(count)}`);
  expect(diagnostics).toHaveLength(Math.min(count, 100));
});

test.each([7, 8, 9])("of %i ranges for extensions a message names eight", (count) => {
  const ranges = Array.from({ length: count }, (_, at) => `extensions ${at * 10 + 10};`).join(" ");
  const [finding] = findingsIn(`syntax = "proto2";\nmessage M { ${ranges} }\nextend M { optional int32 a = 5; }`);
  expect(finding?.message.match(/\d0\b/g)).toHaveLength(Math.min(count, 8));
  expect(finding?.message.includes("or one of 1 more ranges")).toBe(count > 8);
});

test.each([9, 10, 11])("of a circle of %i names ten are shown", (names) => {
  const files = names - 1;
  const of = (at: number): string => `circle${at % files}.proto`;
  for (let at = 0; at < files; at++) project.put(of(at), `syntax = "proto3";\nimport "${of(at + 1)}";\n`);
  const { diagnostics } = loadProtos({ protos: [of(0)], includePaths: [], cwd: project.root });
  const message = diagnostics.map((each) => each.message).find((each) => each.includes("circle"));
  expect(message?.match(/"circle\d+\.proto"/g)).toHaveLength(Math.min(names, 10));
});

test.each([255, 256, 257])("for a name of %i characters another is suggested, up to 256", (length) => {
  const name = "a".repeat(length);
  expect(suggest(name, [`${name.slice(1)}b`])).toBe(length > 256 ? undefined : `${name.slice(1)}b`);
});

test.each([-1, 0, 1])("a file of 64 MB and %i bytes", (more) => {
  const file = join(project.root, "large.proto");
  const descriptor = openSync(file, "w");
  ftruncateSync(descriptor, 64 * 1024 * 1024 + more);
  closeSync(descriptor);
  const read = readText({ file, displayPath: "large.proto", importPath: "large.proto" } as never);
  expect(read.kind === "failure" ? read.diagnostic.code : read.kind).toBe(more > 0 ? "PB019" : "text");
});

const nothing = Buffer.alloc(0);
const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const setOf = (...content: readonly Buffer[]): Buffer =>
  field(1, Buffer.concat([text(1, "a.proto"), text(12, "proto3"), ...content]));

function nestedMessages(count: number): Buffer {
  let message = text(1, "M");
  for (let level = 1; level < count; level++) message = Buffer.concat([text(1, "M"), field(3, message)]);
  return setOf(field(4, message));
}

function nestedRules(count: number): Buffer {
  let rule = text(2, "/v1");
  for (let level = 1; level < count; level++) rule = Buffer.concat([text(2, "/v1"), field(11, rule)]);
  const method = [text(1, "Get"), text(2, ".M"), text(3, ".M"), field(4, field(72_295_728, rule))];
  return setOf(field(4, text(1, "M")), field(6, Buffer.concat([text(1, "S"), field(2, Buffer.concat(method))])));
}

function nestedGroups(count: number): Buffer {
  const tags = (wireType: number): Buffer => Buffer.alloc(count, (15 << 3) | wireType);
  return setOf(tags(3), tags(4));
}

describe.each<[string, number, (count: number) => Buffer]>([
  ["messages in each other", 101, nestedMessages],
  ["rules in each other", 101, nestedRules],
  ["groups in each other", 101, nestedGroups],
  ["parts of a package", 200, (count) => setOf(text(2, Array(count).fill("a").join(".")), nothing)],
])("%s of a descriptor set", (_, limit, make) => {
  const codesOf = (count: number): string[] =>
    readDescriptorSet(make(count), "set.binpb").diagnostics.map(({ code }) => code);
  it.each([limit - 1, limit])("%i are taken", (count) => expect(codesOf(count)).not.toContain("PB030"));
  it(`${limit + 1} are refused`, () => expect(codesOf(limit + 1)).toContain("PB030"));
});
