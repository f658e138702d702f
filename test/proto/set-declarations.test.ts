/** Descriptor sets that no compiler writes: what comes twice, and what no field or enum can be, is found as it is in text. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FieldDescriptorProtoSchema,
  type FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { loadProtos } from "../../src/proto/load.js";
import { createProject } from "../support/temporary-project.js";

type File = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** What loading a set of these files has to say. */
function findingsIn(...files: readonly File[]): string {
  const bytes = toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, { file: files.map((file) => ({ package: "p", syntax: "proto3", ...file })) }),
  );
  const project = createProject({});
  writeFileSync(join(project.root, "set.binpb"), bytes);
  const { diagnostics } = loadProtos({ protos: [], includePaths: [], cwd: project.root, descriptorSet: "set.binpb" });
  project.remove();
  return formatDiagnostics(diagnostics);
}

const field = (name: string, number: number, jsonName = name) => ({
  name,
  number,
  jsonName,
  label: FieldDescriptorProto_Label.OPTIONAL,
  type: FieldDescriptorProto_Type.STRING,
});

const value = (name: string, number: number) => ({ name, number });

test("a set without mistakes has none", () => {
  const file = {
    name: "a.proto",
    messageType: [{ name: "M", field: [field("a", 1), field("b", 2)], oneofDecl: [] }],
    enumType: [{ name: "E", value: [value("ZERO", 0)] }],
    service: [{ name: "S", method: [{ name: "Get", inputType: ".p.M", outputType: ".p.M" }] }],
  };
  expect(findingsIn(file)).toBe("");
});

const message = { name: "M" };

test.each<[string, readonly File[], string]>([
  [
    "messages in one file",
    [{ name: "a.proto", messageType: [message, message] }],
    'a.proto:1:1 error PB045: "M" is declared twice in "p"\n  a.proto:1:1: message "p.M" is declared here\n',
  ],
  [
    "messages in two files",
    [
      { name: "a.proto", messageType: [message] },
      { name: "b.proto", messageType: [message] },
    ],
    'b.proto:1:1 error PB045: "M" is declared twice in "p"\n  a.proto:1:1: message "p.M" is declared here\n',
  ],
  [
    "a message and a service",
    [{ name: "a.proto", messageType: [message], service: [{ name: "M" }] }],
    'a.proto:1:1 error PB045: "M" is declared twice in "p"\n  a.proto:1:1: message "p.M" is declared here\n',
  ],
  [
    "fields",
    [{ name: "a.proto", messageType: [{ name: "M", field: [field("a", 1), field("a", 2)] }] }],
    'a.proto:1:1 error PB045: "a" is declared twice in "p.M"\n  a.proto:1:1: field "p.M.a" is declared here\n',
  ],
  [
    "a field and a oneof",
    [
      {
        name: "a.proto",
        messageType: [{ name: "M", field: [{ ...field("a", 1), oneofIndex: 0 }], oneofDecl: [{ name: "a" }] }],
      },
    ],
    'a.proto:1:1 error PB045: "a" is declared twice in "p.M"\n  a.proto:1:1: field "p.M.a" is declared here\n',
  ],
  [
    "nested messages",
    [{ name: "a.proto", messageType: [{ name: "M", nestedType: [{ name: "N" }, { name: "N" }] }] }],
    'a.proto:1:1 error PB045: "N" is declared twice in "p.M"\n  a.proto:1:1: message "p.M.N" is declared here\n',
  ],
  [
    "methods",
    [
      {
        name: "a.proto",
        messageType: [message],
        service: [
          {
            name: "S",
            method: [
              { name: "Get", inputType: ".p.M", outputType: ".p.M" },
              { name: "Get", inputType: ".p.M", outputType: ".p.M" },
            ],
          },
        ],
      },
    ],
    'a.proto:1:1 error PB045: "Get" is declared twice in "p.S"\n  a.proto:1:1: RPC "p.S.Get" is declared here\n',
  ],
  [
    "values of two enums",
    [
      {
        name: "a.proto",
        enumType: [
          { name: "E", value: [value("ZERO", 0)] },
          { name: "F", value: [value("ZERO", 0)] },
        ],
      },
    ],
    'a.proto:1:1 error PB046: "ZERO" is declared twice in "p"\n  help: enum values stand in the scope around their enum: prefix them with its name\n  a.proto:1:1: enum value "p.ZERO" is declared here\n',
  ],
  [
    "a message and a package",
    [
      { name: "a.proto", messageType: [message] },
      { name: "b.proto", package: "p.M" },
    ],
    'a.proto:1:1 error PB045: message "p.M" has the name of the package of b.proto\n',
  ],
])("%s of one name", (_, files, expected) => {
  expect(findingsIn(...files)).toBe(expected);
});

