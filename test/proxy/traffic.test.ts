/** RPCs that new code and a real grpc-js server share: who answers, and who stands in. */
import * as grpc from "@grpc/grpc-js";
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from "vitest";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { unary } from "../../src/runtime/calls/unary.js";
import { alb } from "../../src/runtime/doors/alb.js";
import { interceptUnary } from "../../src/runtime/interception/intercept-unary.js";
import type { Interceptor } from "../../src/runtime/interceptors.js";
import { type EndedRequest, observe, type RequestFields } from "../../src/runtime/observability/observe.js";
import { requestCounts } from "../../src/runtime/observability/request-counts.js";
import { grpcServer, proxyServerStream, proxyUnary } from "../../src/runtime/proxy/grpc-proxy.js";
import { divide, type RequestPart, takesNewCode, type Traffic } from "../../src/runtime/proxy/traffic.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";
import { type Context, type Rpc, RpcError } from "../../src/runtime/rpc.js";
import { grpcJsServer, type Running } from "./grpc-servers.js";

const rpc = {
  service: "test.S",
  method: "Get",
  kind: "unary",
  profile: grpcGateway,
  bindings: [
    {
      httpMethod: "GET",
      template: "/v1/things/*",
      segments: ["v1", "things", "*"],
      captures: [[2, 3]],
      decode: (_, name = "") => name,
      encode: (reply) => JSON.stringify(reply),
    },
  ],
} as const satisfies Rpc<string, string>;

const codec = {
  encode: (text: string) => Buffer.from(text),
  decode: (bytes: Uint8Array) => Buffer.from(bytes).toString(),
};

let server: Running;
let failure: Partial<grpc.ServiceError> | undefined;
const oldServer = grpcServer("TRAFFIC_OLD_ADDRESS", false);
const old = proxyUnary(oldServer, "/test.S/Get", codec);

beforeAll(async () => {
  server = await grpcJsServer({
    Get: (call: grpc.ServerUnaryCall<Buffer, Buffer>, callback: grpc.sendUnaryData<Buffer>) => {
      const metadata = new grpc.Metadata();
      metadata.set("from", "old");
      call.sendMetadata(metadata);
      callback(failure ?? null, Buffer.from(`old ${call.request}`));
    },
    ListStream: (call: grpc.ServerWritableStream<Buffer, Buffer>) => {
      for (const at of ["1", "2"]) call.write(Buffer.from(`old ${at}`));
      call.end();
    },
  });
  process.env["TRAFFIC_OLD_ADDRESS"] = server.address;
});
afterAll(() => server.stop());
afterEach(() => {
  failure = undefined;
  vi.restoreAllMocks();
});

const allNew: Traffic = { share: 100, testers: [] };
const allOld: Traffic = { share: 0, testers: [] };

interface Sent {
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
}

const eventOf = ({ headers = {}, query = {} }: Sent) => ({
  requestContext: { elb: {} },
  httpMethod: "GET",
  path: "/v1/things/a",
  multiValueQueryStringParameters: query,
  multiValueHeaders: { host: ["api.example.com"], ...headers },
  body: "",
  isBase64Encoded: false,
});

type Next = (name: string, context: Context) => string;

const answerNew: Next = (name, { header }) => {
  header.set("from", "new");
  return `new ${name}`;
};

/** Sends a request; gives the answer, the header of who made it, and the fields of its line. */
async function send(traffic: Traffic, next: Next = answerNew, sent: Sent = {}) {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const lines: RequestFields[] = [];
  const counts = requestCounts();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const report = (ended: EndedRequest) => {
    lines.push(ended.fields);
    counts.add(ended);
  };
  const observer = observe({ api: "test", report, logger: () => quiet });
  const { statusCode, body, multiValueHeaders } = await alb(divide(unary(rpc, next), unary(rpc, old), traffic), {
    observer,
  })(eventOf(sent), { awsRequestId: "1", getRemainingTimeInMillis: () => 3000 });
  const from = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    /-from$/i.test(name) ? values : [],
  );
  expect(counts.text()).toContain(`,side="${lines[0]?.side}"} 1`);
  return { statusCode, body: JSON.parse(body), from, side: lines[0]?.side };
}

