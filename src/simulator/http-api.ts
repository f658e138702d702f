/**
 * An API Gateway HTTP API, payload format 2.0: from a request on the wire to the event, and from the function's result back to
 * the wire, with the door's damage, limits and refusals.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { damagePath } from "./http-api-path.js";
import { type Admission, doorMessage, type WireRequest, type WireResponse } from "./wire.js";

/** Payload limit of an HTTP API, in bytes. */
const maxRequestBytes = 10 * 1024 * 1024;
/** Request line and headers together, in bytes. */
const maxHeaderBytes = 10_240;
/** Lambda's limit for an event or a result, in bytes, as its own error message states it. */
export const maxPayloadBytes = 6_291_556;

/** The event of payload format 2.0, as far as this simulator fills it in. */
export interface HttpApiEvent {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
    readonly requestId: string;
    readonly routeKey: string;
    readonly stage: string;
    readonly time: string;
    readonly timeEpoch: number;
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** The route that the gateway chose. */
export interface ChosenRoute {
  /** `GET /v1/shelves/{shelf}`. */
  readonly key: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What differs between two simulated APIs and two requests. */
export interface HttpApiOptions {
  /** `$default`, or a stage name, which then leads the path. Default `$default`. */
  readonly stage?: string;
  /** Chooses the route for a method and a path (without the stage); undefined when no route matches. */
  readonly route: (method: string, path: string) => ChosenRoute | undefined;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** From the wire to the event, or to the door's own refusal. */
export function admitHttpApi(request: WireRequest, options: HttpApiOptions): Admission<HttpApiEvent> {
  const { path, query } = splitTarget(request.target);
  if (headerBytes(request) > maxHeaderBytes)
    return refuse(431, "Request Header Fields Too Large", "request line and headers over 10,240 bytes");
  if (request.body.length > maxRequestBytes) return refuse(413, "Request Entity Too Large", "body over 10 MB");
  const rawPath = damagePath(path);
  if (rawPath === undefined) return refuse(400, "Bad Request", "an HTTP API rejects this percent-encoding");
  const stage = options.stage ?? "$default";
  const route = options.route(request.method, withoutStage(rawPath, stage));
  if (route === undefined) return refuse(404, "Not Found", "no route matches");
  const event = buildEvent(request, rawPath, query, stage, route, options);
  if (Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes) {
    return refuse(413, "Request Too Long", "the event is over Lambda's 6,291,556 bytes");
  }
  return { kind: "event", event, routeKey: route.key };
}

function refuse(status: number, message: string, reason: string): Admission<never> {
  return { kind: "refused", response: doorMessage(status, message), reason };
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function headerBytes(request: WireRequest): number {
  const line = request.method.length + request.target.length + 12;
  return request.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, line);
}

function withoutStage(rawPath: string, stage: string): string {
  if (stage === "$default") return rawPath;
  return rawPath === `/${stage}` ? "/" : rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
}

function buildEvent(
  request: WireRequest,
  rawPath: string,
  query: string,
  stage: string,
  route: ChosenRoute,
  options: HttpApiOptions,
): HttpApiEvent {
  const headers = joinHeaders(request);
  const cookies = request.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(/;\s*/));
  const host = headers.host ?? "localhost";
  const text = isText(headers["content-type"]);
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query === "" ? {} : { queryStringParameters: queryMap(query) }),
    ...(Object.keys(route.pathParameters).length > 0 ? { pathParameters: route.pathParameters } : {}),
    requestContext: {
      accountId: "123456789012",
      apiId: "local",
      domainName: host,
      domainPrefix: host.split(/[.:]/)[0] ?? host,
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: options.requestId,
      routeKey: route.key,
      stage,
      time: logTime(options.now),
      timeEpoch: options.now,
    },
    ...(request.body.length === 0 ? {} : { body: Buffer.from(request.body).toString(text ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
}

/** Lower-case names, repeats joined by a bare comma, no cookie header, the forwarding headers added. */
function joinHeaders(request: WireRequest): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    if (key === "cookie" || key === "connection" || key === "transfer-encoding") continue;
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before},${value}`);
  }
  const forwarded = joined.get("x-forwarded-for");
  joined.set("x-forwarded-for", forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`);
  joined.set("x-forwarded-proto", request.scheme);
  joined.set("x-forwarded-port", joined.get("host")?.split(":")[1] ?? (request.scheme === "https" ? "443" : "80"));
  return Object.fromEntries([...joined].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Only these content types arrive as text; everything else, and no content type at all, is base64. */
function isText(contentType: string | undefined): boolean {
  const media = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return media.startsWith("text/") || /^application\/(json|xml|javascript)$/.test(media);
}

/** Decoded form-style, repeats joined by a comma: ambiguous, which is why nobody should read it. */
function queryMap(query: string): Record<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = map.get(name);
    map.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(map);
}

/** `10/Jul/2026:19:19:05 +0000`. */
function logTime(now: number): string {
  const date = new Date(now);
  const month = "JanFebMarAprMayJunJulAugSepOctNovDec".slice(date.getUTCMonth() * 3, date.getUTCMonth() * 3 + 3);
  const time = date.toISOString().slice(11, 19);
  return `${date.toISOString().slice(8, 10)}/${month}/${date.getUTCFullYear()}:${time} +0000`;
}

/** From the function's result to the wire. A result that the gateway cannot read is its 500, as is one that is too large. */
export function answerHttpApi(result: unknown): WireResponse {
  const text = JSON.stringify(result) ?? "null";
  if (Buffer.byteLength(text) > maxPayloadBytes) return doorMessage(500, "Internal Server Error");
  if (!isRecord(result) || !("statusCode" in result)) return inferredAnswer(text);
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return doorMessage(500, "Internal Server Error");
  const fields = headerFields(headers, cookies);
  if (fields === undefined || (body !== undefined && body !== null && typeof body !== "string")) {
    return doorMessage(500, "Internal Server Error");
  }
  return { status, headers: fields, body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8") };
}

/** Without a statusCode the gateway answers 200 with the whole result as JSON. */
function inferredAnswer(text: string): WireResponse {
  return { status: 200, headers: [["content-type", "application/json"]], body: Buffer.from(text) };
}

function headerFields(headers: unknown, cookies: unknown): [string, string][] | undefined {
  const fields: [string, string][] = [];
  if (headers !== undefined && headers !== null) {
    if (!isRecord(headers)) return undefined;
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value === "object" || value === undefined) return undefined;
      fields.push([name.toLowerCase(), String(value)]);
    }
  }
  if (Array.isArray(cookies)) for (const cookie of cookies) fields.push(["set-cookie", String(cookie)]);
  if (!fields.some(([name]) => name === "content-type")) fields.push(["content-type", "text/plain;charset=utf-8"]);
  return fields;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
