import { describe, expect, test } from "vitest";
import type { Span } from "../../src/diagnostics.js";
import type { ParsedField, ParsedMessage, ParsedTypeName } from "../../src/proto/parsed-file.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

function read(text: string) {
  const { file, diagnostics } = readProtoSource("a.proto", "a.proto", text);
  expect(diagnostics).toEqual([]);
  return file;
}

function firstMessage(text: string): ParsedMessage {
  const [message] = read(text).messages;
  if (message === undefined) throw new Error("the text has no message");
  return message;
}

const nameOf = (type: ParsedTypeName) => (type.kind === "scalar" ? `scalar ${type.scalar}` : type.name);

/** `label type name = number in oneof of extendee` */
function showField({ label, type, name, number, oneof, extendee }: ParsedField): string {
  const typeName =
    type.kind === "map"
      ? `map ${nameOf(type.key)}, ${nameOf(type.value)}`
      : type.kind === "group"
        ? `group ${type.name}`
        : nameOf(type);
  return `${label} ${typeName} ${name}=${number.value}${oneof ? ` in ${oneof}` : ""}${extendee ? ` of ${extendee.value}` : ""}`;
}

describe("the head of a file", () => {
  test.each([
    ["", "proto2", undefined],
    ["package a . b;", "proto2", "a.b"],
    ['syntax = "proto2";', "proto2", undefined],
    ["syntax = 'proto3'; package a.b.c;", "proto3", "a.b.c"],
    ['syntax = "pro" "to3";', "proto3", undefined],
    ['// c\n\nedition = "2023";', "2023", undefined],
    ['edition = "2024";', "2024", undefined],
    ['edition = "2026";', "2026", undefined],
  ])("%s", (text, edition, packageName) => {
    const file = read(text);
    expect([file.edition.value, file.package?.value]).toEqual([edition, packageName]);
  });

  test("imports keep their kind, order and place", () => {
    const file = read('edition = "2024";\nimport "b";\nimport public "a";\nimport weak "d";\nimport option "c";\n');
    expect(file.imports.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      "plain b",
      "public a",
      "weak d",
      "option c",
    ]);
    expect(file.imports[1]?.span).toEqual({ line: 3, column: 16, endLine: 3, endColumn: 17 });
  });
});

describe("fields", () => {
  test("keep declaration order, across oneofs, maps and groups", () => {
    const message = firstMessage(`syntax = "proto2";
message M {
  optional int32 a = 5;
  oneof o { string b = 4; group C = 3 { optional bool x = 1; } M d = 2; }
  map<string, .p.M> e = 0x10;
  repeated p . N f = 017;
  oneof q { bytes g = 6; }
  required group H = 7 {}
  optional map i = 8;
}`);
    expect(message.fields.map(showField)).toEqual([
      "optional scalar int32 a=5",
      "singular scalar string b=4 in o",
      "singular group C c=3 in o",
      "singular M d=2 in o",
      "repeated map scalar string, .p.M e=16",
      "repeated p.N f=15",
      "singular scalar bytes g=6 in q",
      "required group H h=7",
      "optional map i=8",
    ]);
    expect(message.oneofs.map((oneof) => oneof.name)).toEqual(["o", "q"]);
    expect(message.messages.map(({ name, isGroup, fields }) => [name, isGroup, fields.length])).toEqual([
      ["C", true, 1],
      ["H", true, 0],
    ]);
  });

  test("may be called like keywords", () => {
    const message = firstMessage(`syntax = "proto3";
message M {
  int32 message = 1; int32 map = 2; int32 option = 3; int32 reserved = 4; int32 to = 5;
  optional int32 optional = 6; int32 __proto__ = 7; int32 constructor = 8; int32 group = 9;
}`);
    expect(message.fields.map(({ name }) => name)).toEqual([
      "message",
      "map",
      "option",
      "reserved",
      "to",
      "optional",
      "__proto__",
      "constructor",
      "group",
    ]);
  });

  test("of extend blocks stand in the scope of the block, groups' messages too", () => {
    const file = read(`syntax = "proto2";
extend .p.M { optional int32 a = 100; repeated group B = 101 {} }
message N { extend p.M { optional string c = 102; } extend p.O { optional string d = 103; } }`);
    expect(file.extensions.map(showField)).toEqual([
      "optional scalar int32 a=100 of .p.M",
      "repeated group B b=101 of .p.M",
    ]);
    expect(file.messages.map(({ name }) => name)).toEqual(["B", "N"]);
    expect(file.messages[1]?.extensions.map(showField)).toEqual([
      "optional scalar string c=102 of p.M",
      "optional scalar string d=103 of p.O",
    ]);
  });
});

