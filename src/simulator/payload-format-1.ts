/**
 * Payload format 1.0, as REST APIs, and HTTP APIs on request, write and read it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
import { eventText, logTime, splitTarget } from "./request-parts.js";
import { isRecord, listPairs, singlePairs, statusOf } from "./result-parts.js";
import type { AdmitOptions, ChosenRoute } from "./simulated-door.js";
import type { WireRequest } from "./wire.js";

type Lists = Readonly<Record<string, readonly string[]>>;
type Singles = Readonly<Record<string, string>>;

/** The event of payload format 1.0, as far as the simulators fill it in. */
export interface Format1Event {
  /** HTTP APIs only. */
  readonly version?: "1.0";
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Singles;
  readonly multiValueHeaders: Lists;
  readonly queryStringParameters: Singles | null;
  readonly multiValueQueryStringParameters: Lists | null;
  readonly pathParameters: Singles | null;
  readonly stageVariables: null;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly authorizer: null;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly extendedRequestId: string;
    readonly httpMethod: string;
    readonly identity: { readonly sourceIp: string; readonly userAgent: string };
    readonly path: string;
    readonly protocol: string;
    readonly requestId: string;
    readonly requestTime: string;
    readonly requestTimeEpoch: number;
    readonly resourceId: string;
    readonly resourcePath: string;
    readonly stage: string;
  };
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** The differences between the two doors. */
export interface Format1Door {
  readonly version?: "1.0";
  readonly httpMethod: string;
  readonly path: string;
  /** `requestContext.path`, with the stage. */
  readonly fullPath: string;
  readonly stage: string;
  readonly route: ChosenRoute;
  /** Values by name, the names as the door writes them. */
  readonly headers: Lists;
  readonly isBase64Encoded: boolean;
}

/** Builds the event. */
export function buildFormat1(request: WireRequest, door: Format1Door, options: AdmitOptions): Format1Event {
  const query = queryLists(splitTarget(request.target).query);
  const { pathParameters } = door.route;
  const resource = door.route.key.slice(door.route.key.indexOf(" ") + 1);
  const singles = lastValues(door.headers);
  const find = (name: string): string => Object.entries(singles).find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
  return {
    ...(door.version === undefined ? {} : { version: door.version }),
    resource,
    path: door.path,
    httpMethod: door.httpMethod,
    headers: singles,
    multiValueHeaders: door.headers,
    queryStringParameters: query === null ? null : lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: null,
    requestContext: {
      accountId: "123456789012",
      apiId: "local",
      authorizer: null,
      domainName: find("host"),
      domainPrefix: find("host").split(/[.:]/)[0] ?? "",
      extendedRequestId: options.requestId,
      httpMethod: door.httpMethod,
      identity: { sourceIp: request.sourceIp, userAgent: find("user-agent") },
      path: door.fullPath,
      protocol: `HTTP/${request.httpVersion}`,
      requestId: options.requestId,
      requestTime: logTime(options.now),
      requestTimeEpoch: options.now,
      resourceId: "local",
      resourcePath: resource,
      stage: door.stage,
    },
    body: request.body.length === 0 ? null : eventText(request.body, !door.isBase64Encoded),
    isBase64Encoded: request.body.length > 0 && door.isBase64Encoded,
  };
}

/** Decoded form-style, lists by name; a semicolon splits like an ampersand. Null without a query. */
function queryLists(query: string): Record<string, string[]> | null {
  const lists = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query.replaceAll(";", "&"))) {
    lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return lists.size === 0 ? null : Object.fromEntries(lists);
}

function lastValues(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? ""]));
}

/** A result of format 1.0, taken apart. */
export interface Format1Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const members: ReadonlySet<string> = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** From a result to an answer; undefined for one that the door calls malformed, such as one with a further member. */
export function readFormat1(result: unknown): Format1Answer | undefined {
  if (!isRecord(result) || !Object.keys(result).every((key) => members.has(key))) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result;
  const status = statusOf(statusCode);
  const fields = mergeHeaders(singlePairs(headers ?? {}), listPairs(multiValueHeaders ?? {}));
  if (status === undefined || fields === undefined) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  return { status, headers: fields, body: body ?? "", isBase64Encoded: isBase64Encoded === true };
}

/** Both maps count; a pair that stands in both is sent once. */
function mergeHeaders(
  singles: [string, string][] | undefined,
  lists: [string, string][] | undefined,
): [string, string][] | undefined {
  if (singles === undefined || lists === undefined) return undefined;
  const isListed = ([name, value]: [string, string]): boolean =>
    lists.some(([other, text]) => other.toLowerCase() === name.toLowerCase() && text === value);
  return [...singles.filter((pair) => !isListed(pair)), ...lists];
}
