import { describe, expect, test } from "vitest";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

/** The findings about `text` as `line:column-endColumn CODE message`. */
function findingsIn(text: string): string[] {
  return readProtoSource("a.proto", "a.proto", text).diagnostics.map(({ location, code, message, help }) => {
    const place = `${location?.line}:${location?.column}-${location?.endColumn}`;
    return `${place} ${code} ${message}${help === undefined ? "" : ` | ${help}`}`;
  });
}

const proto3 = 'syntax = "proto3";\n';

describe("one wrong statement", () => {
  test.each([
    ["message M { int32 a = 1 }", '2:25-26 PB001 found "}", expected ";" or "["'],
    ["message M { int32 a 1; }", '2:21-22 PB001 found "1", expected "="'],
    ["message M { int32 = 1; }", '2:19-20 PB001 found "=", expected a field name'],
    ["message M { int32 a = -1; }", '2:23-24 PB001 found "-", expected a field number'],
    ["message M { int32 a = 1.0; }", '2:23-26 PB001 found "1.0", expected a field number'],
    ["message M { int32 a = 08; }", '2:23-25 PB001 found "08", expected a field number'],
    ['message M { int32 a = "1"; }', '2:23-26 PB001 found the string "1", expected a field number'],
    ["message M { int32 a = 1a; }", '2:23-25 PB006 found "1a", expected a number'],
    ["message M { 5 a = 1; }", '2:13-14 PB001 found "5", expected a field, a declaration or "}"'],
    ["message M { map<string> a = 1; }", '2:23-24 PB001 found ">", expected ","'],
    ["message M { int32 a = 1 [deprecated]; }", '2:36-37 PB001 found "]", expected "="'],
    ["message M { int32 a = 1 [deprecated = true }", '2:44-45 PB001 found "}", expected "," or "]"'],
    ["message M { reserved 1, a; }", '2:25-26 PB001 found "a", expected a field number'],
    [
      "message M { reserved a; }",
      '2:22-23 PB007 found a without quotes, expected "a" | reserved names have quotes in proto2 and proto3, and none in editions',
    ],
    ["message { }", '2:9-10 PB001 found "{", expected a message name'],
    ["message M", '2:10-10 PB001 found the end of the file, expected "{"'],
    ["message M { int32 a = 1;", '2:25-25 PB001 found the end of the file, expected "}"'],
    ["enum E { A; }", '2:11-12 PB001 found ";", expected "="'],
    ["service S { get M(A) returns (B); }", '2:13-16 PB001 found "get", expected "rpc", "option" or "}"'],
    ["service S { rpc G(A) return (B); }", '2:22-28 PB001 found "return", expected "returns"'],
    ["service S { rpc G() returns (B); }", '2:19-20 PB001 found ")", expected the name of the request message'],
    ["service S { rpc G(A) returns (B) { get: 1 } }", '2:36-39 PB001 found "get", expected "option" or "}"'],
    ["import google/api;", '2:8-14 PB001 found "google", expected the path of a .proto file in quotes'],
    [
      "mesage M {}",
      '2:1-7 PB001 found "mesage", expected "message", "enum", "service", "extend", "import", "option" or "package"',
    ],
    ["package .a;", '2:9-10 PB001 found ".", expected a package name'],
    ["package a;\npackage b;", "3:1-8 PB010 found a second package statement, expected one"],
    ['import "a"; import "a";', '2:21-22 PB011 found "a" imported twice, expected once | remove this import'],
    [
      'edition = "2023";',
      "2:1-8 PB009 found an edition statement here, expected it only as the first statement of the file",
    ],
    ["option (x) = [1];", '2:14-15 PB001 found "[", expected an option value'],
    ["option (x) = 1.5f;", '2:14-18 PB006 found "1.5f", expected a number | remove the f'],
    ["option (x) = {a 1};", '2:17-18 PB001 found "1", expected ":"'],
    ["option (x) = {a: [[1]]};", '2:19-20 PB001 found "[", expected a value that is not a list'],
    ["option (x) = {a: 1 };\noption (y) = {a: };", '3:18-19 PB001 found "}", expected a value'],
    ["option (x) = {[a/]: 1};", '2:15-19 PB001 found "[a/]", expected [package.extension] or [host/package.Message]'],
    ["option (x.) = 1;", '2:11-12 PB001 found ")", expected the name of an extension'],
    ["message é {}", '2:9-10 PB002 found "é" (U+00E9), expected ASCII outside strings and comments'],
    ["message M\u00a0{}", "2:10-11 PB002 found the character U+00A0, expected ASCII outside strings and comments"],
    [
      "# comment\nmessage M {}",
      '2:1-2 PB001 found "#", expected "message", "enum", "service", "extend", "import", "option" or "package"',
    ],
    ["message M {} /* open", "2:14-16 PB004 the comment has no closing */"],
    ['option a = "open;\r\nmessage M {}', '2:12-18 PB003 the string "open; has no closing " on its line'],
    [
      'option a = "a\\qb";',
      '2:14-16 PB005 found "\\q", expected an escape that protobuf knows | write \\\\ for a backslash; known are \\a \\b \\f \\n \\r \\t \\v \\? \\\' \\" \\112 \\x4a \\u004a \\U0001f600',
    ],
  ])("%s", (text, finding) => {
    expect(findingsIn(proto3 + text)).toEqual([finding]);
  });

  test.each([
    ['syntax = "proto4";', '1:11-17 PB008 found syntax "proto4", expected "proto2" or "proto3"'],
    ['edition = "2022";', '1:12-16 PB008 found edition "2022", expected "2023", "2024" or "2026"'],
    [
      'edition = "2023"; message M { reserved "a"; }',
      '1:41-42 PB007 found "a" in quotes, expected a name without quotes | reserved names have quotes in proto2 and proto3, and none in editions',
    ],
  ])("%s", (text, finding) => {
    expect(findingsIn(text)).toEqual([finding]);
  });

  test("names the place where an open block starts", () => {
    const [finding] = readProtoSource("a.proto", "protos/a.proto", "message M {\n  message N {\n}\n").diagnostics;
    expect(finding?.related).toEqual([
      {
        message: "the block starts here",
        location: { file: "protos/a.proto", line: 1, column: 11, endLine: 1, endColumn: 12 },
      },
    ]);
  });
});

