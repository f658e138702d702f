/**
 * Payload format 1.0: events of REST APIs, and of HTTP APIs whose integration chooses this format.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
import { bufferView } from "../values/buffer-view.js";
import {
  eachText,
  eventBody,
  eventHeaders,
  type EventObject,
  objectOf,
  remoteAddress,
  textOf,
  withoutBasePath,
  withoutStage,
} from "./event.js";
import { type HttpRequest, mediaType, type QueryPair } from "../http.js";
import { type CompleteResponse, type ResultBody, resultBody } from "./lambda-result.js";
import { listHeaders } from "./response-headers.js";

/** A result of format 1.0. A REST API refuses any further member. */
export interface Format1Result extends ResultBody {
  readonly statusCode: number;
  readonly multiValueHeaders: { readonly [name: string]: readonly string[] };
}

/** Tells whether an event has this format; the events of load balancers resemble it. */
export function isFormat1(event: EventObject): boolean {
  const { requestContext, version } = event;
  if (typeof requestContext !== "object" || requestContext === null || "elb" in requestContext) return false;
  return textOf(event.httpMethod) !== "" && (version == null || version === "1.0");
}

/**
 * Reads the request of an event. An event of an HTTP API has a version, a decoded path, and the stage in front of it;
 * an event of a REST API has none of these, except that a custom domain can put the stage in front.
 */
export function requestOfFormat1(event: EventObject, basePath: string): HttpRequest {
  const context = objectOf(event.requestContext);
  const isHttpApi = event.version === "1.0";
  const headers = eventHeaders(event.headers, event.multiValueHeaders);
  const path = textOf(event.path);
  return {
    method: textOf(event.httpMethod).toUpperCase(),
    path: withoutBasePath(hasStage(event, context, path) ? withoutStage(path, textOf(context.stage)) : path, basePath),
    pathIsDecoded: isHttpApi,
    query: queryPairs(event),
    headers,
    body: eventBody(event),
    ...remoteAddress(headers, objectOf(context.identity).sourceIp),
  };
}

/**
 * Tells whether a path that begins with the name of the stage has it from the door. A REST API leaves the stage out of `path`, and has
 * it in `requestContext.path`; behind a custom domain whose mapping names no stage, it is in both. There the resource tells whether the
 * API's own path begins like that. https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
function hasStage(
  { version, resource, pathParameters }: EventObject,
  { path: whole, stage }: EventObject,
  path: string,
): boolean {
  if (version === "1.0") return true;
  if (whole !== path) return false;
  const first = textOf(resource).split("/")[1] ?? "";
  const [, name] = /^\{(.+?)\+?\}$/.exec(first) ?? [];
  const own = name === undefined ? first : textOf(objectOf(pathParameters)[name]);
  return own !== stage && !own.startsWith(`${textOf(stage)}/`);
}

/**
 * The query, whose names and values the door has decoded. The map of lists is complete, the other map has the last
 * value of each name.
 */
function queryPairs(event: EventObject): QueryPair[] {
  const pairs: QueryPair[] = [];
  eachText(event.multiValueQueryStringParameters ?? event.queryStringParameters, (name, value) => {
    pairs.push([name, value]);
  });
  return pairs;
}

/** The response in format 1.0. */
export function resultOfFormat1(response: CompleteResponse): Format1Result {
  const multiValueHeaders = listHeaders(response.headers);
  return { statusCode: response.status, multiValueHeaders, ...textOrBase64(response.body, multiValueHeaders) };
}

/**
 * The body of a result. A REST API turns base64 into bytes only if the API's binary media types and the request's
 * Accept header agree. Bytes that are text, by their type and in fact, go out as text, which works with every
 * configuration.
 */
function textOrBase64(body: string | Uint8Array, headers: { readonly [name: string]: readonly string[] }): ResultBody {
  if (typeof body === "string" || headers["content-encoding"] !== undefined) return resultBody(body);
  if (!textType.test(mediaType(headers["content-type"]?.[0] ?? ""))) return resultBody(body);
  const bytes = bufferView(body);
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes) ? { body: text, isBase64Encoded: false } : resultBody(body);
}

const textType = /^text\/|^application\/(?:json|javascript|xml)$|\+(?:json|xml)$/;
