/** Endpoints whose requests an HTTP server answers: the gateway that still stands. Nothing is decoded, so nothing can change. */
import type { Agent, IncomingMessage, RequestOptions } from "node:http";
import type { Call } from "../calls/call.js";
import type { Endpoint } from "../calls/endpoint.js";
import { refuseWith } from "../calls/respond.js";
import { bareRoute } from "../calls/unrouted.js";
import { bodyBytes, type HttpRequest, type HttpResponse, headerValue } from "../http.js";
import type { Profile } from "../routing/profile.js";
import type { RpcError } from "../status.js";
import { originOf, type TlsSetting } from "./connection.js";
import { failed, unavailable } from "./grpc-failure.js";

/** Sends a request, and waits for the head of its answer. */
export type HttpServer = (request: Outgoing) => Promise<IncomingMessage>;

/** A request as it leaves. */
interface Outgoing {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

/** An RPC with its bindings: the route as `bareRoute` reads it, and the template as the .proto file has it. */
export interface PassedRpc {
  readonly service: string;
  readonly method: string;
  readonly bindings: readonly (readonly [route: string, template: string])[];
}

/** The endpoint of an RPC. Interceptors do not run around it, because there are no messages. */
export function httpProxy(profile: Profile, server: HttpServer, { service, method, bindings }: PassedRpc): Endpoint {
  const routes = bindings.map(([route, template], binding) => ({
    ...bareRoute(route, () => refuseWith("NOT_FOUND", "Not Found")),
    ...{ template, service, method, binding, body: true, takesRaw: true as const },
    answer: (_: unknown, __: unknown, { context }: Call) => passOn(server, context.http, context.signal),
  }));
  return { profile, routes };
}

async function passOn(server: HttpServer, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  const { method, body } = request;
  const outgoing = { method, target: targetOf(request), headers: headersOf(request), body: bodyBytes(body), signal };
  const answer = await server(outgoing).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : failureOfSending(error);
  });
  return { status: answer.statusCode ?? 502, headers: headersBack(answer.rawHeaders), body: answer };
}

/** A request that Node refuses to write never left: the mistake is the client's. https://nodejs.org/api/errors.html#err_invalid_char */
function failureOfSending(error: unknown): RpcError {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ERR_INVALID_CHAR") return unavailable(error);
  return failed("INVALID_ARGUMENT", "a header has characters that HTTP/1.1 cannot carry", error);
}

/** Fields of one connection, which end with it. https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const hopByHop =
  /^(?:connection|content-length|http2-settings|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

/** The server compresses nothing: compression is the function's. It learns of the host and the address that the client had. */
function headersOf({ headers, remoteAddress }: HttpRequest): Outgoing["headers"] {
  const kept = Object.entries(headers).filter(
    ([name]) => !hopByHop.test(name) && !/^(?:host|accept-encoding)$/.test(name),
  );
  const host = [headerValue(headers, "x-forwarded-host") || headerValue(headers, "host")].filter((text) => text !== "");
  const addresses = [...(headers["x-forwarded-for"] ?? []), ...(remoteAddress === undefined ? [] : [remoteAddress])];
  const forwarded = addresses.length === 0 ? [] : [addresses.join(", ")];
  const all = [...kept, ["x-forwarded-host", host] as const, ["x-forwarded-for", forwarded] as const];
  return Object.fromEntries(all.filter(([, values]) => values.length > 0));
}

/**
 * Path and query as the client sent them, or again encoded if the door has decoded them. What HTTP/1.1 cannot carry is encoded: doors let
 * characters through that nobody has escaped. Throws INVALID_ARGUMENT for text that is not Unicode.
 */
function targetOf({ path, pathIsDecoded, query }: HttpRequest): string {
  try {
    const encoded = pathIsDecoded ? encodeURI(path).replace(/[?#]/g, encodeURIComponent) : path;
    const text =
      typeof query === "string" ? query : query.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    return (text === "" ? encoded : `${encoded}?${text}`).replace(/[^!-~]+/g, encodeURIComponent);
  } catch (error) {
    throw failed("INVALID_ARGUMENT", "the path or the query is not Unicode", error);
  }
}

function headersBack(fields: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = "", value = ""] = fields.slice(at, at + 2);
    if (!hopByHop.test(name)) headers.push([name, value]);
  }
  return headers;
}

/** Milliseconds without a request after which a new connection is made: the old one may have died while the function was frozen. */
const restful = 1_000;

/** The server whose address, host and port, is in the environment variable `variable`; `tls` as for a gRPC server. */
export function httpServer(variable: string, tls: TlsSetting): HttpServer {
  const { request, Agent: AgentClass } = process.getBuiltinModule(tls === false ? "node:http" : "node:https");
  const tlsOptions = typeof tls === "object" ? tls : {};
  let agent: Agent | undefined;
  let inProgress = 0;
  let usedAt = 0;
  return async ({ method, target, headers, body, signal }) => {
    if (inProgress === 0 && Date.now() - usedAt > restful) {
      agent?.destroy();
      agent = undefined;
    }
    agent ??= new AgentClass({ ...(typeof tls === "function" ? await tls() : tlsOptions), keepAlive: true });
    const own: RequestOptions = { method, agent, signal, headers: { ...headers, "content-length": body.length } };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(originOf(variable, tls)), { ...own, path: target }, resolve);
      inProgress += 1;
      // A request closes after its answer has been read, and after an error.
      sent.once("close", () => {
        inProgress -= 1;
        usedAt = Date.now();
      });
      sent.once("error", reject).end(body);
    });
  };
}
