/** An endpoint that shows what reached it and answers whatever a test wants. */
import { bidiStream } from "../../src/runtime/calls/bidi-stream.js";
import { clientStream } from "../../src/runtime/calls/client-stream.js";
import type { Endpoint, Route } from "../../src/runtime/calls/endpoint.js";
import { bodyBytes, type HttpResponse } from "../../src/runtime/http.js";
import type { Call } from "../../src/runtime/calls/call.js";
import type { JsonValue } from "../../src/runtime/values/json.js";
import { type Profile, spec } from "../../src/runtime/routing/profile.js";
import { readPairs } from "../../src/runtime/binding/query.js";
import { readRequests } from "../../src/runtime/binding/request-list.js";
import { jsonResponse, statusResponse } from "../../src/runtime/calls/respond.js";
import type { BoundRequest, Rpc } from "../../src/runtime/rpc.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { RpcError } from "../../src/runtime/status.js";
import { unary } from "../../src/runtime/calls/unary.js";

/** What `/v1/{name=items/*}` answers. */
export interface Seen {
  readonly name: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Base64. */
  readonly body: string;
  readonly probe: readonly string[];
  readonly cookie: readonly string[];
  readonly forwardedFor: readonly string[];
}

/** Calls of the handlers since the last reset. */
export const calls: { count: number; closed: number } = { count: 0, closed: 0 };

/** Responses by the number in `/v1/answers/{number}`. */
export const answers: readonly HttpResponse[] = [
  {
    status: 200,
    headers: [["Content-Type", "image/png"]],
    body: Uint8Array.from({ length: 256 }, (_, index) => index),
  },
  { status: 200, headers: [["Content-Type", "text/html; charset=utf-8"]], body: Buffer.from("<p>\u00e9\u2603</p>") },
  {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ["Set-Cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"],
      ["Set-Cookie", "b=2"],
      ["X-List", "1"],
      ["x-list", "2"],
    ],
    body: "{}",
  },
  statusResponse({ code: 16, message: "who are you", details: [] }),
  {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ["Content-Length", "99"],
      ["Connection", "close"],
      ["Transfer-Encoding", "chunked"],
      ["__proto__", "x"],
    ],
    body: "{}",
  },
  { status: 200, headers: [["Content-Type", "application/json"]], body: JSON.stringify("\u0001".repeat(1_100_000)) },
  { status: 200, headers: [["Content-Type", "application/json"]], body: JSON.stringify("x".repeat(950_000)) },
  { status: 200, headers: [["Content-Type", "application/json"]], body: JSON.stringify("x".repeat(2_000_000)) },
  { status: 200, headers: [["Content-Type", "application/octet-stream"]], body: new Uint8Array(760_000) },
  { status: 200, headers: [["Content-Type", "image/png"]], body: Uint8Array.of(0x89, 0x50) },
  { status: 201, headers: [["Content-Type", "text/plain"]], body: { async *[Symbol.asyncIterator]() {} } },
  {
    status: 200,
    headers: [
      ["Content-Type", "text/plain"],
      ["X-Count", 3 as unknown as string],
    ],
    body: "",
  },
  withHeaders(4, 10_000),
  withHeaders(1, 17_000),
  withHeaders(3, 10_000),
];

function withHeaders(count: number, length: number): HttpResponse {
  const more = Array.from({ length: count }, (_, at) => [`X-Large-${at}`, "x".repeat(length)] as const);
  return { status: 200, headers: [["Content-Type", "application/json"], ...more], body: "{}" };
}

/** Every type of body is passed through the doors, and they are asked for no more methods than they have. */
const profile: Profile = { ...spec, mediaTypes: "ignore", optionsFromRoutes: false };

/**
 * The endpoint. Server-streaming `/v1/streams/{kind}`: `lines`, `none`, `late-error`, `early-error`, `large`, `endless`.
 * Client-streaming `POST /v1/collections`, five messages at most, and both with PATCH.
 */
