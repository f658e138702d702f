/**
 * Payload format 2.0, as HTTP APIs and Function URLs write and read it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { collectHeaders, eventText, isTextType, logTime, splitTarget } from "./request-parts.js";
import { isRecord, resultBytes, statusOf } from "./result-parts.js";
import type { AdmitOptions, ChosenRoute } from "./simulated-door.js";
import type { WireRequest, WireResponse } from "./wire.js";

/** The event of payload format 2.0, as far as the simulators fill it in. */
export interface Format2Event {
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

/** The differences between the two doors. */
export interface Format2Door {
  readonly rawPath: string;
  /** `requestContext.http.path`. */
  readonly path: string;
  readonly stage: string;
  readonly route: ChosenRoute;
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  /** Function URLs leave the cookie header beside the list. */
  readonly keepsCookieHeader: boolean;
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/** Builds the event. */
export function buildFormat2(request: WireRequest, door: Format2Door, options: AdmitOptions): Format2Event {
  const { query } = splitTarget(request.target);
  const lists = collectHeaders(request, options.now);
  const cookies = (lists.get("cookie") ?? []).flatMap((value) => value.split(/;\s*/));
  if (!door.keepsCookieHeader) lists.delete("cookie");
  const headers = joinLists(lists, door.extraHeaders);
  const { key: routeKey, pathParameters } = door.route;
  const isText = isTextType(headers["content-type"]);
  return {
    version: "2.0",
    routeKey,
    rawPath: door.rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query === "" ? {} : { queryStringParameters: queryMap(query) }),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    requestContext: {
      accountId: door.accountId,
      apiId: door.apiId,
      domainName: door.domainName,
      domainPrefix: door.domainName.split(/[.:]/)[0] ?? door.domainName,
      http: {
        method: request.method,
        path: door.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: options.requestId,
      routeKey,
      stage: door.stage,
      time: logTime(options.now),
      timeEpoch: options.now,
    },
    ...(request.body.length === 0 ? {} : { body: eventText(request.body, isText) }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** Repeats joined by a bare comma, cookies by a semicolon. */
function joinLists(
  lists: ReadonlyMap<string, readonly string[]>,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const pairs = [...lists].map(([name, values]) => [name, values.join(name === "cookie" ? "; " : ",")] as const);
  return Object.fromEntries([...pairs, ...Object.entries(extra)].sort(([a], [b]) => (a < b ? -1 : 1)));
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

/** From a result to the wire; undefined for one that the door cannot read. Without a statusCode, the result itself is the body. */
export function readFormat2(result: unknown): WireResponse | undefined {
  if (!isRecord(result) || !("statusCode" in result)) {
    const body = Buffer.from(JSON.stringify(result) ?? "null");
    return { status: 200, headers: [["content-type", "application/json"]], body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = statusOf(statusCode);
  const fields = headerFields(headers, cookies);
  if (status === undefined || fields === undefined) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  return { status, headers: fields, body: resultBytes(body ?? "", isBase64Encoded === true) };
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
