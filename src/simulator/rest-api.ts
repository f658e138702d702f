/**
 * An API Gateway REST API with proxy integration: path as sent, query decoded, both header maps, bytes by content type.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
import { gatewayResponse, refuseByApi } from "./gateway-response.js";
import { buildFormat1, type Format1Event, readFormat1 } from "./payload-format-1.js";
import { collectHeaders, headerBytes, isTextType, splitTarget } from "./request-parts.js";
import { chooseRestApiRoute } from "./rest-api-routes.js";
import { jsonBytes, listPairs, maxPayloadBytes, resultBytes } from "./result-parts.js";
import type { AdmitOptions, ChosenRoute, DoorSettings, SimulatedDoor } from "./simulated-door.js";
import { type Admission, refuse, type WireRequest, type WireResponse } from "./wire.js";

const maxRequestBytes = 10 * 1024 * 1024;
/** Most bytes of all headers, and of the URL. */
const maxHeaderBytes = 10_240;

/** From the wire to the event, or to the door's own refusal. */
export function admitRestApi(request: WireRequest, options: AdmitOptions): Admission<Format1Event> {
  const refusal = refuseRequest(request);
  if (refusal !== undefined) return refusal;
  const { path } = splitTarget(request.target);
  const stage = options.stage ?? "live";
  const httpMethod = overriddenMethod(request);
  const route = options.route(httpMethod, withoutBase(path, options.basePath ?? ""));
  if (route === undefined)
    return refuseByApi(
      "MISSING_AUTHENTICATION_TOKEN",
      403,
      "Missing Authentication Token",
      "no resource and method match",
    );
  const headers = restHeaders(request, route, options);
  const isBase64Encoded = isBinary(headers, options.binaryMediaTypes ?? []);
  const door = { httpMethod, path, fullPath: `/${stage}${path}`, stage, route, headers, isBase64Encoded };
  const event = buildFormat1(request, door, options);
  if (jsonBytes(event) > maxPayloadBytes) {
    return refuseByApi("REQUEST_TOO_LARGE", 413, "Request Too Long", "the event is over Lambda's 6,291,556 bytes");
  }
  return { kind: "event", event, routeKey: route.key };
}

/** Headers, URLs and reserved paths are refused before it is known for which API they are, in words that no API changes. */
function refuseRequest(request: WireRequest): Admission<never> | undefined {
  const { path, query } = splitTarget(request.target);
  if (headerBytes(request) > maxHeaderBytes)
    return refuse(431, "Request Header Fields Too Large", "headers over 10,240 bytes");
  if (request.target.length > maxHeaderBytes) return refuse(414, "Request-URI Too Long", "URL over 10,240 bytes");
  if (request.body.length > maxRequestBytes)
    return refuseByApi("REQUEST_TOO_LARGE", 413, "Request Entity Too Large", "body over 10 MB");
  if (/[|{}]/.test(query)) return refuse(400, "Bad Request", "a REST API takes no bare |, { or } in a query");
  if (path === "/ping" || path === "/sping") return refuse(200, "healthy", "the path is reserved for the service");
  return undefined;
}

function withoutBase(path: string, basePath: string): string {
  return basePath !== "" && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function overriddenMethod(request: WireRequest): string {
  const override = request.headers.find(
    ([name, value]) => name.toLowerCase() === "x-http-method-override" && value !== "",
  );
  return (override?.[1] ?? request.method).toUpperCase();
}

/** The gateway writes these its own way; all others keep the name that the client sent. */
const ownNames: Readonly<Record<string, string>> = {
  host: "Host",
  "user-agent": "User-Agent",
  "x-amzn-trace-id": "X-Amzn-Trace-Id",
  "x-forwarded-for": "X-Forwarded-For",
  "x-forwarded-port": "X-Forwarded-Port",
  "x-forwarded-proto": "X-Forwarded-Proto",
};

function restHeaders(
  request: WireRequest,
  { signed = false }: ChosenRoute,
  { now }: AdmitOptions,
): Record<string, string[]> {
  const sent = new Map(request.headers.map(([name]) => [name.toLowerCase(), name]));
  const lists = collectHeaders(request, now);
  lists.delete("content-length");
  if (signed || lists.get("authorization")?.[0]?.startsWith("AWS4-") === true) lists.delete("authorization");
  return Object.fromEntries([...lists].map(([key, values]) => [ownNames[key] ?? sent.get(key) ?? key, values]));
}

/** `*` + `/*` has been seen to leave text as text; a type that is listed itself is always base64. */
function isBinary(headers: Readonly<Record<string, readonly string[]>>, binaryMediaTypes: readonly string[]): boolean {
  const [, [contentType = ""] = []] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
  if (binaryMediaTypes.includes(mediaOf(contentType))) return true;
  return matchesType(contentType, binaryMediaTypes) && !isTextType(contentType);
}

function matchesType(type: string, binaryMediaTypes: readonly string[]): boolean {
  const media = mediaOf(type);
  return binaryMediaTypes.some(
    (binary) => binary === "*/*" || binary === media || binary === media.replace(/\/.*/, "/*"),
  );
}

function mediaOf(type: string): string {
  return type.split(/[;,]/)[0]?.trim().toLowerCase() ?? "";
}

/** From the function's result to the wire. Base64 becomes bytes only when the first type of Accept is a binary one. */
export function answerRestApi(result: unknown, event: object, settings: DoorSettings = {}): WireResponse {
  const answer = jsonBytes(result) > maxPayloadBytes ? undefined : readFormat1(result);
  if (answer === undefined) return internalError();
  const decodes = answer.isBase64Encoded && matchesType(acceptOf(event), settings.binaryMediaTypes ?? []);
  return { status: answer.status, headers: remapHeaders(answer.headers), body: resultBytes(answer.body, decodes) };
}

/** A function that failed, and one whose result is of another form. */
function internalError(): WireResponse {
  return gatewayResponse("DEFAULT_5XX", 502, "Internal server error");
}

function acceptOf(event: object): string {
  const { headers } = event as Partial<Format1Event>;
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "accept")?.[1] ?? "";
}

const remapped: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "host",
  "server",
  "user-agent",
  "www-authenticate",
]);

/** Some names are the gateway's own. */
function remapHeaders(headers: WireResponse["headers"]): WireResponse["headers"] {
  const renamed = headers.map(([name, value]) => {
    const key = name.toLowerCase();
    return [remapped.has(key) ? `x-amzn-remapped-${key}` : key, value] as const;
  });
  return renamed.some(([name]) => name === "content-type")
    ? renamed
    : [...renamed, ["content-type", "application/json"]];
}

/** Regional, proxy integrations. */
export const simulatedRestApi: SimulatedDoor = {
  id: "rest-api",
  maxRequestBytes,
  choose: ({ routes }, method, path) => chooseRestApiRoute(routes, method, path),
  admit: admitRestApi,
  answer: answerRestApi,
  streaming: { repeatedHeaders: ({ multiValueHeaders = {} }) => listPairs(multiValueHeaders), remapHeaders },
  answerFailure: (failure) =>
    failure === "failed" ? internalError() : gatewayResponse("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out"),
};