export const probe: Endpoint = {
  profile,
  routes: [
    ...["GET", "PUT"].map((method) => route(method, ["v1", "items", "*"], [[1, 3]], see)),
    route(
      "GET",
      ["v1", "answers", "*"],
      [[2, 3]],
      (_, [number]) => answers[Number(number)] ?? statusResponse(notFound),
    ),
    ...serverStream(streamRpc(), streamKind).routes,
    ...clientStream(collectRpc("POST"), collect).routes,
    ...bidiStream(collectRpc("PATCH"), echo).routes,
  ],
};

const notFound = { code: 5, message: "no such answer", details: [] };

/** A route as `unary` makes it, but with an answer that is no JSON of a reply. */
function route(
  httpMethod: string,
  segments: readonly string[],
  captures: readonly (readonly [number, number])[],
  answer: (http: BoundRequest, captures: readonly string[], call: Call) => HttpResponse,
): Route {
  const template = `/${segments.join("/")}`;
  const binding = {
    httpMethod,
    segments,
    captures,
    template,
    verb: "",
    body: true,
    decode: () => null,
    encode: () => "null",
  };
  const rpc: Rpc<null, null> = {
    service: "test.Probe",
    method: "Probe",
    kind: "unary",
    profile,
    bindings: [binding],
  };
  const [made] = unary(rpc, () => null).routes;
  if (made === undefined) throw new Error("a binding makes a route");
  return {
    ...made,
    answer: async (http, texts, call) => {
      calls.count++;
      return answer(http, texts, call);
    },
  };
}

function see(http: BoundRequest, [name = ""]: readonly string[], { context }: Call): HttpResponse {
  const { headers } = context.http;
  const seen: Seen = {
    name,
    query: readPairs(http),
    body: Buffer.from(bodyBytes(http.body)).toString("base64"),
    probe: headers["x-probe"] ?? [],
    cookie: headers.cookie ?? [],
    forwardedFor: headers["x-forwarded-for"] ?? [],
  };
  return jsonResponse(JSON.stringify(seen), []);
}

function streamRpc(): Rpc<string, string> {
  return {
    service: "test.Probe",
    method: "Stream",
    kind: "serverStreaming",
    profile,
    bindings: [
      {
        httpMethod: "GET",
        template: "/v1/streams/{kind}",
        segments: ["v1", "streams", "*"],
        verb: "",
        captures: [[2, 3]],
        body: false,
        decode: (_, kind = "") => kind,
        encode: (reply) => JSON.stringify(reply),
      },
    ],
  };
}

function collectRpc(httpMethod: string): Rpc<readonly JsonValue[], JsonValue> {
  return {
    service: "test.Probe",
    method: "Collect",
    kind: "clientStreaming",
    profile,
    bindings: [
      {
        httpMethod,
        template: "/v1/collections",
        segments: ["v1", "collections"],
        verb: "",
        captures: [],
        body: true,
        decode: (http) => readRequests(http, (json) => json as JsonValue, 5),
        encode: (reply) => JSON.stringify(reply),
      },
    ],
  };
}

async function collect(requests: AsyncIterable<JsonValue>): Promise<JsonValue> {
  calls.count++;
  const list: JsonValue[] = [];
  for await (const request of requests) list.push(request);
  return { list };
}

async function* echo(requests: AsyncIterable<JsonValue>): AsyncGenerator<JsonValue, void, undefined> {
  calls.count++;
  yield* requests;
}

async function* streamKind(kind: string): AsyncGenerator<string, void, undefined> {
  calls.count++;
  try {
    if (kind === "early-error") throw new RpcError("NOT_FOUND", "nothing here");
    if (kind === "none") return;
    yield "one";
    if (kind === "large") for (let round = 0; round < 140; round++) yield "x".repeat(50_000);
    await new Promise((resolve) => setImmediate(resolve));
    if (kind === "late-error") throw new RpcError("DATA_LOSS", "broken");
    yield "two";
    if (kind === "endless") while (true) yield "x".repeat(50_000);
  } finally {
    calls.closed++;
  }
}
