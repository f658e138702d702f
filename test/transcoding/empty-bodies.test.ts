/** What an empty body stands for, in every message style, as grpc-gateway has it (its decoder meets the end at once and leaves the message be). */
import { describe, expect, test } from "vitest";
import { idiomaticStyle, protobufEsStyle, protoLoaderDefaults, tsProtoStyle } from "../../src/emit/message-style.js";
import { loadEcho } from "./echo-service.js";

const wholes = {
  BoolValue: false,
  BytesValue: "",
  DoubleValue: 0,
  Duration: "0s",
  Empty: {},
  FieldMask: "",
  Int32Value: 0,
  Int64Value: "0",
  ListValue: [],
  StringValue: "",
  Struct: {},
  Timestamp: "1970-01-01T00:00:00Z",
  UInt64Value: "0",
};

const fields = {
  struct: ["google.protobuf.Struct", {}],
  list: ["google.protobuf.ListValue", []],
  time: ["google.protobuf.Timestamp", "1970-01-01T00:00:00Z"],
  count: ["google.protobuf.Int64Value", "0"],
  nothing: ["google.protobuf.Empty", {}],
  color: ["optional Color", "NONE"],
  text: ["optional string", ""],
  number: ["optional int32", 0],
  value: ["google.protobuf.Value", undefined],
  plain: ["int32", undefined],
  texts: ["repeated string", undefined],
} as const;

const proto = `
  syntax = "proto3";
  package test;
  import "google/api/annotations.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/empty.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Color { NONE = 0; RED = 1; }
  message Fields {
    ${Object.entries(fields)
      .map(([name, [type]], index) => `${type} ${name} = ${index + 1};`)
      .join("\n    ")}
  }
  service Bodies {
    ${Object.keys(wholes)
      .map((type) => rpc(`Whole${type}`, `google.protobuf.${type}`, `/v1/${type}`, "*"))
      .join("\n    ")}
    ${Object.keys(fields)
      .map((name) => rpc(`Field${name}`, "Fields", `/v1/fields/${name}`, name))
      .join("\n    ")}
  }
`;

function rpc(name: string, type: string, path: string, body: string): string {
  return `rpc ${name}(${type}) returns (${type}) { option (google.api.http) = { post: "${path}" body: "${body}" }; }`;
}

describe.each(
  Object.entries({
    idiomatic: idiomaticStyle,
    "proto-loader": protoLoaderDefaults,
    "protobuf-es": protobufEsStyle,
    "ts-proto": tsProtoStyle,
  }),
)("%s", (_, style) => {
  test("leaves every well-known type at its zero", async () => {
    const call = await loadEcho(proto, { style });
    const found = new Map<string, unknown>();
    for (const type of Object.keys(wholes))
      found.set(type, (await call({ method: "POST", target: `/v1/${type}`, body: "" })).json);
    expect(Object.fromEntries(found)).toEqual(wholes);
  });

  test("leaves a google.protobuf.Value be, which null sets", async () => {
    const call = await loadEcho(proto, { style });
    for (const [body, json] of [
      ["null", { value: null }],
      [" null\n", { value: null }],
      ["[]", { value: [] }],
      ["", {}],
    ] as const)
      expect((await call({ method: "POST", target: "/v1/fields/value", body })).json, body).toEqual(json);
  });

  test("sets a field whose absence would be visible", async () => {
    const call = await loadEcho(proto, { style });
    for (const [name, [, value]] of Object.entries(fields)) {
      const { json } = await call({ method: "POST", target: `/v1/fields/${name}`, body: " " });
      expect(json, name).toEqual(value === undefined ? {} : { [name]: value });
    }
  });
});
