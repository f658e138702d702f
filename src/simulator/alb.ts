/**
 * An Application Load Balancer in front of a target group of type lambda: nothing decoded, one of two header styles.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
import { chooseAlbRule } from "./alb-rules.js";
import { collectHeaders, eventText, headerBytes, isTextType, requestLineBytes, splitTarget } from "./request-parts.js";
import { isRecord, jsonBytes, listPairs, resultBytes, singlePairs, statusOf } from "./result-parts.js";
import type { AdmitOptions, SimulatedDoor } from "./simulated-door.js";
import type { Admission, WireRequest, WireResponse } from "./wire.js";

/** Most bytes of a request body, and of a result as JSON. */
const maxBytes = 1024 * 1024;
/** Most bytes of the request line, and of one header. */
const maxLineBytes = 16 * 1024;
const maxHeaderBytes = 64 * 1024;
const maxResponseHeaderBytes = 32 * 1024;

/** The event, in either of the two styles. */
export interface AlbEvent {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } };
  readonly httpMethod: string;
  readonly path: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** From the wire to the event, or to the door's own refusal. */
export function admitAlb(request: WireRequest, options: AdmitOptions): Admission<AlbEvent> {
  const refusal = refuseRequest(request);
  if (refusal !== undefined) return refusal;
  const { path, query } = splitTarget(request.target);
  const route = options.route(request.method, path);
  if (route === undefined) return refuse(404, "Not Found", "no rule matches; the listener's default action answers");
  const headers = albHeaders(request, options.now);
  const isText = isTextType(headers["content-type"]?.[0]) && headers["content-encoding"] === undefined;
  const event: AlbEvent = {
    requestContext: { elb: { targetGroupArn: targetGroup } },
    httpMethod: request.method,
    path,
    ...inStyle(options.multiValueHeaders ?? true, queryLists(query), headers),
    body: eventText(request.body, isText),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
  return { kind: "event", event, routeKey: route.key };
}

const targetGroup = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0123456789abcdef";

function refuseRequest(request: WireRequest): Admission<never> | undefined {
  if (requestLineBytes(request) > maxLineBytes) return refuse(414, "Request-URI Too Large", "request line over 16 K");
  if (request.headers.some(([name, value]) => name.length + value.length > maxLineBytes))
    return refuse(400, "Bad Request", "a header over 16 K");
  if (headerBytes(request) > maxHeaderBytes) return refuse(400, "Bad Request", "headers over 64 K");
  if (request.body.length > maxBytes) return refuse(413, "Request Entity Too Large", "body over 1 MB");
  if (request.headers.some(([name, value]) => /^upgrade$/i.test(name) && /websocket/i.test(value)))
    return refuse(400, "Bad Request", "a Lambda target takes no WebSocket");
  return undefined;
}

/** The load balancer's own answers are pages. */
function refuse(status: number, title: string, reason: string): Admission<never> {
  return { kind: "refused", response: page(status, title), reason };
}

function page(status: number, title: string): WireResponse {
  const text = `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>\r\n`;
  return { status, headers: [["content-type", "text/html"]], body: Buffer.from(text) };
}

/** Cookies of several headers, as HTTP/2 clients send them, become one. */
function albHeaders(request: WireRequest, now: number): Record<string, string[]> {
  const lists = collectHeaders(request, now);
  const cookies = lists.get("cookie");
  if (cookies !== undefined) lists.set("cookie", [cookies.join("; ")]);
  return Object.fromEntries(lists);
}

/** Split, and nothing more. */
function queryLists(query: string): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? "" : part.slice(equals + 1);
    lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return Object.fromEntries(lists);
}

type Lists = Readonly<Record<string, readonly string[]>>;

function inStyle(multiValue: boolean, query: Lists, headers: Lists): Partial<AlbEvent> {
  if (multiValue) return { multiValueQueryStringParameters: query, multiValueHeaders: headers };
  return { queryStringParameters: lastValues(query), headers: lastValues(headers) };
}

function lastValues(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? ""]));
}

const ignored: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/**
 * From the function's result to the wire. Anything that has been reported to end in a 502 does so here: a missing, null
 * or other style's header map, values that are not text, an invalid status description, a body that is not text.
 */
export function answerAlb(result: unknown, event: object): WireResponse {
  const { multiValueHeaders } = event as Partial<AlbEvent>;
  return readResult(result, multiValueHeaders != null) ?? page(502, "Bad Gateway");
}

function readResult(result: unknown, multiValue: boolean): WireResponse | undefined {
  if (!isRecord(result) || jsonBytes(result) > maxBytes) return undefined;
  const { statusCode, statusDescription, headers, multiValueHeaders, body = "", isBase64Encoded = false } = result;
  const status = statusOf(statusCode);
  const pairs = multiValue ? listPairs(multiValueHeaders) : singlePairs(headers);
  if (status === undefined || pairs === undefined || typeof body !== "string") return undefined;
  if (headers === null || multiValueHeaders === null || typeof isBase64Encoded !== "boolean") return undefined;
  if (statusDescription !== undefined && !isDescription(statusDescription, status)) return undefined;
  const sent = pairs.map(([name, value]) => [name.toLowerCase(), value] as const);
  if (sent.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) > maxResponseHeaderBytes)
    return undefined;
  return {
    status,
    headers: sent.filter(([name]) => !ignored.has(name)),
    body: resultBytes(body, isBase64Encoded),
  };
}

function isDescription(text: unknown, status: number): boolean {
  return typeof text === "string" && text.startsWith(`${status} `) && text.length > 4;
}

/** A target group with its own function. */
export const simulatedAlb: SimulatedDoor = {
  id: "alb",
  maxRequestBytes: maxBytes,
  choose: ({ rules }, method, path) => chooseAlbRule(rules, method, path),
  admit: admitAlb,
  answer: answerAlb,
  answerFailure: () => page(502, "Bad Gateway"),
};
