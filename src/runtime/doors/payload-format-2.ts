/**
 * Payload format 2.0: events of HTTP APIs and Function URLs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import {
  eventBody,
  eventHeaders,
  type EventObject,
  objectOf,
  remoteAddress,
  textOf,
  withoutBasePath,
  withoutStage,
} from "./event.js";
import type { HttpRequest } from "../http.js";
import { type CompleteResponse, type ResultBody, resultBody } from "./lambda-result.js";
import { joinHeaders } from "./response-headers.js";

/** A result of format 2.0. Without `statusCode` the door would answer 200 with the result itself. */
export interface Format2Result extends ResultBody {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly cookies?: readonly string[];
}

/** Tells whether an event has this format. */
export function isFormat2(event: EventObject): boolean {
  return event.version === "2.0" && textOf(objectOf(objectOf(event.requestContext).http).method) !== "";
}

/**
 * Reads the request of an event. HTTP APIs decode the path, even twice, and Function URLs do not; only the domain
 * distinguishes them. `pathIsDecoded` decides for custom domains.
 */
export function requestOfFormat2(event: EventObject, basePath: string, pathIsDecoded: boolean): HttpRequest {
  const context = objectOf(event.requestContext);
  const http = objectOf(context.http);
  const headers = eventHeaders(event.headers);
  if (Array.isArray(event.cookies)) headers["cookie"] = [event.cookies.map(textOf).join("; ")];
  const domain = textOf(context.domainName);
  return {
    method: textOf(http.method).toUpperCase(),
    path: withoutBasePath(withoutStage(textOf(event.rawPath), textOf(context.stage)), basePath),
    pathIsDecoded: functionUrlDomain.test(domain) ? false : httpApiDomain.test(domain) ? true : pathIsDecoded,
    query: textOf(event.rawQueryString),
    headers,
    body: eventBody(event),
    ...remoteAddress(headers, http.sourceIp),
  };
}

const functionUrlDomain = /\.lambda-url\.[^.]+\.on\.aws$/;
const httpApiDomain = /\.execute-api\.[^.]+\.amazonaws\.com/;

/** The response in format 2.0: repeated headers joined, Set-Cookie in a list of its own. */
export function resultOfFormat2(response: CompleteResponse): Format2Result {
  const { headers, cookies } = joinHeaders(response.headers);
  const result = { statusCode: response.status, headers, ...resultBody(response.body) };
  return cookies.length === 0 ? result : { ...result, cookies };
}
