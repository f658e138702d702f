/**
 * Application Load Balancers with a target group of type lambda.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
import { bufferedHandler, type DoorOptions, type EventReader, type HandlerMaker } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { eachText, eventBody, eventHeaders, type EventObject, objectOf, textOf, withoutBasePath } from "./event.js";
import { type HttpRequest, type HttpResponse, headerValue } from "../http.js";
import { type CompleteResponse, type PayloadLimit, type ResultBody, resultBody } from "./lambda-result.js";
import { reasonPhrase } from "./reason-phrase.js";
import { joinHeaders, listHeaders } from "./response-headers.js";
import type { LambdaContext } from "../rpc.js";

/**
 * The result for a load balancer. It has one of the two header maps, the one that the event had; all values are text.
 */
export interface AlbResult extends ResultBody {
  readonly statusCode: number;
  /** `200 OK`. */
  readonly statusDescription: string;
  readonly headers?: { readonly [name: string]: string };
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] };
}

/** A Lambda handler. */
export type AlbHandler = (event: unknown, lambda?: LambdaContext) => Promise<AlbResult>;

/** The limit of a result: 1 MB of JSON, including base64 and escapes. */
export const albLimit: PayloadLimit = {
  bytes: 1_000_000,
  description: "the 1 MB that a load balancer takes from a function",
};

/**
 * Most bytes of all headers of a response, and of one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const maxHeaderBytes = 32_768;
const maxBytesOfHeader = 16_384;

/** Reads the events of a load balancer. */
export const albReader: EventReader = { source: "an Application Load Balancer", read };

/** Makes the Lambda handler for an endpoint. Every failure is a response, except that events of another source are errors. */
export function alb(
  endpoint: Endpoint,
  options: DoorOptions = {},
  makeHandler: HandlerMaker = bufferedHandler,
): AlbHandler {
  const door = { ...albReader, limit: albLimit, excess, unrouted, write };
  return makeHandler<AlbResult>(door, endpoint, options);
}

function read(event: EventObject, basePath: string): HttpRequest | undefined {
  if (typeof objectOf(event.requestContext).elb !== "object" || textOf(event.httpMethod) === "") return undefined;
  return {
    method: textOf(event.httpMethod).toUpperCase(),
    path: withoutBasePath(textOf(event.path), basePath),
    pathIsDecoded: false,
    query: queryText(event),
    headers: eventHeaders(event.headers, event.multiValueHeaders),
    body: eventBody(event),
  };
}

/** Tells whether the target group has `lambda.multi_value_headers.enabled`: lists in, lists out. */
function hasLists(event: EventObject): boolean {
  return event.multiValueHeaders != null;
}

/**
 * The text of the query. The load balancer splits it and decodes nothing, so it is joined again and read like the text
 * of a URL. Only the order of different names is lost.
 */
function queryText(event: EventObject): string {
  let text = "";
  eachText(event.multiValueQueryStringParameters ?? event.queryStringParameters, (name, value) => {
    text += `${text === "" ? "" : "&"}${name}=${value}`;
  });
  return text;
}

/**
 * Answers a target group's health checks, which are ordinary invocations, usually for a path of no RPC. Any client can
 * pretend to be one.
 */
function unrouted({ method, headers }: HttpRequest): HttpResponse | undefined {
  return method === "GET" && headerValue(headers, "user-agent").startsWith("ELB-HealthChecker/") ? healthy : undefined;
}

const healthy: HttpResponse = { status: 200, headers: [["Content-Type", "text/plain"]], body: "" };

function excess({ headers }: CompleteResponse): string | undefined {
  let bytes = 0;
  let isTooLarge = false;
  for (const [name, value] of headers) {
    // The separator and the line end count.
    const size = name.length + String(value).length + 4;
    isTooLarge ||= size > maxBytesOfHeader;
    bytes += size;
  }
  return isTooLarge || bytes > maxHeaderBytes
    ? "the 32 KB of headers, 16 KB each, that a load balancer passes on"
    : undefined;
}

function write(response: CompleteResponse, event: EventObject): AlbResult {
  const { status } = response;
  const { body, isBase64Encoded } = resultBody(response.body);
  // Written out, because copying an object into another costs more than the rest of this function.
  const statusDescription = `${status} ${reasonPhrase(status)}`;
  if (hasLists(event)) {
    const multiValueHeaders = listHeaders(response.headers);
    return { statusCode: status, statusDescription, multiValueHeaders, body, isBase64Encoded };
  }
  const { headers, cookies } = joinHeaders(response.headers);
  if (cookies.length > 1)
    console.error(`only the first of ${cookies.length} cookies is sent: enable multi-value headers`);
  if (cookies[0] !== undefined) headers["set-cookie"] = cookies[0];
  return { statusCode: status, statusDescription, headers, body, isBase64Encoded };
}
