/** Ids of a request in its lines, and in what its handler calls: over HTTP, over gRPC, and in messages. */
import { once } from "node:events";
import { createServer, get, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  credentials,
  InterceptingCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
} from "@grpc/grpc-js";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  correlated,
  correlationAttributes,
  correlationHeaders,
  correlationInterceptor,
  correlationOf,
  withCorrelation,
} from "../../src/runtime/correlation.js";
import { correlate, correlatedLogger } from "../../src/runtime/observability/correlate.js";
import { jsonLogger } from "../../src/runtime/observability/json-logger.js";
import { observe } from "../../src/runtime/observability/observe.js";
import { requestLines } from "../../src/runtime/observability/request-lines.js";
import { type Handlers, observed } from "./observed.js";

beforeEach(() => void vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", "INFO"));
afterAll(() => void vi.unstubAllEnvs());

const names = ["x-correlation-id", "x-tenant"];
const run = (handlers: Handlers) => {
  const followed = observe({ api: "shop", report: requestLines(), logger: correlatedLogger(jsonLogger()) });
  return observed(correlate(names, followed), handlers);
};

/** What a handler returns when it does `work` for a request with these headers. */
async function during<Result>(headers: Readonly<Record<string, string>>, work: () => Result | Promise<Result>) {
  let result: Result | undefined;
  const send = run({
    buy: async () => {
      await sleep(1);
      result = await work();
      return "";
    },
  });
  const { lines } = await send({ headers });
  return { result, correlation: lines.at(-1)?.["correlation"] };
}

const sent = { "x-correlation-id": "4f6a", "x-tenant": "acme", "x-other": "1" };
const ids = { "x-correlation-id": "4f6a", "x-tenant": "acme" };

describe("capture", () => {
  test.each([
    ["of the configured headers", sent, ids],
    ["of one of them", { "x-tenant": "acme" }, { "x-tenant": "acme" }],
    ["without any, the id of the invocation", {}, { "x-correlation-id": "request-1" }],
    ["not of what no header could carry", { "x-tenant": "a\u00e9" }, { "x-correlation-id": "request-1" }],
    ["not of what is too long", { "x-tenant": "x".repeat(201) }, { "x-correlation-id": "request-1" }],
  ])("%s", async (_, headers, expected) => {
    expect(await during(headers, correlationHeaders)).toEqual({ result: expected, correlation: expected });
  });

  test("outside of a request there are none", () => {
    expect([correlationHeaders(), correlationAttributes()]).toEqual([{}, {}]);
  });

  test("requests of one process at the same time keep their own", async () => {
    const send = async (id: string): Promise<unknown> =>
      (await during({ "x-correlation-id": id }, () => sleep(5).then(correlationHeaders))).result;
    const all = await Promise.all(["a", "b", "c"].map(send));
    expect(all).toEqual(["a", "b", "c"].map((id) => ({ "x-correlation-id": id })));
  });

  test("a stream keeps them to its end", async () => {
    const seen: unknown[] = [];
    const watch = async function* () {
      for (const reply of ["a", "b"]) {
        await sleep(1);
        seen.push(correlationHeaders());
        yield reply;
      }
    };
    await run({ watch })({ method: "GET", path: "/v1/items/1", headers: sent });
    expect(seen).toEqual([ids, ids]);
  });
});

describe("calls", () => {
  const received: IncomingHttpHeaders[] = [];
  const http = createServer(({ headers }, response) => {
    received.push(headers);
    response.end();
  });
  afterAll(() => void http.close());

  test.each([
    ["fetch", async (url: string) => (await fetch(url, { headers: correlationHeaders() })).text()],
    [
      "node:http",
      async (url: string) => {
        const [response] = await once(get(url, { headers: correlationHeaders() }), "response");
        response.resume();
      },
    ],
  ])("over HTTP with %s", async (_, call) => {
    if (!http.listening) await once(http.listen(0, "127.0.0.1"), "listening");
    await during(sent, async () => void (await call(`http://127.0.0.1:${(http.address() as AddressInfo).port}`)));
    expect(received.at(-1)).toMatchObject(ids);
  });

  test("over gRPC, by an interceptor or by metadata", async () => {
    const server = new Server();
    const bytes = (value: Buffer): Buffer => value;
    const echo = { path: "/t.Echo/Echo", requestStream: false, responseStream: false } as const;
    const codec = {
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    };
    const seen: unknown[] = [];
    server.addService(
      { echo: { ...echo, ...codec } },
      {
        echo: ({ metadata, request }: ServerUnaryCall<Buffer, Buffer>, done: (error: null, reply: Buffer) => void) => {
          seen.push(Object.fromEntries(names.map((name) => [name, metadata.get(name)[0]])));
          done(null, request);
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    const interceptors = [correlationInterceptor(InterceptingCall)];
    const call = (options: object, metadata: Metadata): Promise<unknown> => {
      const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options);
      return new Promise((resolve, reject) =>
        client.makeUnaryRequest(echo.path, bytes, bytes, Buffer.of(), metadata, (error, reply) => {
          client.close();
          if (error === null) resolve(reply);
          else reject(error);
        }),
      );
    };
    await during(sent, () => call({ interceptors }, new Metadata()));
    await during(sent, () => call({}, correlated(new Metadata())));
    server.forceShutdown();
    expect(seen).toEqual([ids, ids]);
  });
});

describe("messages", () => {
  const attributes = {
    "x-correlation-id": { DataType: "String", StringValue: "4f6a" },
    "x-tenant": { DataType: "String", StringValue: "acme" },
  };
  test("attributes for SQS and SNS", async () => {
    expect((await during(sent, correlationAttributes)).result).toEqual(attributes);
  });

  test.each([
    ["SQS", { messageAttributes: { "x-correlation-id": { stringValue: "4f6a", dataType: "String" } } }],
    ["SNS", { Sns: { MessageAttributes: { "x-correlation-id": { Type: "String", Value: "4f6a" } } } }],
  ])("a worker for %s goes on with them", (_, record) => {
    const seen = withCorrelation(() => correlationOf(record, names), correlationHeaders);
    expect(seen).toEqual({ "x-correlation-id": "4f6a" });
  });

  test.each([
    [null],
    [{}],
    [{ messageAttributes: null }],
    [{ messageAttributes: { "x-tenant": { stringValue: "a\r\nb" }, "x-correlation-id": 7 } }],
  ])("a record with none: %j", (record) => {
    expect(correlationOf(record, [...names, "__proto__", "constructor"])).toEqual({});
  });
});
