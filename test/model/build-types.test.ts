import { describe, expect, test } from "vitest";
import type { Field, FieldShape } from "../../src/model/api-model.js";
import { buildTypes, findClosedEnums } from "../../src/model/build-types.js";
import type { Edition, FeatureOverrides, FieldDescriptor, FileDescriptor } from "../../src/proto/descriptor.js";
import { enumeration, field, file, message } from "./descriptors.js";

/** The field built from `text` in a message of a file with these features at each level. */
function build(
  edition: Edition,
  text: string,
  own: Partial<FieldDescriptor> = {},
  levels: { file?: FeatureOverrides; message?: FeatureOverrides } = {},
): Field {
  const holder = message("t.M", "", { fields: [field("t.M", text, 1, own)], features: levels.message ?? {} });
  const descriptor = file("t.proto", { edition, messages: [holder], features: levels.file ?? {} });
  const built = buildTypes(descriptor, findClosedEnums([descriptor, enums])).messages[0]?.fields[0];
  if (built === undefined) throw new Error("no field");
  return built;
}

const enums: FileDescriptor = file("enums.proto", {
  edition: "proto2",
  enums: [enumeration("t.Closed"), enumeration("t.Opened", { features: { enumType: "open" } })],
  messages: [message("t.Outer", "", { features: { enumType: "open" }, enums: [enumeration("t.Outer.Inner")] })],
});

describe("presence", () => {
  test.each<[Edition, string, Field["presence"], FeatureOverrides?]>([
    ["proto2", "optional string a", "explicit"],
    ["proto2", "required string a", "required"],
    ["proto2", "repeated string a", "implicit"],
    ["proto3", "string a", "implicit"],
    ["proto3", "enum t.Opened a", "implicit"],
    ["proto3", "optional string a", "explicit"],
    ["proto3", "oneof o: string a", "explicit"],
    ["proto3", "N a", "explicit"],
    ["proto3", "map<string, N> a", "implicit"],
    ["2023", "string a", "explicit"],
    ["2024", "string a", "explicit"],
    ["2026", "string a", "explicit"],
    ["2023", "string a", "implicit", { fieldPresence: "implicit" }],
    ["2023", "N a", "explicit", { fieldPresence: "implicit" }],
    ["2023", "N a", "required", { fieldPresence: "legacy_required" }],
    ["2023", "oneof o: string a", "explicit", { fieldPresence: "implicit" }],
  ])("%s: %s is %s", (edition, text, expected, features = {}) => {
    expect(build(edition, text, {}, { file: features }).presence).toBe(expected);
  });

  test("an extension is explicit", () => {
    expect(build("2023", "string a", { extendee: "t.X" }, { file: { fieldPresence: "implicit" } }).presence).toBe(
      "explicit",
    );
  });

  test("only proto3 has proto3Optional", () => {
    expect(build("proto3", "optional string a").proto3Optional).toBe(true);
    expect(build("proto2", "optional string a").proto3Optional).toBe(false);
    expect(build("proto3", "string a").proto3Optional).toBe(false);
  });
});

describe("features go from the file to the message to the field", () => {
  test.each([
    [{}, {}, {}, "explicit"],
    [{ fieldPresence: "implicit" }, {}, {}, "implicit"],
    [{ fieldPresence: "implicit" }, { fieldPresence: "explicit" }, {}, "explicit"],
    [{ fieldPresence: "implicit" }, { fieldPresence: "explicit" }, { fieldPresence: "implicit" }, "implicit"],
  ] as const)("file %j, message %j, field %j: %s", (ofFile, ofMessage, own, expected) => {
    expect(build("2023", "string a", { features: own }, { file: ofFile, message: ofMessage }).presence).toBe(expected);
  });

  test("nested messages inherit from the message around them", () => {
    const inner = message("t.A.B", "string a");
    const outer = message("t.A", "", { messages: [inner], features: { fieldPresence: "implicit" } });
    const built = buildTypes(file("t.proto", { edition: "2023", messages: [outer] }), new Set());
    expect(built.messages[0]?.messages[0]?.fields[0]?.presence).toBe("implicit");
  });
});