describe("ranges", () => {
  const show = (ranges: readonly { from: number; to: number; isMax: boolean }[]) =>
    ranges.map(({ from, to, isMax }) => `${from}-${to}${isMax ? " max" : ""}`);

  test("of messages", () => {
    const message = firstMessage(`message M {
  extensions 100, 0x100 to 0x1ff; extensions 1000 to max;
  reserved 2, 9 to 11, 536870911 to max; reserved "a", 'b';
}`);
    expect(show(message.extensionRanges)).toEqual(["100-101", "256-512", "1000-536870912 max"]);
    expect(show(message.reservedRanges)).toEqual(["2-3", "9-12", "536870911-536870912 max"]);
    expect(message.reservedNames.map(({ value }) => value)).toEqual(["a", "b"]);
  });

  test("of enums, and their negative numbers", () => {
    const [declared] = read(`edition = "2023";
enum E { A = 0; B = -1; C = - 0x10; reserved -9 to -2, 7 to max; reserved Q, R; }`).enums;
    expect(declared?.values.map(({ name, number }) => `${name}=${number.value}`)).toEqual(["A=0", "B=-1", "C=-16"]);
    expect(show(declared?.reservedRanges ?? [])).toEqual(["-9--1", "7-2147483648 max"]);
    expect(declared?.reservedNames.map(({ value }) => value)).toEqual(["Q", "R"]);
  });
});

describe("services", () => {
  test("say what streams, and keep type names as written", () => {
    const [service] = read(`syntax = "proto3";
service S {
  rpc A(M) returns (N);
  rpc B(stream .p.M) returns (N) {}
  rpc C(p . M) returns (stream N) { option deprecated = true; };
  rpc D(stream stream) returns (stream);
}`).services;
    const shown = service?.methods.map(
      ({ name, input, output, clientStreaming, serverStreaming }) =>
        `${name} ${clientStreaming ? "stream " : ""}${input.value} ${serverStreaming ? "stream " : ""}${output.value}`,
    );
    expect(shown).toEqual(["A M N", "B stream .p.M N", "C p.M stream N", "D stream stream stream"]);
  });
});

describe("visibility", () => {
  test.each(["2024", "2026"])("is read over in edition %s", (edition) => {
    const file = read(
      `edition = "${edition}";\nexport message A { local enum B { C = 0; } local x = 1; }\nlocal enum D { E = 0; }`,
    );
    expect(file.messages[0]?.enums[0]?.name).toBe("B");
    expect(file.messages[0]?.fields.map(showField)).toEqual(["singular local x=1"]);
    expect(file.enums[0]?.name).toBe("D");
  });

  test("is not part of edition 2023", () => {
    const { diagnostics } = readProtoSource("a.proto", "a.proto", 'edition = "2023";\nexport message A {}');
    expect(diagnostics.map(({ code, location }) => `${location?.line}:${location?.column} ${code}`)).toEqual([
      "2:1 PB001",
    ]);
  });
});

describe("places", () => {
  const text = `syntax = "proto3";
package acme.v1;
message Größe_is_in_a_comment_only {} // é
`.replace("Größe_is_in_a_comment_only", "Size");
  const source = `${text}/* 😀 */ message M {
\trepeated  acme.v1.Size sizes = 12;
  map<string, Size> by_name = 3;
}
enum E { ZERO = -0; }
service S { rpc Get ( stream M ) returns(.acme.v1.Size); }
`;
  const lines = source.split("\n");
  const cut = (span: Span | undefined) =>
    span === undefined ? undefined : lines[span.line - 1]?.slice(span.column - 1, span.endColumn - 1);

  test("are those of the words", () => {
    const file = read(source);
    const [, message] = file.messages;
    const [sizes, byName] = message?.fields ?? [];
    const [method] = file.services[0]?.methods ?? [];
    expect(cut(file.edition.span)).toBe("proto3");
    expect(cut(file.package?.span)).toBe("acme.v1");
    expect(message?.span).toEqual({ line: 4, column: 18, endLine: 4, endColumn: 19 });
    expect(sizes?.span).toEqual({ line: 5, column: 25, endLine: 5, endColumn: 30 });
    expect([sizes?.labelSpan, sizes?.type.span, sizes?.number.span].map(cut)).toEqual([
      "repeated",
      "acme.v1.Size",
      "12",
    ]);
    expect([byName?.type.span, byName?.span].map(cut)).toEqual(["map<string, Size>", "by_name"]);
    expect([file.enums[0]?.span, file.enums[0]?.values[0]?.number.span].map(cut)).toEqual(["E", "-0"]);
    expect(file.enums[0]?.values[0]?.number.value).toBe(0);
    expect([method?.span, method?.input.span, method?.output.span].map(cut)).toEqual(["Get", "M", ".acme.v1.Size"]);
  });
});
