/** Functions that pass requests on to the gateway that still stands: what arrives there, and what comes back. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { alb } from "../../src/runtime/doors/alb.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import { httpProxy, httpServer } from "../../src/runtime/proxy/http-proxy.js";
import { grpcGateway } from "../../src/runtime/routing/profile.js";

interface Seen {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

let seen: Seen[] = [];
let answer: (response: http.ServerResponse) => void;
let server: http.Server;

beforeEach(async () => {
  seen = [];
  answer = (response) => response.end("{}");
  server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const { method, url: target, rawHeaders: headers } = request;
      seen.push({ method, target, headers, body: Buffer.concat(pieces).toString("latin1") });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env["OLD_HTTP_ADDRESS"] = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const rpc = {
  service: "acme.v1.Shop",
  method: "Get",
  bindings: [
    ["GET /v1/things/*", "/v1/{name=things/*}"],
    ["POST /v1/things/* act", "/v1/{name=things/*}:act"],
  ] as const,
};
const proxy = () => httpProxy(grpcGateway, httpServer("OLD_HTTP_ADDRESS", false), rpc);

function albEvent(method: string, path: string, more: object = {}) {
  return {
    requestContext: { elb: {} },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: {},
    multiValueHeaders: { host: ["api.example.com"], "x-forwarded-for": ["198.51.100.7"] },
    body: "",
    isBase64Encoded: false,
    ...more,
  };
}

/** The values of a header that arrived. */
const valuesOf = (name: string): readonly string[] =>
  (seen[0]?.headers ?? []).filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === name);

it("sends path, query and body as they came, with headers but those of the connection", async () => {
  const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  const request = albEvent("POST", "/v1/things/a%20b:act", {
    multiValueQueryStringParameters: { a: ["1", "%E2%82%AC"], "b.c": [""] },
    multiValueHeaders: {
      host: ["api.example.com"],
      "x-forwarded-for": ["198.51.100.7"],
      "content-type": ["application/octet-stream"],
      "x-twice": ["1", "2"],
      "accept-encoding": ["gzip"],
      connection: ["keep-alive"],
      te: ["trailers"],
      authorization: ["Bearer of tidings"],
    },
    body: body.toString("base64"),
    isBase64Encoded: true,
  });
  await alb(proxy())(request);
  expect(seen).toMatchObject([
    { method: "POST", target: "/v1/things/a%20b:act?a=1&a=%E2%82%AC&b.c=", body: body.toString("latin1") },
  ]);
  expect(valuesOf("x-twice")).toEqual(["1", "2"]);
  expect(valuesOf("authorization")).toEqual(["Bearer of tidings"]);
  expect(valuesOf("x-forwarded-host")).toEqual(["api.example.com"]);
  expect(valuesOf("x-forwarded-for")).toEqual(["198.51.100.7"]);
  expect(valuesOf("host")).toEqual([process.env["OLD_HTTP_ADDRESS"]]);
  for (const name of ["te", "accept-encoding"]) expect(valuesOf(name)).toEqual([]);
});

it("encodes a path again that the door has decoded", async () => {
  const rawPath = "/v1/things/ü ?%";
  const http = { method: "GET", path: rawPath, sourceIp: "198.51.100.7" };
  const requestContext = { domainName: "id.execute-api.eu-west-1.amazonaws.com", stage: "$default", http };
  await httpApi(proxy())({ version: "2.0", rawPath, rawQueryString: "", headers: {}, requestContext });
  expect(seen[0]?.target).toBe("/v1/things/%C3%BC%20%3F%25");
});

it("gives the answer back: status, headers in order, bytes", async () => {
  answer = (response) => {
    response.writeHead(
      418,
      [
        ["Content-Type", "text/plain"],
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
        ["Grpc-Metadata-Foo", "bar"],
      ].flat(),
    );
    response.end(Buffer.from([1, 2, 255]));
  };
  const result = await alb(proxy())(albEvent("GET", "/v1/things/a"));
  expect(result).toMatchObject({
    statusCode: 418,
    multiValueHeaders: { "content-type": ["text/plain"], "set-cookie": ["a=1", "b=2"], "grpc-metadata-foo": ["bar"] },
    body: Buffer.from([1, 2, 255]).toString("base64"),
    isBase64Encoded: true,
  });
  expect(Object.keys(result.multiValueHeaders ?? {}).map((name) => name.toLowerCase())).not.toContain(
    "transfer-encoding",
  );
});

it("does not send paths that the RPC does not have", async () => {
  expect(await alb(proxy())(albEvent("GET", "/v1/others/a"))).toMatchObject({ statusCode: 404 });
  expect(await alb(proxy())(albEvent("POST", "/v1/things/a"))).toMatchObject({ statusCode: 501 });
  expect(seen).toEqual([]);
});

it("keeps a connection, and makes a new one after a pause, in which it may have died", async () => {
  let connections = 0;
  server.on("connection", () => (connections += 1));
  const handler = alb(proxy());
  for (let at = 0; at < 3; at++) await handler(albEvent("GET", "/v1/things/a"));
  expect(connections).toBe(1);
  const { now } = Date;
  try {
    Date.now = () => now() + 10_000;
    await handler(albEvent("GET", "/v1/things/a"));
  } finally {
    Date.now = now;
  }
  expect(connections).toBe(2);
});

it("leaves requests alone that are in progress when another one comes", async () => {
  const waiting: http.ServerResponse[] = [];
  answer = (response) => {
    waiting.push(response);
    if (waiting.length === 2) for (const each of waiting) each.end("{}");
  };
  const handler = alb(proxy());
  const both = ["a", "b"].map((name) => handler(albEvent("GET", `/v1/things/${name}`)));
  expect((await Promise.all(both)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
});

it("is UNAVAILABLE when the gateway cannot be reached, and says nothing of where it is", async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const { statusCode, body } = await alb(proxy())(albEvent("GET", "/v1/things/a"));
  expect(statusCode).toBe(503);
  expect(JSON.parse(body)).toEqual({ code: 14, message: "the service behind this one cannot be reached", details: [] });
});

it.each([
  [
    "characters that nobody has escaped",
    "/v1/things/é %41\u{1f600}\u0007",
    200,
    "/v1/things/%C3%A9%20%41%F0%9F%98%80%07",
  ],
  ["a lone surrogate", "/v1/things/\ud800", 400, undefined],
])("passes a path on with %s, or refuses it", async (_, path, statusCode, target) => {
  expect(await alb(proxy())(albEvent("GET", path))).toMatchObject({ statusCode });
  expect(seen.map((request) => request.target)).toEqual(target === undefined ? [] : [target]);
});

it("refuses a header that HTTP/1.1 cannot carry", async () => {
  const headers = { "x-note": ["\u{1f600}"] };
  const answered = await alb(proxy())(albEvent("GET", "/v1/things/a", { multiValueHeaders: headers }));
  expect(answered).toMatchObject({ statusCode: 400, body: expect.stringContaining("HTTP/1.1 cannot carry") });
  expect(seen).toEqual([]);
});