describe("shape", () => {
  const text = { kind: "scalar", scalar: "string", utf8: true } as const;
  const packedInts = { kind: "list", item: { kind: "scalar", scalar: "int32", utf8: false }, packed: true } as const;

  test.each<[Edition, string, FieldShape, Partial<FieldDescriptor>?]>([
    ["proto3", "string a", text],
    ["proto2", "optional string a", { ...text, utf8: false }],
    ["2023", "string a", { ...text, utf8: false }, { features: { utf8Validation: "none" } }],
    ["proto3", "bytes a", { kind: "scalar", scalar: "bytes", utf8: false }],
    ["proto3", "repeated int32 a", packedInts],
    ["proto3", "repeated int32 a", { ...packedInts, packed: false }, { packed: false }],
    ["proto2", "repeated int32 a", { ...packedInts, packed: false }],
    ["proto2", "repeated int32 a", packedInts, { packed: true }],
    ["2023", "repeated int32 a", { ...packedInts, packed: false }, { features: { repeatedFieldEncoding: "expanded" } }],
    ["proto3", "repeated string a", { kind: "list", item: text, packed: false }],
    [
      "proto3",
      "repeated N a",
      { kind: "list", item: { kind: "message", fullName: "t.N", delimited: false }, packed: false },
    ],
    [
      "proto3",
      "repeated enum Opened a",
      { kind: "list", item: { kind: "enum", fullName: "t.Opened", closed: false }, packed: true },
    ],
    [
      "2023",
      "N a",
      { kind: "message", fullName: "t.N", delimited: true },
      { features: { messageEncoding: "delimited" } },
    ],
    ["proto2", "optional group N a", { kind: "message", fullName: "t.N", delimited: true }],
    [
      "2023",
      "map<int32, N> a",
      { kind: "map", key: "int32", value: { kind: "message", fullName: "t.N", delimited: false } },
      { features: { messageEncoding: "delimited" } },
    ],
    ["proto2", "optional enum Closed a", { kind: "enum", fullName: "t.Closed", closed: true }],
    ["2023", "enum Closed a", { kind: "enum", fullName: "t.Closed", closed: true }],
    ["proto2", "optional enum Opened a", { kind: "enum", fullName: "t.Opened", closed: false }],
    ["proto2", "optional enum t.Outer.Inner a", { kind: "enum", fullName: "t.Outer.Inner", closed: false }],
  ])("%s: %s", (edition, source, expected, own) => {
    expect(build(edition, source, own).shape).toEqual(expected);
  });
});

test("oneofs list their members, enums say whether they are closed, well-known types are marked", () => {
  const oneofs = [
    {
      name: "o",
      fullName: "t.M.o",
      comment: "",
      deprecated: false,
      span: { line: 3, column: 9, endLine: 3, endColumn: 10 },
    },
  ];
  const descriptor = file("google/protobuf/x.proto", {
    edition: "proto2",
    displayPath: "protos/x.proto",
    messages: [
      message("t.M", "oneof o: string a; string b; oneof o: string c", { oneofs }),
      message("google.protobuf.Any", ""),
    ],
    enums: [enumeration("t.E")],
  });
  const built = buildTypes(descriptor, findClosedEnums([descriptor]));
  expect(built.messages[0]?.oneofs).toEqual([
    {
      name: "o",
      fullName: "t.M.o",
      comment: "",
      deprecated: false,
      location: { file: "protos/x.proto", line: 3, column: 9, endLine: 3, endColumn: 10 },
      fields: ["a", "c"],
    },
  ]);
  expect(built.messages.map(({ wellKnown }) => wellKnown)).toEqual([undefined, "Any"]);
  expect(built.enums[0]).toMatchObject({
    closed: true,
    file: "google/protobuf/x.proto",
    values: [{ fullName: "t.ZERO", number: 0 }],
  });
});