describe("who answers", () => {
  it.each([
    ["the new code, of all requests", allNew, {}, "new"],
    ["the old server, of all requests", allOld, {}, "old"],
    [
      "the new code, a tester by header",
      { ...allOld, testers: [part("header", "x-canary", "1")] },
      { headers: { "X-Canary": ["1"] } },
      "new",
    ],
    [
      "the old server, another value of the header",
      { ...allOld, testers: [part("header", "x-canary", "1")] },
      { headers: { "x-canary": ["2"] } },
      "old",
    ],
    [
      "the new code, a tester by any value of a cookie",
      { ...allOld, testers: [part("cookie", "beta")] },
      { headers: { cookie: ["a=b; beta="] } },
      "new",
    ],
    [
      "the new code, a tester by query",
      { ...allOld, testers: [part("query", "canary", "a b")] },
      { query: { canary: ["a%20b"] } },
      "new",
    ],
    ["the old server, where a parameter says so", { ...allNew, shares: async () => 0 }, {}, "old"],
    ["the new code, where a parameter says nothing", { ...allNew, shares: async () => undefined }, {}, "new"],
    [
      "the old server, a cookie of another name",
      { ...allOld, testers: [part("cookie", "beta")] },
      { headers: { cookie: ["notbeta=1"] } },
      "old",
    ],
  ] as const)("%s", async (_, traffic, sent, side) => {
    expect(await send(traffic, answerNew, sent)).toEqual({ statusCode: 200, body: `${side} a`, from: [side], side });
  });

  it("is chance without a key, and the key with one", () => {
    const http = (session?: string) => ({
      headers: session === undefined ? {} : { cookie: [`session=${session}`] },
      query: "",
    });
    const takes = (share: number, session?: string) =>
      takesNewCode({ share, testers: [], sticky: part("cookie", "session") }, http(session) as never);
    const random = vi.spyOn(Math, "random");
    random.mockReturnValue(0.0999);
    expect(takes(10)).toBe(true);
    random.mockReturnValue(0.1);
    expect(takes(10)).toBe(false);
    const keys = Array.from({ length: 10_000 }, (_, at) => `user-${at}`);
    const chosen = keys.filter((key) => takes(10, key));
    expect(chosen.length).toBeGreaterThan(900);
    expect(chosen.length).toBeLessThan(1100);
    // Who has the new code keeps it while the share grows.
    expect(chosen.every((key) => takes(10, key) && takes(50, key))).toBe(true);
    expect(keys.some((key) => takes(0, key))).toBe(false);
    expect(keys.every((key) => takes(100, key))).toBe(true);
  });
});

describe("standing in", () => {
  const fails =
    (error: unknown): Next =>
    (_, { header }) => {
      header.set("from", "new");
      throw error;
    };

  test.each([
    ["an error of no kind", new Error("secret")],
    ["UNIMPLEMENTED", new RpcError("UNIMPLEMENTED", "later")],
    ["INTERNAL", new RpcError("INTERNAL", "broken")],
    ["UNAVAILABLE", new RpcError("UNAVAILABLE", "down")],
  ])("the old server answers when the new code fails: %s", async (_, error) => {
    const answer = await send({ ...allNew, fallback: true }, fails(error));
    expect(answer).toEqual({ statusCode: 200, body: "old a", from: ["old"], side: "old" });
  });

  test.each([
    ["an answer such as NOT_FOUND", { ...allNew, fallback: true } as const, new RpcError("NOT_FOUND", "gone"), 404],
    ["any failure without fallback", allNew, new RpcError("UNAVAILABLE", "down"), 503],
  ])("does not replace %s", async (_, traffic, error, statusCode) => {
    expect(await send(traffic, fails(error))).toMatchObject({ statusCode, side: "new" });
  });

  it("has the new code answer for a server that is UNAVAILABLE, and for no other failure", async () => {
    const traffic = { ...allOld, fallback: true } as const;
    failure = { code: grpc.status.UNAVAILABLE, details: "draining" };
    expect(await send(traffic)).toEqual({ statusCode: 200, body: "new a", from: ["new"], side: "new" });
    failure = { code: grpc.status.INTERNAL, details: "broken" };
    expect(await send(traffic)).toMatchObject({ statusCode: 500, from: ["old"], side: "old" });
  });

  it("gives the second failure where both sides fail", async () => {
    failure = { code: grpc.status.NOT_FOUND, details: "gone" };
    const answer = await send({ ...allNew, fallback: true }, fails(new RpcError("INTERNAL", "broken")));
    expect(answer).toMatchObject({ statusCode: 404, body: { message: "gone" }, side: "old" });
  });
});

test("interceptors run around the side that answers, once", async () => {
  const seen: string[] = [];
  const note = (side: string): Interceptor => ({
    before: () => void seen.push(`${side} before`),
    unary: (request, _, next) => {
      seen.push(`${side} unary`);
      return next(request);
    },
  });
  const next = interceptUnary(rpc, answerNew, [note("new")]);
  const handlerOf = (traffic: Traffic) => alb(divide(next, interceptUnary(rpc, old, [note("old")]), traffic));
  await handlerOf(allNew)(eventOf({}));
  await handlerOf(allOld)(eventOf({}));
  expect(seen).toEqual(["new before", "new unary", "old before", "old unary"]);
});

test("a stream comes whole from one side, which its first reply decides", async () => {
  const streaming = { ...rpc, method: "ListStream", kind: "serverStreaming" } as const;
  const oldList = serverStream(streaming, proxyServerStream(oldServer, "/test.S/ListStream", codec));
  const newList = (failing: boolean) =>
    serverStream<string, string>(streaming, function* () {
      if (failing) throw new RpcError("INTERNAL", "broken");
      yield "new 1";
    });
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const lines = async (failing: boolean, traffic: Traffic) =>
    (await alb(divide(newList(failing), oldList, traffic))(eventOf({}))).body;
  expect(await lines(false, allNew)).toBe('{"result":"new 1"}\n');
  expect(await lines(false, allOld)).toBe('{"result":"old 1"}\n{"result":"old 2"}\n');
  expect(await lines(true, { ...allNew, fallback: true })).toBe('{"result":"old 1"}\n{"result":"old 2"}\n');
});

function part(from: RequestPart["from"], name: string, equals?: string): RequestPart {
  return { from, name, ...(equals === undefined ? {} : { equals }) };
}
