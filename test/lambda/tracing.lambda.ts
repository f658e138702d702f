/** Subsegments of requests and of what their handlers call, as a daemon of X-Ray gets them, under Lambda's own runtime client. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { bundleOptions } from "../../src/build/bundle-options.js";
import { eventOf, testDoors } from "../front-door/doors.js";
import { baseRequest } from "../front-door/shown.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { type LambdaFunction, startLambdaFunction } from "./runtime-api.js";
import { lambdaRuntimes } from "./runtime-cache.js";

const runtimes = lambdaRuntimes();
if (typeof runtimes === "string") console.warn(`skipped: ${runtimes}`);

const handler = `import { once } from "node:events";
import http from "node:http";
import { Client, credentials, InterceptingCall, Metadata } from "@grpc/grpc-js";
import { RpcError } from "../../../gen/runtime/status.js";
import { traced, traceHeader, tracingInterceptor } from "../../../gen/runtime/tracing.js";

const { WEB = "", GRPC = "" } = process.env;
const bytes = (value: Buffer): Buffer => value;
const port = new URL(WEB).port;
const toHere = (_host: string, _options: object, done: (error: null, addresses: object[]) => void): void =>
  done(null, [{ address: "127.0.0.1", family: 4 }]);

async function get(url: string, options = {}): Promise<void> {
  const [response] = await once(http.get(url, options), "response");
  response.resume();
  await once(response, "end");
}

async function check(): Promise<void> {
  const client = new Client(GRPC, credentials.createInsecure(), { interceptors: [tracingInterceptor(InterceptingCall)] });
  try {
    await new Promise((resolve, reject) =>
      client.makeUnaryRequest("/acme.v1.Stock/Check", bytes, bytes, Buffer.of(), new Metadata(), (error, reply) =>
        error === null ? resolve(reply) : reject(error),
      ),
    );
  } finally {
    client.close();
  }
}

export const buy = async ({ name }: { name: string }) => {
  switch (name) {
    case "books/fetch":
      await (await fetch(WEB + "/price?token=secret", { headers: { "x-own": "1" } })).text();
      break;
    case "books/http":
      await get(WEB + "/price?token=secret");
      break;
    case "books/expect":
      await get(WEB + "/price?token=secret", { headers: { expect: "100-continue" } });
      break;
    case "books/list":
      await get(WEB + "/price?token=secret", { headers: ["host", "stock"] });
      break;
    case "books/aws": {
      const headers = { "x-amz-target": "DynamoDB_20120810.GetItem" };
      await get("http://dynamodb.eu-west-1.amazonaws.com:" + port + "/", { headers, lookup: toHere });
      break;
    }
    case "books/refused":
      await get("http://127.0.0.1:1/").catch(() => undefined);
      break;
    case "books/grpc":
      await check().catch(() => undefined);
      break;
    case "books/traced":
      await traced("price: 1<2", () => get(WEB + "/429"));
      break;
    case "books/fails":
      await traced("fails", () => Promise.reject(new TypeError("no price")));
      break;
    case "books/none":
      throw new RpcError("NOT_FOUND", "no such book");
    case "books/many":
      throw new RpcError("RESOURCE_EXHAUSTED", "too many");
  }
  return { header: traceHeader() ?? "" };
};
`;

const files = {
  "package.json": '{"private": true, "type": "module"}',
  "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\ndeployment: { tracing: calls }\n",
  "proto/shop.proto": `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Shop {
  rpc Buy(Request) returns (Reply) { option (google.api.http) = { get: "/v1/{name=books/*}" }; }
}
message Request { string name = 1; }
message Reply { string header = 1; }
`,
  "src/handlers/shop/buy.ts": handler,
};

const root = "1-5759e988-bd862e3fe1be46a994272793";
const sampled = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a1b2:0`;

/** A document without its id, trace and times, which are checked. */
interface Document {
  readonly id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly [name: string]: unknown;
}

