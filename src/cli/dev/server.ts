/** The local server: real HTTP in, the front door's event by its simulator, the bundled wrapper, the answer back. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { StreamedWireResponse } from "../../simulator/lambda-stream.js";
import type { WireRequest, WireResponse } from "../../simulator/wire.js";
import { BundleError } from "../../build/bundler.js";
import { refuseCaller } from "./caller.js";
import type { LocalDoor } from "./local-door.js";
import type { LocalFunction, LocalFunctions } from "./local-functions.js";

/** One request that was served, for the log. */
export interface ServedRequest {
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** Milliseconds from the request's arrival to the end of its answer. */
  readonly duration: number;
  /** Absent when the door refused the request. */
  readonly local?: LocalFunction;
  /** The reason why the door refused it, or the failure of the function. */
  readonly note?: string;
  readonly error?: unknown;
}

/** The API at the moment of a request. */
export interface LocalApi {
  readonly door: LocalDoor;
  readonly functions: LocalFunctions;
  /** The findings that keep the API from being generated. Absent: none. */
  readonly problem?: string | undefined;
}

/** Options of the server. */
export interface DevServerOptions {
  /** Asked for each request: the API changes when files do. */
  readonly current: () => LocalApi;
  /** The address or name that it listens on. */
  readonly host: string;
  /** Further names that requests may be for. */
  readonly names: readonly string[];
  readonly served: (request: ServedRequest) => void;
}

/** Creates the server; the caller makes it listen. */
export function createDevServer(options: DevServerOptions): Server {
  return createServer((incoming, outgoing) => {
    const start = performance.now();
    exchange(incoming, outgoing, options).then(
      ({ response, ...outcome }) =>
        options.served({
          method: incoming.method ?? "GET",
          target: incoming.url ?? "/",
          status: response.status,
          duration: performance.now() - start,
          ...outcome,
        }),
      () => outgoing.destroy(),
    );
  });
}

interface Outcome {
  readonly response: WireResponse | StreamedWireResponse;
  readonly local?: LocalFunction;
  readonly note?: string;
  readonly error?: unknown;
}

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { current, host, names }: DevServerOptions,
): Promise<Outcome> {
  const api = current();
  const { method = "GET", headers, socket } = incoming;
  const refusal = refuseCaller(
    { method, headers, localAddress: socket.localAddress },
    { host, names: [...names, ...api.door.hosts], origins: api.door.origins },
  );
  const outcome = refusal === undefined ? await serve(incoming, api) : refused(refusal);
  const whole = await send(outgoing, incoming.method ?? "GET", outcome.response);
  return whole ? outcome : { ...outcome, note: "the client left" };
}

/** An answer in place of those of code that is older than its sources. */
function broken(problem: string): Outcome {
  const errors = problem.split("\n");
  const body = Buffer.from(
    `${JSON.stringify({ message: "grpc2lambda dev: this does not build", errors }, undefined, 2)}\n`,
  );
  const headers: [string, string][] = [["content-type", "application/json"]];
  return { response: { status: 500, headers, body }, note: "it does not build" };
}

/** Not an answer of the front door: it says what to do, to who reads the response and to who reads the log. */
function refused(note: string): Outcome {
  const body = Buffer.from(JSON.stringify({ message: `grpc2lambda dev refuses this request: ${note}` }));
  return { response: { status: 403, headers: [["content-type", "application/json"]], body }, note };
}

async function serve(incoming: IncomingMessage, { door, functions, problem }: LocalApi): Promise<Outcome> {
  if (problem !== undefined) return broken(problem);
  const requestId = randomUUID();
  let local: LocalFunction | undefined;
  // One byte more than the door takes is enough to have the request refused.
  const admission = door.simulator.admit(await readRequest(incoming, door.simulator.maxRequestBytes + 1), {
    ...door.settings,
    route: (method, path) => {
      const choice = door.choose(method, path);
      local = choice?.target;
      return choice;
    },
    requestId,
    now: Date.now(),
  });
  if (admission.kind === "refused") return { response: admission.response, note: admission.reason };
  if (local === undefined) throw new Error("an admitted request has a route");
  const decision = await door.authorize(functions, admission, requestId);
  if (decision.kind === "refused") return { response: decision.response, note: decision.reason };
  const known = door.cache.find(admission);
  if (known !== undefined) return { response: known, local, note: "from the cache of the API" };
  const outcome = await invoke(local, { door, functions }, decision.event, requestId);
  door.cache.keep(admission, outcome.response);
  return outcome;
}

async function invoke(
  local: LocalFunction,
  { door: { simulator, settings }, functions }: LocalApi,
  event: object,
  requestId: string,
): Promise<Outcome> {
  const result = await functions.invoke(local, event, requestId);
  switch (result.kind) {
    case "result":
      return { response: simulator.answer(result.payload, event, settings), local };
    case "streamed": {
      const { headers, ...rest } = result.response;
      return { response: { ...rest, headers: simulator.shareStreamed?.(headers, event, settings) ?? headers }, local };
    }
    case "failed": {
      const { error } = result;
      if (error instanceof BundleError) return { ...broken(error.message), local };
      return { response: simulator.answerFailure("failed"), local, note: "the function failed", error };
    }
    case "timed-out":
      return { response: simulator.answerFailure("timed-out"), local, note: `no answer within ${local.timeout} s` };
    default:
      return result satisfies never;
  }
}

async function readRequest(incoming: IncomingMessage, maxBodyBytes: number): Promise<WireRequest> {
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

/** Tells whether the client stayed until the end. A body in parts is written as it comes, no faster than it is read. */
async function send(
  outgoing: ServerResponse,
  method: string,
  { status, headers, body }: WireResponse | StreamedWireResponse,
): Promise<boolean> {
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  outgoing.statusCode = status;
  if (body instanceof Uint8Array) {
    outgoing.setHeader("content-length", body.length);
    outgoing.end(method === "HEAD" ? undefined : body);
    return true;
  }
  outgoing.flushHeaders();
  return pipeline(body, outgoing).then(
    () => true,
    () => false,
  );
}
