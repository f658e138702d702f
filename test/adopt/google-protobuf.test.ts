/**
 * A captured server over classes that protoc-gen-js generated: those of the package google-protobuf itself, with Any, maps, lists, 64-bit
 * integers and dates.
 */
import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
service Types {
  rpc Pack(google.protobuf.Struct) returns (google.protobuf.Any) { option (google.api.http) = { post: "/pack" body: "*" }; }
  rpc Unpack(google.protobuf.Any) returns (google.protobuf.Struct) { option (google.api.http) = { post: "/unpack" body: "*" }; }
  rpc Add(google.protobuf.Int64Value) returns (google.protobuf.Int64Value) { option (google.api.http) = { post: "/add" body: "*" }; }
  rpc Later(google.protobuf.Timestamp) returns (google.protobuf.Timestamp) { option (google.api.http) = { post: "/later" body: "*" }; }
}
`;

const server = `const grpc = require("@grpc/grpc-js");
const { Any } = require("google-protobuf/google/protobuf/any_pb.js");
const { Struct, Value } = require("google-protobuf/google/protobuf/struct_pb.js");
const { Timestamp } = require("google-protobuf/google/protobuf/timestamp_pb.js");
const { Int64Value } = require("google-protobuf/google/protobuf/wrappers_pb.js");

const method = (name, Request, Reply) => ({
  path: "/acme.v1.Types/" + name,
  requestStream: false,
  responseStream: false,
  requestSerialize: (message) => Buffer.from(message.serializeBinary()),
  requestDeserialize: (bytes) => Request.deserializeBinary(new Uint8Array(bytes)),
  responseSerialize: (message) => Buffer.from(message.serializeBinary()),
  responseDeserialize: (bytes) => Reply.deserializeBinary(new Uint8Array(bytes)),
});

const server = new grpc.Server();
server.addService(
  { pack: method("Pack", Struct, Any), unpack: method("Unpack", Any, Struct), add: method("Add", Int64Value, Int64Value), later: method("Later", Timestamp, Timestamp) },
  {
    pack(call, callback) {
      const any = new Any();
      any.pack(call.request.serializeBinary(), "google.protobuf.Struct");
      callback(null, any);
    },
    unpack(call, callback) {
      const struct = call.request.unpack(Struct.deserializeBinary, call.request.getTypeName());
      struct.getFieldsMap().set("keys", new Value().setNumberValue(struct.getFieldsMap().getLength()));
      struct.getFieldsMap().set("object", new Value().setStringValue(JSON.stringify(struct.toObject())));
      callback(null, struct);
    },
    add(call, callback) {
      if (typeof call.request.getValue() !== "number") throw new Error("a 64-bit integer is a number without jstype");
      callback(null, new Int64Value().setValue(call.request.getValue() + 1));
    },
    later(call, callback) {
      const date = call.request.toDate();
      callback(null, Timestamp.fromDate(new Date(date.getTime() + 1000)));
    },
  },
);
server.bindAsync("127.0.0.1:50051", grpc.ServerCredentials.createInsecure(), () => undefined);
`;

let folder: TemporaryProject;
let project: LocalProject;

beforeAll(async () => {
  folder = createProject({
    "package.json": '{ "type": "commonjs" }',
    "types.proto": proto,
    "server.js": server,
    "grpc2lambda.yaml": `protos: [types.proto]
include: [.]
anyTypes: [google.protobuf.Struct]
deployment: { frontDoor: function-url }
services:
  acme.v1.Types:
    implementation: { server: ./server.js, bridge: true }
`,
  });
  symlinkSync(resolve("node_modules"), join(folder.root, "node_modules"));
  const generated = await runCli(folder.root, "generate");
  expect(generated.exitCode, generated.stderr).toBe(0);
  project = await openProject(folder.root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
}, 60_000);
afterAll(async () => {
  await project?.stop();
  folder.remove();
});

const packed = { "@type": "type.googleapis.com/google.protobuf.Struct", value: { a: 1, b: [true, null, { c: "d" }] } };

test.each([
  ["/pack", packed.value, packed],
  ["/pack", {}, { ...packed, value: {} }],
  [
    "/unpack",
    { ...packed, value: { a: 1 } },
    { a: 1, keys: 1, object: expect.stringContaining('{"fieldsMap":[["a",{') },
  ],
  ["/add", "41", "42"],
  ["/add", "-9007199254740991", "-9007199254740990"],
  ["/later", "2026-11-30T21:14:29.500Z", "2026-11-30T21:14:30.500Z"],
])("%s %j", async (target, request, expected) => {
  const headers = [
    ["Host", "a.lambda-url.us-east-1.on.aws"],
    ["Content-Type", "application/json"],
  ] as const;
  const answer = await project.send({ method: "POST", target, headers, body: Buffer.from(JSON.stringify(request)) });
  expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([200, expected]);
});
