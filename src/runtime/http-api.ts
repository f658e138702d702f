/**
 * API Gateway HTTP APIs, payload formats 2.0 and 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { type Endpoint, type Serve, serveEndpoint } from "./endpoint.js";
import {
  eventBody,
  isWarmUp,
  type Json,
  multiHeaders,
  objectOf,
  remoteAddress,
  singleHeaders,
  textOf,
  withoutPrefixes,
} from "./event.js";
import type { HttpRequest, QueryPair } from "./http.js";
import { type CompleteResponse, completeResponse, fitResult, resultBody } from "./lambda-result.js";
import type { Header } from "./respond.js";
import type { LambdaContext } from "./rpc.js";

/** What an HTTP API takes back: payload format 2.0, or 1.0 with lists of header values. */
export interface HttpApiResult {
  readonly statusCode: number;
  readonly headers?: { readonly [name: string]: string };
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] };
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A Lambda handler. */
export type HttpApiHandler = (event: unknown, lambda?: LambdaContext) => Promise<HttpApiResult>;

/** Makes the Lambda handler for an endpoint. It never throws: every failure is a response. */
export function httpApi(endpoint: Endpoint): HttpApiHandler {
  const serve = serveEndpoint(endpoint);
  return async (event, lambda) => {
    try {
      return await handle(serve, objectOf(event), lambda);
    } catch (error) {
      console.error("the wrapper failed:", error);
      return plainResult(500, '{"code":13,"message":"internal error","details":[]}');
    }
  };
}

async function handle(serve: Serve, event: Json, lambda: LambdaContext | undefined): Promise<HttpApiResult> {
  if (isWarmUp(event)) return plainResult(200, "{}");
  const format = formatOf(event);
  if (format === undefined) {
    console.error("not an event of an API Gateway HTTP API; keys:", Object.keys(event).slice(0, 20).join(", "));
    return plainResult(400, '{"code":3,"message":"the event does not come from an HTTP API","details":[]}');
  }
  const request = format === "2.0" ? requestOfFormat2(event) : requestOfFormat1(event);
  const response = fitResult(await completeResponse(await serve(request, { event, lambda })));
  return format === "2.0" ? resultOfFormat2(response) : resultOfFormat1(response);
}

function formatOf(event: Json): "1.0" | "2.0" | undefined {
  const context = objectOf(event.requestContext);
  if (event.version === "2.0" && textOf(objectOf(context.http).method) !== "") return "2.0";
  return textOf(event.httpMethod) !== "" && typeof event.requestContext === "object" ? "1.0" : undefined;
}

/** The path has been decoded by the door, twice even; it is matched as it is. */
function requestOfFormat2(event: Json): HttpRequest {
  const context = objectOf(event.requestContext);
  const http = objectOf(context.http);
  const headers = singleHeaders(event.headers);
  if (Array.isArray(event.cookies)) headers.cookie = [event.cookies.map(textOf).join("; ")];
  return {
    method: textOf(http.method).toUpperCase(),
    path: withoutPrefixes(textOf(event.rawPath), textOf(context.stage)),
    pathIsDecoded: !isFunctionUrl(context),
    query: textOf(event.rawQueryString),
    headers,
    body: eventBody(event),
    ...remoteAddress(headers, http.sourceIp),
  };
}

/** Function URLs share the format but leave the path as it was sent. */
function isFunctionUrl(context: Json): boolean {
  return /\.lambda-url\.[^.]+\.on\.aws$/.test(textOf(context.domainName));
}

function requestOfFormat1(event: Json): HttpRequest {
  const context = objectOf(event.requestContext);
  const headers =
    event.multiValueHeaders == null ? singleHeaders(event.headers) : multiHeaders(event.multiValueHeaders);
  return {
    method: textOf(event.httpMethod).toUpperCase(),
    path: withoutPrefixes(textOf(event.path), textOf(context.stage)),
    pathIsDecoded: true,
    query: queryPairs(event),
    headers,
    body: eventBody(event),
    ...remoteAddress(headers, objectOf(context.identity).sourceIp),
  };
}

function queryPairs(event: Json): QueryPair[] {
  const lists = event.multiValueQueryStringParameters;
  if (lists == null)
    return Object.entries(objectOf(event.queryStringParameters)).map(([name, value]) => [name, textOf(value)]);
  return Object.entries(objectOf(lists)).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : []).map((value): QueryPair => [name, textOf(value)]),
  );
}

/** One string per header, repeats joined; Set-Cookie has a list of its own. */
function resultOfFormat2(response: CompleteResponse): HttpApiResult {
  const headers: { [name: string]: string } = Object.create(null);
  const cookies: string[] = [];
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    if (key === "set-cookie") cookies.push(value);
    else headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const result = { statusCode: response.status, headers, ...resultBody(response.body) };
  return cookies.length === 0 ? result : { ...result, cookies };
}

function resultOfFormat1(response: CompleteResponse): HttpApiResult {
  return {
    statusCode: response.status,
    multiValueHeaders: groupHeaders(response.headers),
    ...resultBody(response.body),
  };
}

function groupHeaders(headers: readonly Header[]): { [name: string]: string[] } {
  const groups: { [name: string]: string[] } = Object.create(null);
  for (const [name, value] of headers) groups[name.toLowerCase()] = [...(groups[name.toLowerCase()] ?? []), value];
  return groups;
}

function plainResult(statusCode: number, body: string): HttpApiResult {
  return { statusCode, headers: { "content-type": "application/json" }, body, isBase64Encoded: false };
}