describe("several wrong statements", () => {
  test("are all found in one run, each once", () => {
    const text = `${proto3}message M {
  int32 a = ;
  string b = 2;
  oneof o { int32 c 3; int32 d = 4; }
  option (x) = { get: ] };
}
message N { int32 e = 1; }
service S {
  rpc Get(M) returns M;
  rpc Put(M) returns (N) { option (y) = {a: {b: ,}}; }
}
enum E { A = ; B = 1; }
`;
    expect(findingsIn(text)).toEqual([
      '3:13-14 PB001 found ";", expected a field number',
      '5:21-22 PB001 found "3", expected "="',
      '6:23-24 PB001 found "]", expected a value',
      '10:22-23 PB001 found "M", expected "("',
      '11:49-50 PB001 found ",", expected a value',
      '13:14-15 PB001 found ";", expected the number of the value',
    ]);
    const { file } = readProtoSource("a.proto", "a.proto", text);
    expect(file.messages.map((message) => message.fields.map((field) => field.name))).toEqual([["b", "d"], ["e"]]);
    expect(file.services[0]?.methods).toHaveLength(1);
    expect(file.enums[0]?.values.map((value) => value.name)).toEqual(["B"]);
  });

  test("end with the hundredth", () => {
    expect(findingsIn(`${proto3}${"message M { int32 a = ; }\n".repeat(150)}`)).toHaveLength(100);
  });
});

describe("depth", () => {
  const nested = (depth: number) => `${proto3}${"message M {".repeat(depth)}${"}".repeat(depth)}`;
  const literal = (depth: number) => `${proto3}option (x) = ${"{a:".repeat(depth)} 1 ${"}".repeat(depth)};`;

  test("of messages is bounded like protoc's", () => {
    expect(findingsIn(nested(32))).toEqual([]);
    expect(findingsIn(nested(33))).toEqual(["2:363-364 PB012 found a message inside 32 others, expected less depth"]);
  });

  test("of option values is bounded", () => {
    expect(findingsIn(literal(101))).toEqual([]);
    expect(findingsIn(literal(102))).toEqual(["2:317-318 PB012 found a value inside 100 others, expected less depth"]);
    expect(findingsIn(literal(100_000))).toHaveLength(1);
  });
});

describe("damaged input", () => {
  const text = `${proto3}package a; message M { map<string, M> m = 1 [(o) = {a: "x" b <c: [1, 2]>}]; } service S { rpc G(M) returns (stream M); }`;
  test("cut anywhere gives findings, never an exception", () => {
    for (let length = proto3.length; length < text.length; length++) {
      expect(() => readProtoSource("a.proto", "a.proto", text.slice(0, length))).not.toThrow();
    }
    expect(findingsIn(text)).toEqual([]);
  });

  test("with one character changed gives findings, never an exception", () => {
    for (let at = 0; at < text.length; at++) {
      for (const wrong of ["}", "{", '"', "/*", "\u0000", "[", "\\"]) {
        const damaged = text.slice(0, at) + wrong + text.slice(at + 1);
        expect(() => readProtoSource("a.proto", "a.proto", damaged)).not.toThrow();
      }
    }
  });
});
