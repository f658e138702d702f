import { describe, expect, test } from "vitest";
import type { OptionValue, ParsedOption } from "../../src/proto/parsed-file.js";
import { readProtoSource } from "../../src/proto/syntax/read-proto-source.js";

/** The options of the only method in a file with these option statements. */
function methodOptions(statements: string): readonly ParsedOption[] {
  const text = `syntax = "proto3";\nservice S { rpc Get(A) returns (B) {\n${statements}\n} }\n`;
  const { file, diagnostics } = readProtoSource("a.proto", "a.proto", text);
  expect(diagnostics).toEqual([]);
  return file.services[0]?.methods[0]?.options ?? [];
}

/** One option as canonical text: extension names in parentheses, strings as JSON, fields as `name:value`. */
function show(option: ParsedOption | undefined): string {
  const name = option?.name.map((part) => (part.isExtension ? `(${part.text})` : part.text)).join(".");
  return `${name}=${option && showValue(option.value)}`;
}

function showValue(value: OptionValue): string {
  switch (value.kind) {
    case "string":
      return JSON.stringify(value.text);
    case "number":
      return (value.negative ? "-" : "") + value.text;
    case "identifier":
      return (value.negative ? "-" : "") + value.name;
    case "list":
      return `[${value.items.map(showValue).join(",")}]`;
    case "message":
      return `{${value.fields.map(({ name, value }) => `${name.kind === "field" ? name.text : `<${name.kind} ${name.text}>`}:${showValue(value)}`).join(" ")}}`;
  }
}

const get = '(google.api.http)={get:"/v1/a"}';

describe("an option in every spelling", () => {
  test.each([
    ['option (google.api.http) = { get: "/v1/a" };', get],
    ['option (google.api.http) = {get:"/v1/a"};', get],
    ["option (google.api.http) = { get: '/v1/a' };", get],
    ['option (google.api.http) = { get: "/v1/a", };', get],
    ['option (google.api.http) = { get: "/v1/a"; };', get],
    ['option(google.api.http)={get:"/v1/a"};', get],
    ['option ( google . api . http ) = { get: "/v1/a" };', get],
    ['option (google./* c */api.http) = { get: "/v1/a" };', get],
    ['option (google.api.http // c\n) = { get: "/v1/a" };', get],
    ['option (google.api.http) = { // c\n get: /* c */ "/v1/a" // c\n };', get],
    ['option (google.api.http) = { get: "/v1" "/a" };', get],
    ["option (google.api.http) = { get: \"/v1\"\n  '/a' };", get],
    ['option (google.api.http) = { get: "/v1\\x2fa" };', get],
    ['option (google.api.http) = { get: "/v1\\057a" };', get],
    ['option (google.api.http) = { get: "/v1\\u002fa" };', get],
    ['option (.google.api.http) = { get: "/v1/a" };', '(.google.api.http)={get:"/v1/a"}'],
    ['option (api.http) = { get: "/v1/a" };', '(api.http)={get:"/v1/a"}'],
    ['option (http) = { get: "/v1/a" };', '(http)={get:"/v1/a"}'],
    ['option (google.api.http).get = "/v1/a";', '(google.api.http).get="/v1/a"'],
    ['option (google.api.http) . get = "/v1/a";', '(google.api.http).get="/v1/a"'],
    ['option (google.api.http).custom.kind = "HEAD";', '(google.api.http).custom.kind="HEAD"'],
    ["option (a.b).(c.d).e = 1;", "(a.b).(c.d).e=1"],
    ["option deprecated = true;", "deprecated=true"],
    ["option features.field_presence = IMPLICIT;", "features.field_presence=IMPLICIT"],
    ["option (o) = -1;", "(o)=-1"],
    ["option (o) = - 1.5e-3;", "(o)=-1.5e-3"],
    ["option (o) = 0x1F;", "(o)=0x1F"],
    ["option (o) = .5;", "(o)=.5"],
    ["option (o) = 9223372036854775807;", "(o)=9223372036854775807"],
    ["option (o) = -inf;", "(o)=-inf"],
    ["option (o) = {};", "(o)={}"],
    ["option (o) = { a { b: 1 } };", "(o)={a:{b:1}}"],
    ["option (o) = { a: { b: 1 } };", "(o)={a:{b:1}}"],
    ["option (o) = { a < b: 1 > };", "(o)={a:{b:1}}"],
    ["option (o) = { a: < b: 1; c: 2, > };", "(o)={a:{b:1 c:2}}"],
    ["option (o) = { a { b: 1 } a { b: 2 } };", "(o)={a:{b:1} a:{b:2}}"],
    ["option (o) = { a: [ { b: 1 }, < b: 2 > ] };", "(o)={a:[{b:1},{b:2}]}"],
    ["option (o) = { a [ { b: 1 } ] };", "(o)={a:[{b:1}]}"],
    ["option (o) = { a: [] };", "(o)={a:[]}"],
    ['option (o) = { a: [1, -2, "x" "y", Z] };', '(o)={a:[1,-2,"xy",Z]}'],
    ["option (o) = { a: 1 b: 2 };", "(o)={a:1 b:2}"],
    ["option (o) = { a: 1.5f b: -nan };", "(o)={a:1.5f b:-nan}"],
    ["option (o) = { [x.y.z]: 1 };", "(o)={<extension x.y.z>:1}"],
    ["option (o) = { [x.y.z] { a: 1 } };", "(o)={<extension x.y.z>:{a:1}}"],
    ["option (o) = { [ x . y ]: 1 };", "(o)={<extension x.y>:1}"],
    ["option (o) = { [type.googleapis.com/x.Y] { a: 1 } };", "(o)={<any type.googleapis.com/x.Y>:{a:1}}"],
    ["option (o) = { true: true option: 1 message: 2 };", "(o)={true:true option:1 message:2}"],
    ["option (o) = { __proto__: 1 constructor: 2 };", "(o)={__proto__:1 constructor:2}"],
    ['option (o) = "é\\303\\251\\u00e9";', '(o)="ééé"'],
    ['option (o) = "\\303" "\\251";', '(o)="é"'],
    ['option (o) = "} ] ; // /* \\" \' ";', '(o)="} ] ; // /* \\" \' "'],
    ['option (o) = "";', '(o)=""'],
  ])("%s", (statement, expected) => {
    expect(methodOptions(statement).map(show)).toEqual([expected]);
  });
});

