/** A grpc-js server as the old side: requests by the generated binding, replies by the generated encoder. */
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as loader from "@grpc/proto-loader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/timestamp.proto";
service Shelves {
  rpc GetShelf(GetRequest) returns (Shelf) { option (google.api.http) = { get: "/v1/{name=shelves/*}" }; }
  rpc ListShelves(GetRequest) returns (stream Shelf) { option (google.api.http) = { get: "/v1/{name=shelves/*}:list" }; }
}
message GetRequest { string name = 1; int64 size = 2; }
message Shelf { string name = 1; int64 size = 2; google.protobuf.Timestamp time = 3; oneof kind { string a = 4; int32 b = 5; } string from = 6; }
`;

interface Request {
  readonly name: string;
  readonly size: string;
}

let project: TemporaryProject;
let server: grpc.Server;
let port: number;

/** The reply of both sides, as each style has it. */
const reply = ({ name, size }: Request, from: string) => ({
  name,
  size,
  time: { seconds: "1700000000", nanos: 5 },
  b: 7,
  from,
});

beforeAll(async () => {
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "proto/shelves.proto": proto,
    "src/handlers/shelves/get-shelf.ts": `import { RpcError } from "../../../gen/runtime/status.js";
export const getShelf = async ({ name, size }, context) => {
  if (name === "shelves/none") throw new RpcError("NOT_FOUND", "no");
  const from = String(context.metadata.get("grpcgateway-from")[0] ?? "");
  return { name: name === "shelves/odd" ? "changed" : name, size, time: { seconds: 1700000000n, nanos: 5 }, kind: { case: "b", value: 7 }, from };
};
`,
    "src/handlers/shelves/list-shelves.ts": `export const listShelves = async function* ({ name, size }) {
  for (const from of ["x", "y"]) yield { name, size, time: { seconds: 1700000000n, nanos: 5 }, kind: { case: "b", value: 7 }, from };
};
`,
    "requests.jsonl": [
      '{"method":"GET","target":"/v1/shelves/a%20b?size=9223372036854775807","headers":[["From","ada"]]}',
      '{"method":"GET","target":"/v1/shelves/none"}',
      '{"method":"GET","target":"/v1/shelves/c:list?size=5"}',
      '{"method":"GET","target":"/v1/shelves/c?size=wrong"}',
      '{"method":"GET","target":"/v1/nothing"}',
    ].join("\n"),
  });
  expect(await run(["generate"], captureTerminal(project.root).terminal)).toBe(0);
  const definition = loader.loadSync("shelves.proto", {
    includeDirs: [join(project.root, "proto"), join(import.meta.dirname, "../../src/proto/include")],
    ...{ keepCase: true, longs: String, enums: String, defaults: true, oneofs: true },
  });
  const loaded = grpc.loadPackageDefinition(definition) as unknown as {
    acme: { v1: { Shelves: grpc.ServiceClientConstructor } };
  };
  server = new grpc.Server();
  server.addService(loaded.acme.v1.Shelves.service, {
    getShelf: (call: grpc.ServerUnaryCall<Request, object>, done: grpc.sendUnaryData<object>) => {
      if (call.request.name === "shelves/none") done({ code: grpc.status.NOT_FOUND, details: "no" });
      else done(null, reply(call.request, String(call.metadata.get("grpcgateway-from")[0] ?? "")));
    },
    listShelves: (call: grpc.ServerWritableStream<Request, object>) => {
      for (const from of ["x", "y"]) call.write(reply(call.request, from));
      call.end();
    },
  });
  port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
});

afterAll(() => {
  server.forceShutdown();
  project.remove();
});

async function compare(...args: readonly string[]) {
  const { terminal, stdout, stderr } = captureTerminal(project.root);
  const exitCode = await run(["compare", ...args], { ...terminal, interrupted: () => new Promise(() => {}) });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

test("unary, errors, streams, metadata and 64-bit integers are alike; what no message can express is not sent", async () => {
  const { exitCode, stdout, stderr } = await compare("requests.jsonl", "--old", `grpc://127.0.0.1:${port}`);
  expect([exitCode, stderr, stdout]).toEqual([0, "", expect.stringContaining("0 of 3 requests")]);
  expect(stdout).toContain("0 of 3 requests answered differently");
  expect(stdout).toContain("1 not compared: its binding refuses it, so no message can be sent");
  expect(stdout).toContain("1 not compared: no RPC answers it");
});

test("a handler that answers otherwise is found by field", async () => {
  project.put("odd.jsonl", '{"method":"GET","target":"/v1/shelves/odd"}\n');
  const { exitCode, stdout } = await compare("odd.jsonl", "--old", `grpc://127.0.0.1:${port}`);
  expect([exitCode, stdout]).toEqual([
    1,
    expect.stringContaining('value  Shelves.GetShelf  name  "shelves/odd" -> "changed"'),
  ]);
});

test("headers of the command line become metadata", async () => {
  const { exitCode } = await compare(
    "requests.jsonl",
    "--old",
    `grpc://127.0.0.1:${port}`,
    "--old-header",
    "From: grace",
  );
  expect(exitCode).toBe(1);
});

test("a server that is not there stops the comparison", async () => {
  project.put("many.jsonl", '{"method":"GET","target":"/v1/shelves/1"}\n'.repeat(20));
  const { exitCode, stdout, stderr } = await compare("many.jsonl", "--old", "grpc://127.0.0.1:1", "--wait", "3");
  expect(stderr).toBe("");
  expect([exitCode, stdout]).toEqual([
    4,
    expect.stringContaining("stopped: the old side failed 10 of the last 10 times"),
  ]);
});
