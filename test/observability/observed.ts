/** A function whose requests are followed, and the lines that it writes. */
import fs from "node:fs";
import { vi } from "vitest";
import { router } from "../../src/runtime/calls/endpoint.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { unary } from "../../src/runtime/calls/unary.js";
import { httpApi } from "../../src/runtime/doors/http-api.js";
import { parseJson } from "../../src/runtime/json/parse-json.js";
import { bodyText } from "../../src/runtime/http.js";
import type { Observer } from "../../src/runtime/observation.js";
import { spec } from "../../src/runtime/routing/profile.js";
import type { Binding, Rpc, ServerStreamingHandler, UnaryHandler } from "../../src/runtime/rpc.js";

/** A line of the log, parsed. */
export type Line = Readonly<Record<string, unknown>>;

function rpcOf<Request>(method: string, kind: Rpc<Request, string>["kind"], binding: Binding<Request, string>) {
  return { service: "acme.v1.Shop", method, kind, profile: spec, bindings: [binding] } satisfies Rpc<Request, string>;
}

const buy = rpcOf<string>("Buy", "unary", {
  httpMethod: "POST",
  template: "/v1/{name=items/*}:buy",
  segments: ["v1", "items", "*"],
  verb: "buy",
  captures: [[1, 3]],
  body: true,
  decode: ({ body }, name) => {
    if (body.length > 0) parseJson(bodyText(body));
    return name;
  },
  encode: JSON.stringify,
});

const watch = rpcOf<string>("Watch", "serverStreaming", {
  httpMethod: "GET",
  template: "/v1/{name=items/*}",
  segments: ["v1", "items", "*"],
  captures: [[1, 3]],
  decode: (_, name) => name,
  encode: JSON.stringify,
});

/** The handlers of the function. */
export interface Handlers {
  readonly buy?: UnaryHandler<string, string>;
  readonly watch?: ServerStreamingHandler<string, string>;
}

/** A request to the function; by default `POST /v1/items/1:buy` without a body. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Makes the function that sends requests, and gives the status with the lines that were written meanwhile. */
export function observed(observer: Observer, handlers: Handlers) {
  const endpoints = [
    unary(buy, handlers.buy ?? (() => "bought")),
    serverStream(watch, handlers.watch ?? (() => ["one"])),
  ] as const;
  const handler = httpApi(router(endpoints), { observer });
  return async (sent: Sent = {}) => {
    const lines: Line[] = [];
    const write = vi.spyOn(fs, "writeSync").mockImplementation((_, text) => {
      lines.push(JSON.parse(String(text)));
      return Buffer.byteLength(String(text));
    });
    try {
      const { statusCode } = await handler(eventOf(sent), lambda);
      return { status: statusCode, lines };
    } finally {
      write.mockRestore();
    }
  };
}

const lambda = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 10_000 };

/** An event of an HTTP API. */
export function eventOf({ method = "POST", path = "/v1/items/1:buy", query = "", headers = {}, body = "" }: Sent) {
  const requestContext = { http: { method, sourceIp: "192.0.2.1" }, stage: "$default", domainName: "api.example" };
  return { version: "2.0", rawPath: path, rawQueryString: query, headers, requestContext, body };
}