describe("where options stand", () => {
  const text = `syntax = "proto2";
option java_package = "f";
message M {
  option (m) = 1;
  optional int32 a = 1 [default = 7, (f).x = "y", json_name = 'b'];
  oneof o { option (o) = 2; int32 b = 2 [deprecated = true]; }
  map<string, int32> c = 3 [(f) = {}];
  optional group G = 4 [(g) = 3] { option (gm) = 4; }
  extensions 100 to 200 [(r) = 5];
}
extend M { optional int32 x = 100 [(e) = 6]; }
enum E { option allow_alias = true; A = 0 [(v) = 7]; }
service S { option (s) = 8; rpc Get(M) returns (M) { option (r) = 9; option (r2) = 10; } rpc Put(M) returns (M); }
`;
  const { file, diagnostics } = readProtoSource("a.proto", "a.proto", text);
  const [message] = file.messages;
  const shown = (options: readonly ParsedOption[] | undefined) => options?.map(show);

  test("each declaration has its own", () => {
    expect(diagnostics).toEqual([]);
    expect(shown(file.options)).toEqual(['java_package="f"']);
    expect(shown(message?.options)).toEqual(["(m)=1"]);
    expect(message?.fields.map((field) => [field.name, shown(field.options)])).toEqual([
      ["a", ["default=7", '(f).x="y"', 'json_name="b"']],
      ["b", ["deprecated=true"]],
      ["c", ["(f)={}"]],
      ["g", ["(g)=3"]],
    ]);
    expect(shown(message?.oneofs[0]?.options)).toEqual(["(o)=2"]);
    expect(shown(message?.messages[0]?.options)).toEqual(["(gm)=4"]);
    expect(shown(message?.extensionRanges[0]?.options)).toEqual(["(r)=5"]);
    expect(shown(file.extensions[0]?.options)).toEqual(["(e)=6"]);
    expect(shown(file.enums[0]?.options)).toEqual(["allow_alias=true"]);
    expect(shown(file.enums[0]?.values[0]?.options)).toEqual(["(v)=7"]);
    expect(shown(file.services[0]?.options)).toEqual(["(s)=8"]);
    expect(file.services[0]?.methods.map((method) => shown(method.options))).toEqual([["(r)=9", "(r2)=10"], []]);
  });
});

describe("spans", () => {
  /** The source text of a span; spans here stay on one line. */
  const cut = (line: string, span: { column: number; endColumn: number }) =>
    line.slice(span.column - 1, span.endColumn - 1);

  test("cover the option, its name parts and the text of a template", () => {
    const line = '  option (google.api.http).get = "/v1/{name=shelves/*}";';
    const [option] = methodOptions(line);
    expect(option && cut(line, option.span)).toBe('(google.api.http).get = "/v1/{name=shelves/*}"');
    expect(option?.name.map((part) => cut(line, part.span))).toEqual(["(google.api.http)", "get"]);
    expect(option?.value.kind === "string" && option.value.verbatim).toBe(true);
    expect(option && cut(line, option.value.span)).toBe("/v1/{name=shelves/*}");
    expect(option?.span.line).toBe(3);
  });

  test.each([
    ['  option (o) = "a\\x62c";', "a\\x62c", false],
    ['  option (o) = "ab" "c";', '"ab" "c"', false],
    ['  option (o) = "";', "", true],
  ])("of %s", (line, text, verbatim) => {
    const value = methodOptions(line)[0]?.value;
    expect(value && cut(line, value.span)).toBe(text);
    expect(value?.kind === "string" && value.verbatim).toBe(verbatim);
  });

  test("cover fields of a message literal over several lines", () => {
    const [option] = methodOptions('option (o) = {\n  a: "x"\n  b {\n    c: 1\n  }\n};');
    const fields = option?.value.kind === "message" ? option.value.fields : [];
    expect(fields.map(({ span }) => span)).toEqual([
      { line: 4, column: 3, endLine: 4, endColumn: 9 },
      { line: 5, column: 3, endLine: 7, endColumn: 4 },
    ]);
  });
});