describe.skipIf(typeof runtimes === "string").each([22, 24] as const)("Node %i", (version) => {
  const daemon = createSocket("udp4");
  const packets: string[] = [];
  /** Headers of requests to the HTTP server and metadata of calls to the gRPC server. */
  const headers: (string | undefined)[] = [];
  const web = createServer(({ url, headers: sent }, response) => {
    headers.push(String(sent["x-amzn-trace-id"]));
    response.writeHead(url === "/429" ? 429 : 200, { "x-amzn-requestid": "aws-7" }).end("12");
  });
  const stock = new Server();
  let project: TemporaryProject;
  let lambda: LambdaFunction;

  beforeAll(async () => {
    if (typeof runtimes === "string") throw new Error(runtimes);
    daemon.on("message", (packet) => void packets.push(packet.toString()));
    await Promise.all([
      new Promise<void>((done) => daemon.bind(0, "127.0.0.1", done)),
      once(web.listen(0, "127.0.0.1"), "listening"),
    ]);
    const bytes = (value: Buffer): Buffer => value;
    const codec = {
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    };
    const check = { path: "/acme.v1.Stock/Check", requestStream: false, responseStream: false, ...codec };
    stock.addService(
      { check },
      {
        check: ({ metadata }: { metadata: { get(name: string): unknown[] } }, done: (error: object) => void) => {
          headers.push(String(metadata.get("x-amzn-trace-id")[0]));
          done({ code: status.UNAVAILABLE, details: "closed" });
        },
      },
    );
    const grpc = await new Promise<number>((bound, fail) =>
      stock.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error === null ? bound(port) : fail(error),
      ),
    );
    project = createProject(files);
    symlinkSync(resolve("node_modules"), join(project.root, "node_modules"));
    const { exitCode, stderr } = await runCli(project.root, "generate");
    expect(exitCode, stderr).toBe(0);
    const outDir = join(project.root, "out");
    await build(bundleOptions({ root: project.root, entries: ["gen/functions/shop-buy.ts"], outDir }));
    const env = {
      AWS_XRAY_DAEMON_ADDRESS: `tcp:127.0.0.1:1 udp:127.0.0.1:${(daemon.address() as AddressInfo).port}`,
      WEB: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
      GRPC: `127.0.0.1:${grpc}`,
    };
    const node = runtimes.nodes.get(version) ?? "";
    lambda = await startLambdaFunction({ node, client: runtimes.client, bundle: join(outDir, "shop-buy.mjs"), env });
  });
  afterEach(() => {
    packets.length = 0;
    headers.length = 0;
  });
  afterAll(async () => {
    await lambda?.stop();
    daemon.close();
    web.close();
    stock.forceShutdown();
    project?.remove();
  });

  /** Calls the function; gives the reply, and documents by their parents: the request's first. */
  async function call(target: string, trace = sampled) {
    const door = testDoors.find(({ name }) => name === "http-api");
    if (door === undefined) throw new Error("no such door");
    const result = await lambda.invoke(eventOf(door, { ...baseRequest, target }), { trace });
    if (result.kind !== "response") throw new Error(JSON.stringify(result));
    const { statusCode, body } = result.payload as { statusCode: number; body: string };
    // They were sent before the answer; the kernel has them for this process.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const documents = packets.map(readPacket).reverse();
    return { statusCode, body, documents };
  }

  function readPacket(packet: string): Document {
    const [header, text = "", ...more] = packet.split("\n");
    expect([header, more]).toEqual(['{"format":"json","version":1}', []]);
    const { type, trace_id, start_time, end_time, ...document } = JSON.parse(text);
    expect([type, trace_id]).toEqual(["subsegment", root]);
    expect(document.id).toMatch(/^[\da-f]{16}$/);
    expect(end_time - start_time).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Date.now() / 1000 - end_time)).toBeLessThan(60);
    return document;
  }

  const rpc = (code: string, cold_start: unknown = expect.any(Boolean)) => ({
    name: "acme.v1.Shop/Buy",
    parent_id: "53995c3f42cd8ad8",
    annotations: { rpc_service: "acme.v1.Shop", rpc_method: "Buy", template: "/v1/{name=books/*}", code, cold_start },
  });
  const header = (id: string | undefined, isSampled = 1) => `Root=${root};Parent=${id};Sampled=${isSampled}`;

  test("a request, the cold start first", async () => {
    const { statusCode, body, documents } = await call("/v1/books/1");
    expect(documents).toEqual([{ id: expect.any(String), ...rpc("OK", true) }]);
    expect([statusCode, JSON.parse(body)]).toEqual([200, { header: header(documents[0]?.id) }]);
  });

  test.each([
    ["none", 404, "NOT_FOUND", { error: true }],
    ["many", 429, "RESOURCE_EXHAUSTED", { error: true, throttle: true }],
  ])("books/%s is the caller's failure", async (name, statusCode, code, flags) => {
    const reply = await call(`/v1/books/${name}`);
    expect(reply.documents).toEqual([{ id: expect.any(String), ...rpc(code), ...flags }]);
    expect(reply.statusCode).toBe(statusCode);
  });

  test("a fault of the handler, below it that of the work it traces, without stacks", async () => {
    const { documents } = await call("/v1/books/fails");
    const [request, work] = documents;
    const causeOf = (document: Document | undefined, message: string) => ({
      exceptions: [{ id: document?.id, type: "TypeError", message }],
    });
    expect(documents).toEqual([
      { id: request?.id, ...rpc("INTERNAL"), fault: true, cause: causeOf(request, "internal error") },
      { id: work?.id, name: "fails", parent_id: request?.id, fault: true, cause: causeOf(work, "no price") },
    ]);
  });

  test("a path of no RPC", async () => {
    const { documents } = await call("/v1/nothing");
    expect(documents).toEqual([expect.objectContaining({ name: "unrouted", error: true })]);
    expect(documents[0]?.annotations).toEqual({ code: "NOT_FOUND", cold_start: false });
  });

  test.each(["fetch", "http"])("a call by %s, without its query", async (name) => {
    const { documents } = await call(`/v1/books/${name}`);
    const [request, sub] = documents;
    expect(sub).toEqual({
      id: sub?.id,
      parent_id: request?.id,
      name: expect.stringContaining("127.0.0.1"),
      namespace: "remote",
      http: {
        request: { method: "GET", url: expect.stringMatching(/^http:\/\/127\.0\.0\.1(:\d+)?\/price$/) },
        response: { status: 200 },
      },
    });
    expect(headers).toEqual([header(sub?.id)]);
    expect(documents).toHaveLength(2);
  });

  test.each(["expect", "list"])("a call whose headers are written at once, without its own: %s", async (name) => {
    const { statusCode, documents } = await call(`/v1/books/${name}`);
    expect(statusCode).toBe(200);
    expect(documents[1]).toMatchObject({ namespace: "remote", http: { response: { status: 200 } } });
    expect(headers).toEqual(["undefined"]);
  });

  test("a call to AWS", async () => {
    const { documents } = await call("/v1/books/aws");
    expect(documents[1]).toMatchObject({
      name: "dynamodb",
      namespace: "aws",
      aws: { region: "eu-west-1", operation: "GetItem", request_id: "aws-7" },
    });
  });

  test("a call that finds nobody", async () => {
    const { documents } = await call("/v1/books/refused");
    expect(documents[1]).toMatchObject({
      namespace: "remote",
      fault: true,
      cause: { exceptions: [{ type: "Error" }] },
    });
  });

  test("a call over gRPC", async () => {
    const { documents } = await call("/v1/books/grpc");
    const [request, sub] = documents;
    expect(sub).toEqual({
      id: sub?.id,
      parent_id: request?.id,
      name: "acme.v1.Stock",
      namespace: "remote",
      fault: true,
      annotations: { rpc_method: "Check", grpc_code: status.UNAVAILABLE },
    });
    expect(headers).toEqual([header(sub?.id)]);
  });

  test("what is called in traced work is below it", async () => {
    const [request, work, http] = (await call("/v1/books/traced")).documents;
    expect(work).toMatchObject({ name: "price: 1_2", parent_id: request?.id });
    expect(http).toMatchObject({ parent_id: work?.id, error: true, throttle: true });
  });

  test("a trace that is not sampled is passed on, and not sent", async () => {
    const { documents } = await call("/v1/books/fetch", sampled.replace("Sampled=1", "Sampled=0"));
    expect(documents).toEqual([]);
    expect(headers).toEqual([expect.stringMatching(new RegExp(`^Root=${root};Parent=[\\da-f]{16};Sampled=0$`))]);
  });

  test("without a trace nothing is traced", async () => {
    const { statusCode, documents } = await call("/v1/books/fetch", "Root=nonsense");
    expect([statusCode, documents, headers]).toEqual([200, [], ["undefined"]]);
  });
});
