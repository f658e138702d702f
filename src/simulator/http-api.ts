/**
 * An API Gateway HTTP API: from a request on the wire to the event, and from the function's result back to the wire, with the
 * door's damage, limits and refusals.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { answerPreflight, originOf, shareHeaders } from "./door-cors.js";
import { chooseHttpApiRoute } from "./http-api-routes.js";
import { damagePath } from "./http-api-path.js";
import { buildFormat1, type Format1Event, readFormat1 } from "./payload-format-1.js";
import { buildFormat2, type Format2Event, readFormat2 } from "./payload-format-2.js";
import { collectHeaders, headerBytes, isTextType, requestLineBytes, splitTarget } from "./request-parts.js";
import { jsonBytes, maxPayloadBytes, resultBytes } from "./result-parts.js";
import type { AdmitOptions, ChosenRoute, FunctionFailure, SimulatedDoor } from "./simulated-door.js";
import { type Admission, doorMessage, refuse, type WireRequest, type WireResponse } from "./wire.js";

/** Payload limit of an HTTP API, in bytes. */
const maxRequestBytes = 10 * 1024 * 1024;
/** Request line and headers together, in bytes. */
const maxHeaderBytes = 10_240;

/** The event of payload format 2.0. */
export type HttpApiEvent = Format2Event;

/** From the wire to the event of payload format 2.0, or to the door's own refusal. */
export function admitHttpApi(request: WireRequest, options: AdmitOptions): Admission<HttpApiEvent> {
  return admit(request, options, (rawPath, stage, route) => {
    const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "localhost";
    const door = {
      rawPath,
      path: rawPath,
      stage,
      route,
      accountId: "123456789012",
      apiId: "local",
      domainName: host,
      keepsCookieHeader: false,
      extraHeaders: {},
    };
    return buildFormat2(request, door, options);
  });
}

/** From the wire to the event of payload format 1.0, or to the door's own refusal. */
export function admitHttpApiFormat1(request: WireRequest, options: AdmitOptions): Admission<Format1Event> {
  return admit(request, options, (path, stage, route) => {
    const headers = Object.fromEntries(collectHeaders(request, options.now));
    const isBase64Encoded = !isTextType(headers["content-type"]?.[0]);
    const { method: httpMethod } = request;
    const door = { version: "1.0", httpMethod, path, fullPath: path, stage, route, headers, isBase64Encoded } as const;
    return buildFormat1(request, door, options);
  });
}

function admit<Event>(
  request: WireRequest,
  options: AdmitOptions,
  build: (rawPath: string, stage: string, route: ChosenRoute) => Event,
): Admission<Event> {
  if (requestLineBytes(request) + headerBytes(request) > maxHeaderBytes)
    return refuse(431, "Request Header Fields Too Large", "request line and headers over 10,240 bytes");
  if (request.body.length > maxRequestBytes) return refuse(413, "Request Entity Too Large", "body over 10 MB");
  const rawPath = damagePath(splitTarget(request.target).path);
  if (rawPath === undefined) return refuse(400, "Bad Request", "an HTTP API rejects this percent-encoding");
  const preflight = answerPreflight(request, options, 204);
  if (preflight !== undefined) return preflight;
  const stage = options.stage ?? "$default";
  const unstaged = stage === "$default" ? rawPath : withoutPrefix(rawPath, `/${stage}`);
  const route = options.route(request.method, withoutPrefix(unstaged, options.basePath ?? ""));
  if (route === undefined) return refuse(404, "Not Found", "no route matches");
  const event = build(rawPath, stage, route);
  if (jsonBytes(event) > maxPayloadBytes) {
    return refuse(413, "Request Too Long", "the event is over Lambda's 6,291,556 bytes");
  }
  return { kind: "event", event, routeKey: route.key };
}

function withoutPrefix(path: string, prefix: string): string {
  if (prefix === "") return path;
  return path === prefix ? "/" : path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/**
 * From the function's result to the wire, payload format 2.0. A result that the gateway cannot read is its 500, as is one that is
 * too large.
 */
export function answerHttpApi(result: unknown): WireResponse {
  if (jsonBytes(result) > maxPayloadBytes) return answerFailure("failed");
  return readFormat2(result) ?? answerFailure("failed");
}

/** From the function's result to the wire, payload format 1.0. */
export function answerHttpApiFormat1(result: unknown): WireResponse {
  const answer = jsonBytes(result) > maxPayloadBytes ? undefined : readFormat1(result);
  if (answer === undefined) return answerFailure("failed");
  const headers = answer.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  if (!headers.some(([name]) => name === "content-type")) headers.push(["content-type", "text/plain;charset=utf-8"]);
  return { status: answer.status, headers, body: resultBytes(answer.body, answer.isBase64Encoded) };
}

function answerFailure(failure: FunctionFailure): WireResponse {
  return failure === "failed" ? doorMessage(500, "Internal Server Error") : doorMessage(503, "Service Unavailable");
}

/** Both payload formats, as the settings say. */
export const simulatedHttpApi: SimulatedDoor = {
  id: "http-api",
  maxRequestBytes,
  choose: ({ routes }, method, path) => chooseHttpApiRoute(routes, method, path),
  admit: (request, options) =>
    options.payloadFormatVersion === "1.0" ? admitHttpApiFormat1(request, options) : admitHttpApi(request, options),
  answer: (result, event, settings) => {
    const response = settings.payloadFormatVersion === "1.0" ? answerHttpApiFormat1(result) : answerHttpApi(result);
    return { ...response, headers: shareHeaders(response.headers, originOf(event), settings) };
  },
  answerFailure,
};