test.each<[string, File, string]>([
  [
    "numbers that come twice",
    { name: "a.proto", messageType: [{ name: "M", field: [field("a", 1), field("b", 1)] }] },
    'a.proto:1:1 error PB052: field "b" has the number 1 of field "a"\n  a.proto:1:1: "a" is declared here\n',
  ],
  [
    "JSON names that come twice",
    { name: "a.proto", messageType: [{ name: "M", field: [field("a", 1), field("b", 2, "a")] }] },
    'a.proto:1:1 error PB047: the JSON name "a" of field "b" is also that of field "a"\n  a.proto:1:1: "a" is declared here\n',
  ],
  [
    "JSON names that come twice in proto2",
    {
      name: "a.proto",
      syntax: "proto2",
      messageType: [{ name: "M", field: [field("a_b", 1, "aB"), field("aB", 2)] }],
    },
    'a.proto:1:1 warning PB047: the JSON name "aB" of field "aB" is also that of field "a_b"\n  a.proto:1:1: "a_b" is declared here\n',
  ],
  [
    "a number below 1",
    { name: "a.proto", messageType: [{ name: "M", field: [field("a", 0)] }] },
    'a.proto:1:1 error PB050: field "a" has the number 0, expected 1 to 536870911\n',
  ],
  [
    "a number beyond the last",
    { name: "a.proto", messageType: [{ name: "M", field: [field("a", 536870912)] }] },
    'a.proto:1:1 error PB050: field "a" has the number 536870912, expected 1 to 536870911\n',
  ],
  [
    "an enum without values",
    { name: "a.proto", enumType: [{ name: "E" }] },
    'a.proto:1:1 error PB060: enum "E" has no values, expected at least one\n',
  ],
  [
    "a oneof without fields",
    { name: "a.proto", messageType: [{ name: "M", field: [field("a", 1)], oneofDecl: [{ name: "choice" }] }] },
    'a.proto:1:1 error PB060: oneof "choice" has no fields, expected at least one\n',
  ],
])("%s", (_, file, expected) => {
  expect(findingsIn(file)).toBe(expected);
});

const { REPEATED, REQUIRED } = FieldDescriptorProto_Label;

test.each<[what: string, members: readonly MessageInitShape<typeof FieldDescriptorProtoSchema>[], found: string]>([
  ["repeated", [{ ...field("a", 1), oneofIndex: 0, label: REPEATED }], "the repeated field a in oneof choice"],
  ["required", [{ ...field("a", 1), oneofIndex: 0, label: REQUIRED }], "the required field a in oneof choice"],
  [
    "beside an `optional` that stands for the oneof",
    [
      { ...field("a", 1), oneofIndex: 0, proto3Optional: true },
      { ...field("b", 2), oneofIndex: 0 },
    ],
    "oneof number 0 of b",
  ],
  ["of a oneof that is not declared", [{ ...field("a", 1), oneofIndex: 1 }], "oneof number 1 of a"],
])("a member of a oneof that is %s", (_, members, found) => {
  const messageType = [{ name: "M", field: [...members], oneofDecl: [{ name: "choice" }] }];
  expect(findingsIn({ name: "a.proto", messageType })).toContain(
    `error PB030: file that cannot be used in set.binpb: found ${found}`,
  );
});

const types = FieldDescriptorProto_Type;

/** A field of proto2 with this default. */
function withDefault(type: FieldDescriptorProto_Type, defaultValue: string): File {
  const typeName = type === types.ENUM ? { typeName: ".p.E" } : type === types.MESSAGE ? { typeName: ".p.M" } : {};
  return {
    name: "a.proto",
    syntax: "proto2",
    messageType: [{ name: "M", field: [{ ...field("a", 1), type, defaultValue, ...typeName }] }],
    enumType: [{ name: "E", value: [value("ONE", 1)] }],
  };
}

const injection = "0;process.exit()";

test.each<[FieldDescriptorProto_Type, string]>([
  ...[types.INT32, types.UINT64, types.SINT64, types.FIXED32, types.DOUBLE, types.FLOAT, types.BOOL, types.ENUM].map(
    (type): [FieldDescriptorProto_Type, string] => [type, injection],
  ),
  [types.INT32, "2147483648"],
  [types.INT32, "-2147483649"],
  [types.UINT32, "-1"],
  [types.UINT64, "18446744073709551616"],
  [types.INT64, "0x10"],
  [types.INT64, ""],
  [types.INT64, "\\001a"],
  [types.DOUBLE, "NaN"],
  [types.DOUBLE, "Infinity"],
  [types.DOUBLE, "constructor"],
  [types.BOOL, "1"],
  [types.BYTES, "\u0100"],
  [types.ENUM, "a.b"],
  [types.MESSAGE, "x"],
])("a field of type %d has no default %j", (type, text) => {
  expect(findingsIn(withDefault(type, text))).toContain(
    `error PB030: file that cannot be used in set.binpb: found the default value ${JSON.stringify(text)} of a\n`,
  );
});

test.each<[FieldDescriptorProto_Type, string]>([
  [types.INT32, "-2147483648"],
  [types.UINT64, "18446744073709551615"],
  [types.DOUBLE, "-inf"],
  [types.DOUBLE, "nan"],
  [types.FLOAT, "1.5e-07"],
  [types.BOOL, "true"],
  [types.STRING, injection],
  [types.BYTES, "\\377"],
  [types.ENUM, "ONE"],
])("a field of type %d has the default %j", (type, text) => {
  expect(findingsIn(withDefault(type, text))).toBe("");
});

test("a default that the enum does not have", () => {
  expect(findingsIn(withDefault(types.ENUM, "TWO"))).toBe(
    'a.proto:1:1 error PB069: the enum "p.E" has no value "TWO"\n',
  );
});

test.each([536870911, 1])("the number %d is one that fields have", (number) => {
  expect(findingsIn({ name: "a.proto", messageType: [{ name: "M", field: [field("a", number)] }] })).toBe("");
});

test("a package of more parts than any real one cannot be used", () => {
  const named = (parts: number): string => Array.from({ length: parts }, (_, at) => `p${at}`).join(".");
  expect(findingsIn({ name: "a.proto", package: named(200) })).toBe("");
  expect(findingsIn({ name: "a.proto", package: named(201) })).toContain("found a package of 201 parts");
});
