/** The local server: real HTTP in, the front door's event by its simulator, the bundled wrapper, the answer back. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { admitHttpApi, answerHttpApi } from "../../simulator/http-api.js";
import { chooseHttpApiRoute, type HttpApiRoute } from "../../simulator/http-api-routes.js";
import { doorMessage, type WireRequest, type WireResponse } from "../../simulator/wire.js";
import type { LocalFunction, LocalFunctions } from "./local-functions.js";

/** Largest request body that is read at all, in bytes: what an HTTP API would admit, and one more to be refused. */
const maxBodyBytes = 10 * 1024 * 1024 + 1;

/** One request that was served, for the log. */
export interface ServedRequest {
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** Milliseconds from the request's arrival to its answer. */
  readonly duration: number;
  /** Absent when the door refused the request. */
  readonly local?: LocalFunction;
  /** Why the door refused it, or how the function failed. */
  readonly note?: string;
  readonly error?: unknown;
}

/** The API at the moment of a request. */
export interface LocalApi {
  readonly routes: readonly HttpApiRoute<LocalFunction>[];
  readonly functions: LocalFunctions;
}

/** What the server needs to know. */
export interface DevServerOptions {
  /** Asked for each request: the API changes when files do. */
  readonly current: () => LocalApi;
  readonly served: (request: ServedRequest) => void;
}

/** Creates the server; the caller makes it listen. */
export function createDevServer(options: DevServerOptions): Server {
  return createServer((incoming, outgoing) => {
    const start = performance.now();
    serve(incoming, options.current()).then(
      ({ response, ...outcome }) => {
        send(outgoing, incoming.method ?? "GET", response);
        options.served({
          method: incoming.method ?? "GET",
          target: incoming.url ?? "/",
          status: response.status,
          duration: performance.now() - start,
          ...outcome,
        });
      },
      () => outgoing.destroy(),
    );
  });
}

interface Outcome {
  readonly response: WireResponse;
  readonly local?: LocalFunction;
  readonly note?: string;
  readonly error?: unknown;
}

async function serve(incoming: IncomingMessage, { routes, functions }: LocalApi): Promise<Outcome> {
  const requestId = randomUUID();
  let local: LocalFunction | undefined;
  const admission = admitHttpApi(await readRequest(incoming), {
    route: (method, path) => {
      const choice = chooseHttpApiRoute(routes, method, path);
      local = choice?.target;
      return choice;
    },
    requestId,
    now: Date.now(),
  });
  if (admission.kind === "refused") return { response: admission.response, note: admission.reason };
  if (local === undefined) throw new Error("an admitted request has a route");
  return invoke(local, functions, admission.event, requestId);
}

async function invoke(
  local: LocalFunction,
  functions: LocalFunctions,
  event: unknown,
  requestId: string,
): Promise<Outcome> {
  const result = await functions.invoke(local, event, requestId);
  switch (result.kind) {
    case "result":
      return { response: answerHttpApi(result.payload), local };
    case "failed":
      return {
        response: doorMessage(500, "Internal Server Error"),
        local,
        note: "the function failed",
        error: result.error,
      };
    case "timed-out":
      return { response: doorMessage(503, "Service Unavailable"), local, note: `no answer within ${local.timeout} s` };
    default:
      return result satisfies never;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
    if (size >= maxBodyBytes) break;
  }
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.push([incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? ""]);
  }
  return {
    method: incoming.method ?? "GET",
    target: incoming.url ?? "/",
    httpVersion: incoming.httpVersion,
    headers,
    body: Buffer.concat(chunks),
    sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
    scheme: "http",
  };
}

function send(outgoing: ServerResponse, method: string, response: WireResponse): void {
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.statusCode = response.status;
  outgoing.setHeader("content-length", response.body.length);
  outgoing.end(method === "HEAD" ? undefined : response.body);
}
