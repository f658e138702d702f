/** The user's error mapper sees what the door itself answers, through every door. */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compression } from "../../src/runtime/doors/compression.js";
import { cors } from "../../src/runtime/doors/cors.js";
import { customize, type ErrorMapper } from "../../src/runtime/customize.js";
import type { DoorOptions } from "../../src/runtime/doors/door.js";
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import type { HttpResponse } from "../../src/runtime/http.js";
import type { WireRequest, WireResponse } from "../../src/simulator/wire.js";
import { answerEvent, exchange, type TestDoor, testDoors } from "./doors.js";
import { probe } from "./probe.js";

const cases = testDoors.map((door): [string, TestDoor] => [door.name, door]);
const buffered = cases.filter(([, { streams }]) => !streams);
const streamed = cases.filter(([, { streams }]) => streams);

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const problems: ErrorMapper = (status, request) => ({
  headers: [["Content-Type", "application/problem+json"]],
  body: JSON.stringify({ title: status.message, code: status.code, instance: request?.path ?? "no request" }),
});

function wire(target: string, headers: Record<string, string> = {}, body: Uint8Array = new Uint8Array()): WireRequest {
  return {
    method: body.length === 0 ? "GET" : "PUT",
    target,
    httpVersion: "1.1",
    headers: [["Host", "api.example.com"], ...Object.entries(headers)],
    body,
    sourceIp: "203.0.113.10",
    scheme: "https",
  };
}

function withMapper(errorMapper: ErrorMapper, endpoint: Endpoint = probe): Endpoint {
  return customize(endpoint, { errorMapper });
}

/** Status, type and body. */
function shown({ status, headers, body }: WireResponse): unknown {
  const type = headers.find(([name]) => name === "content-type")?.[1];
  return { status, type, ...JSON.parse(body.toString()) };
}

const type = "application/problem+json";
const app = "https://app.example.com";
const browsers: DoorOptions = {
  cors: cors({ origins: [app], methods: [], headers: [], exposeHeaders: [], maxAge: 0, credentials: false }),
};

test.each(buffered)("%s: a response that is too large, for browsers too", async (_, door) => {
  const request = wire("/v1/answers/5", { Origin: app });
  const response = await exchange(door, door.make(withMapper(problems), browsers), request);
  const title = expect.stringMatching(/^the response is larger than the \d/);
  expect(shown(response)).toEqual({ status: 429, type, title, code: 8, instance: "/v1/answers/5" });
  expect(response.headers).toContainEqual(["access-control-allow-origin", app]);
});

test.each(buffered)("%s: a stream that is too large", async (_, door) => {
  const response = await exchange(door, door.make(withMapper(problems)), wire("/v1/streams/endless"));
  expect(shown(response)).toMatchObject({ status: 429, type, code: 8, instance: "/v1/streams/endless" });
});

test.each(cases)("%s: an event of another kind is an error, and no answer", async (_, door) => {
  const handler = door.make(withMapper(problems), browsers);
  const answered = answerEvent(door, handler, { Records: [] });
  // A stream that ends in an error becomes the door's own answer.
  if (door.streams) expect(await answered).toMatchObject({ status: 502 });
  else await expect(answered).rejects.toThrow('its keys: ["Records"]');
});

test.each(cases.filter(([name]) => name !== "rest-api"))("%s: what compression refuses", async (_, door) => {
  const handler = door.make(withMapper(problems), { ...browsers, compression: compression({ maxBytes: 2000 }) });
  const put = async (coding: string, body: Uint8Array): Promise<WireResponse> =>
    exchange(door, handler, wire("/v1/items/1", { "Content-Encoding": coding, Origin: app }, body));
  const own = { type, instance: "/v1/items/1" };
  expect(shown(await put("gzip", Buffer.from("no gzip")))).toMatchObject({ status: 400, code: 3, ...own });
  expect(shown(await put("gzip", gzipSync(Buffer.alloc(3000))))).toMatchObject({ status: 429, code: 8, ...own });
  const unsupported = await put("zstd", Buffer.from("x"));
  expect(shown(unsupported)).toMatchObject({ status: 415, code: 3, ...own });
  expect(unsupported.headers).toContainEqual(["accept-encoding", "br, gzip, deflate"]);
  expect(unsupported.headers).toContainEqual(["access-control-allow-origin", app]);
});

/** An endpoint whose response no door can write. */
function broken(part: Partial<HttpResponse>): Endpoint {
  const routes = probe.routes.map((route) => ({
    ...route,
    around: async () => ({ status: 200, headers: [], body: "", ...part }),
  }));
  return { ...probe, routes };
}

test.each(cases)("%s: a failure of the wrapper", async (_, door) => {
  const endpoint = withMapper(problems, broken({ headers: null as unknown as [] }));
  const response = await exchange(door, door.make(endpoint), wire("/v1/items/1"));
  expect(shown(response)).toEqual({ status: 500, type, title: "internal error", code: 13, instance: "/v1/items/1" });
});

const mappers: readonly (readonly [string, () => unknown])[] = [
  [
    "throws",
    () => {
      throw new Error("mapper");
    },
  ],
  ["is asynchronous", () => Promise.resolve({ body: "late" })],
  ["returns a body that is no text", () => ({ body: { a: 1 } })],
  ["returns headers that are none", () => ({ headers: { "Content-Type": "a/b" } })],
  ["returns a header without a value", () => ({ headers: [["X-A"]] })],
  ["returns a status that is none", () => ({ status: 99 })],
  ["returns null", () => null],
  ["returns what no door can send", () => ({ body: "x".repeat(7_000_000) })],
];

describe.each(mappers)("a mapper that %s", (what, mapper) => {
  test.each(buffered)("%s", async (_, door) => {
    const handler = door.make(withMapper(mapper as ErrorMapper), browsers);
    const tooLarge = shown(await exchange(door, handler, wire("/v1/answers/5")));
    expect(tooLarge).toMatchObject({ status: 429, type: "application/json", code: 8, details: [] });
    const notFound = shown(await exchange(door, handler, wire("/v1/nowhere")));
    const code = what.includes("door") ? 8 : 5;
    expect(notFound).toMatchObject({ type: "application/json", code, details: [] });
  });

  test.each(what.includes("door") ? [] : streamed)("%s", async (_, door) => {
    const notFound = await exchange(door, door.make(withMapper(mapper as ErrorMapper)), wire("/v1/nowhere"));
    expect(shown(notFound)).toMatchObject({ status: 404, type: "application/json", code: 5, details: [] });
  });
});
