/** Names that differ in a .proto file and are one in what is emitted from it. */
import { expect, test } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { checkMembers } from "../../src/emit/names/check-members.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const keepCase: MessageStyle = { ...protoLoaderDefaults, names: "proto" };
const virtual: MessageStyle = { ...protoLoaderDefaults, oneofs: "virtual" };

function findings(members: string, messages: MessageStyle, syntax = "proto3"): string[] {
  const proto = `syntax = "${syntax}"; import "google/api/annotations.proto"; message M { ${members} }
service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/m" }; } }`;
  const { plan } = planGeneration(modelFromProto({ "test.proto": proto }), planOptions({ messages }));
  return checkMembers(plan.files).map(({ message }) => message);
}

const property = (a: string, b: string, name: string): string[] => [
  `"${a}" and "${b}" of M have the property "${name}", expected one each`,
];

const twoFields = "optional string a_b = 1; optional string aB = 2;";
const fieldAndOneof = "string a_b = 1; oneof aB { string c = 2; }";
const twoOneofs = "oneof a_b { string c = 1; } oneof aB { string d = 2; }";

test.each<[string, string, MessageStyle, string[]]>([
  ["a field and a oneof", fieldAndOneof, idiomaticStyle, property("a_b", "aB", "aB")],
  ["a field and a oneof", fieldAndOneof, protobufEsStyle, property("a_b", "aB", "aB")],
  ["a field and a oneof", fieldAndOneof, virtual, property("a_b", "aB", "aB")],
  ["a field and a oneof", fieldAndOneof, tsProtoStyle, []],
  ["a field and a oneof", fieldAndOneof, keepCase, []],
  ["two oneofs", twoOneofs, idiomaticStyle, property("a_b", "aB", "aB")],
  ["two oneofs", twoOneofs, protoLoaderDefaults, []],
  ["other names", "string a_b = 1; oneof a_c { string a_d = 2; }", idiomaticStyle, []],
])("%s (%s)", (_, members, style, expected) => {
  expect(findings(members, style)).toEqual(expected);
});

test("two fields of proto2, whose JSON names may clash", () => {
  const json = '"a_b" and "aB" of M have the JSON name "aB", expected one each';
  expect(findings(twoFields, keepCase, "proto2")).toEqual([json]);
  expect(findings(twoFields, idiomaticStyle, "proto2")).toEqual([...property("a_b", "aB", "aB"), json]);
  const renamed = "optional string a_b = 1 [json_name = 'other']; optional string aB = 2;";
  expect(findings(renamed, keepCase, "proto2")).toEqual([]);
});

test("members of two oneofs may have one name of their own, those of one may not", () => {
  const one = "oneof o { string a_b = 1; string aB = 2; }";
  expect(findings(one, idiomaticStyle, "proto2")).toContain(property("a_b", "aB", "aB")[0]);
  const two = "oneof o { string a_b = 1 [json_name = 'x']; } oneof p { string aB = 2; }";
  expect(findings(two, idiomaticStyle, "proto2")).toEqual([]);
});
