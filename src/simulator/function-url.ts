/**
 * A Lambda Function URL: payload format 2.0 with the path as it was sent.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
import { answerPreflight, originOf, shareHeaders } from "./door-cors.js";
import { buildFormat2, type Format2Event, readFormat2 } from "./payload-format-2.js";
import { splitTarget } from "./request-parts.js";
import { jsonBytes, maxPayloadBytes } from "./result-parts.js";
import { findBinding } from "../http-rule/find-binding.js";
import type { AdmitOptions, RouteChoice, RoutingTable, SimulatedDoor } from "./simulated-door.js";
import { type Admission, doorMessage, refuse, type WireRequest, type WireResponse } from "./wire.js";

const maxRequestBytes = 6 * 1024 * 1024;

/** From the wire to the event, or to the door's own refusal. All paths lead to the one function. */
export function admitFunctionUrl(request: WireRequest, options: AdmitOptions): Admission<Format2Event> {
  if (request.body.length > maxRequestBytes) return refuse(413, "Request Entity Too Large", "body over 6 MB");
  const preflight = answerPreflight(request, options, 200);
  if (preflight !== undefined) return preflight;
  const { path } = splitTarget(request.target);
  const route = options.route(request.method, path);
  if (route === undefined) return refuse(404, "Not Found", "no function for this path");
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  const domainName = host.endsWith(".on.aws") ? host : "local.lambda-url.us-east-1.on.aws";
  const door = {
    rawPath: path,
    path: decodedPath(path),
    stage: "$default",
    route: { key: "$default", pathParameters: {} },
    accountId: "anonymous",
    apiId: domainName.split(".")[0] ?? "",
    domainName,
    keepsCookieHeader: true,
    extraHeaders: request.scheme === "https" ? tlsHeaders : {},
  };
  const event = buildFormat2(request, door, options);
  if (jsonBytes(event) > maxPayloadBytes) {
    return refuse(413, "Request Entity Too Large", "the event is over Lambda's 6,291,556 bytes");
  }
  return { kind: "event", event, routeKey: route.key };
}

const tlsHeaders = { "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256", "x-amzn-tls-version": "TLSv1.3" };

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** From the function's result to the wire. */
export function answerFunctionUrl(result: unknown): WireResponse {
  const response = jsonBytes(result) > maxPayloadBytes ? undefined : readFormat2(result);
  return response === undefined ? internalServerError() : { ...response, headers: remapHeaders(response.headers) };
}

/** A content length of the function's own is kept out of the way. */
function remapHeaders(headers: WireResponse["headers"]): WireResponse["headers"] {
  return headers.map(([name, value]) => [name === "content-length" ? `x-amzn-remapped-${name}` : name, value]);
}

function internalServerError(): WireResponse {
  return { status: 502, headers: [["content-type", "application/json"]], body: Buffer.from("Internal Server Error") };
}

/**
 * Function URLs have no routes, but an address each. Here they share one: the function with the most specific matching binding gets the
 * request, and a path that no binding has goes to the first function, which answers as any of them would.
 */
function chooseAddress<Target>(
  { bindings }: RoutingTable<Target>,
  method: string,
  path: string,
): RouteChoice<Target> | undefined {
  const bound = findBinding(bindings, method, path) ?? bindings[0];
  return bound === undefined ? undefined : { key: "$default", pathParameters: {}, target: bound.target };
}

function cookiePairs(cookies: unknown): [string, string][] {
  return Array.isArray(cookies) ? cookies.map((cookie) => ["set-cookie", String(cookie)]) : [];
}

/** Auth type NONE. */
export const simulatedFunctionUrl: SimulatedDoor = {
  id: "function-url",
  maxRequestBytes,
  choose: chooseAddress,
  admit: admitFunctionUrl,
  answer: (result, event, settings) => {
    const response = answerFunctionUrl(result);
    return { ...response, headers: shareHeaders(response.headers, originOf(event), settings) };
  },
  streaming: { repeatedHeaders: ({ cookies }) => cookiePairs(cookies), remapHeaders },
  shareStreamed: (headers, event, settings) => shareHeaders(headers, originOf(event), settings),
  answerFailure: (failure) => (failure === "failed" ? internalServerError() : doorMessage(504, "Gateway Timeout")),
};
