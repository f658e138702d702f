/** The common part of all front doors' handlers: from the event to the answer. */
import { asItIs, type Endpoint, serveEndpoint } from "../calls/endpoint.js";
import type { Invocation } from "../calls/invocation.js";
import { isWarmUp, type EventObject, objectOf, trimBasePath } from "./event.js";
import type { HttpRequest, HttpResponse } from "../http.js";
import { type CompleteResponse, completeResponse, type PayloadLimit } from "./lambda-result.js";
import { jsonType, refuseWith } from "../calls/respond.js";
import type { Observer, Respond } from "../observation.js";
import type { LambdaContext } from "../rpc.js";

/** Options of a front door's handler. */
export interface DoorOptions {
  /** Path that a custom domain puts in front of the API's own: `/library`. Default: GRPC2LAMBDA_BASE_PATH, or none. */
  readonly basePath?: string;
  /** Compression of bodies, made by `compression()`. Default: none. */
  readonly compression?: Compression;
  /** Cross-origin requests, made by `cors()`, for doors that leave them to the function. Default: no permissions. */
  readonly cors?: Cors;
  /** Begins and follows invocations, made by `observe()`. Default: nobody follows them. */
  readonly observer?: Observer;
}

/** Handling of cross-origin requests. An interface, so that functions without it don't contain the code. */
export interface Cors {
  /** The answer to a preflight; undefined for every other request. */
  readonly preflight: (request: HttpRequest) => HttpResponse | undefined;
  /** The response with the headers that let the page read it. */
  readonly share: <Response extends HttpResponse>(request: HttpRequest, response: Response) => Response;
}

/** Handling of compressed bodies. An interface, so that functions without compression don't contain the code. */
export interface Compression {
  /** Bytes that a request may inflate to, and a response may have before it is compressed. */
  readonly maxBytes: number;
  /** The request with its inflated body, or the response that refuses it. */
  readonly inflate: (request: HttpRequest) => Promise<HttpRequest | CompleteResponse>;
  /** The response as the request's Accept-Encoding wants it. */
  readonly deflate: (request: HttpRequest, response: CompleteResponse) => Promise<CompleteResponse>;
}

/** Reader of a front door's events. */
export interface EventReader {
  /** The door's name in messages: `an HTTP API`. */
  readonly source: string;
  /** The request, or undefined for an event of another kind. */
  readonly read: (event: EventObject, basePath: string) => HttpRequest | undefined;
  /** The answer to a request of the door itself that matches no RPC; undefined for NOT_FOUND. */
  readonly unrouted?: (request: HttpRequest) => HttpResponse | undefined;
}

/** A front door that accepts a response as a whole. */
export interface BufferedDoor<Result> extends EventReader {
  readonly limit: PayloadLimit;
  /** Description of another limit of the door that a response exceeds, in the form of `PayloadLimit.description`. */
  readonly excess?: (response: CompleteResponse) => string | undefined;
  /** The response in the door's own form, of which `event` chooses one if there are several. */
  readonly write: (response: CompleteResponse, event: EventObject) => Result;
}

/** Answers an event. Every failure is a response; only an event of another source is an error, so that queues deliver it again. */
export type AnswerEvent = (invocation: Invocation) => Promise<HttpResponse>;

/** Makes the part of a handler that is the same for whole and for streamed responses. */
export function answerEvents(reader: EventReader, endpoint: Endpoint, options: DoorOptions): AnswerEvent {
  const serve = serveEndpoint(endpoint);
  const refuse = doorFailures(endpoint, options);
  const { compression, cors } = options;
  const basePath = trimBasePath(options.basePath ?? process.env["GRPC2LAMBDA_BASE_PATH"] ?? "");
  const answerRequest = async (request: HttpRequest, invocation: Invocation): Promise<HttpResponse> => {
    const inflated = compression === undefined ? request : await compression.inflate(request);
    if ("status" in inflated) return refuse(inflated, invocation);
    invocation.request = inflated;
    invocation.unrouted = reader.unrouted?.(request);
    const response = await serve(inflated, invocation);
    return cors === undefined ? response : cors.share(request, response);
  };
  return async (invocation) => {
    const event = objectOf(invocation.event);
    try {
      if (isWarmUp(event)) return { status: 200, headers: [jsonType], body: "{}" };
      const request = reader.read(event, basePath);
      if (request !== undefined) {
        invocation.request = request;
        return cors?.preflight(request) ?? (await answerRequest(request, invocation));
      }
    } catch (error) {
      return refuse(wrapperFailure(error), invocation);
    }
    throw foreignEvent(reader, event);
  };
}

/** A function that makes a door's handler: `bufferedHandler`, or the result of `offloadResponses()`. */
export type HandlerMaker = typeof bufferedHandler;

/** Makes the Lambda handler of a door that accepts a response as a whole. It throws only for events of another source. */
export function bufferedHandler<Result>(
  door: BufferedDoor<Result>,
  endpoint: Endpoint,
  options: DoorOptions,
): (event: unknown, lambda?: LambdaContext) => Promise<Result> {
  return (options.observer ?? beginInvocations)(respondWhole(door, endpoint, options));
}

/** Makes a handler whose invocations nobody follows. */
export const beginInvocations: Observer =
  (respond) =>
  (event, lambda, ...more) =>
    respond({ event, lambda }, ...more);

/** Makes the part of `bufferedHandler` that answers an invocation. */
export function respondWhole<Result>(
  door: BufferedDoor<Result>,
  endpoint: Endpoint,
  options: DoorOptions,
): Respond<[], Result> {
  const answer = answerEvents(door, endpoint, options);
  const refuse = doorFailures(endpoint, options);
  const { compression } = options;
  return async (invocation) => {
    const event = objectOf(invocation.event);
    const response = await answer(invocation);
    const { request } = invocation;
    invocation.response = response;
    try {
      const whole = await completeResponse(response, compression?.maxBytes ?? door.limit.bytes);
      const sent =
        compression === undefined || request === undefined || whole === undefined
          ? whole
          : await compression.deflate(request, whole);
      const result = sent && fittingResult(door, sent, event);
      if (result !== undefined) return result;
      const refusal = tooLarge((sent && door.excess?.(sent)) ?? door.limit.description);
      return fittingResult(door, refuse(refusal, invocation), event) ?? door.write(refusal, event);
    } catch (error) {
      return door.write(refuse(wrapperFailure(error), invocation), event);
    }
  };
}

/** Returns a failure in its form, and notes it. */
type Refuse = <Response extends HttpResponse>(response: Response, invocation: Invocation) => Response;

/** Failures of the door's own, in the form of the API's other errors. */
export function doorFailures({ finish = asItIs }: Endpoint, { cors }: DoorOptions): Refuse {
  return (response, invocation) => {
    const { request } = invocation;
    const failure = finish(response, request);
    invocation.response = failure;
    return cors === undefined || request === undefined ? failure : cors.share(request, failure);
  };
}

/** The result; undefined if the door would answer it with an opaque error. */
export function fittingResult<Result>(
  door: BufferedDoor<Result>,
  response: CompleteResponse,
  event: EventObject,
): Result | undefined {
  // A character takes at least a byte. A text of many times the limit is refused without making the result.
  if (response.body.length > door.limit.bytes || door.excess?.(response) !== undefined) return undefined;
  const result = door.write(response, event);
  if (upperBound(response) <= door.limit.bytes) return result;
  return Buffer.byteLength(JSON.stringify(result)) <= door.limit.bytes ? result : undefined;
}

/** Upper bound of a response's bytes as JSON, where a character takes at most six. */
function upperBound({ headers, body }: CompleteResponse): number {
  let characters = 256 + body.length;
  for (const [name, value] of headers) characters += 16 + name.length + value.length;
  return characters * 6;
}

function foreignEvent({ source }: EventReader, event: EventObject): Error {
  const keys = JSON.stringify(Object.keys(event).slice(0, 20)).slice(0, 1000);
  return new Error(`the event does not come from ${source}; its keys: ${keys}`);
}

/** The response RESOURCE_EXHAUSTED, for the client and the log, instead of an opaque error. */
export function tooLarge(limit: string): CompleteResponse {
  const message = `the response is larger than ${limit}`;
  console.error(message);
  return refuseWith("RESOURCE_EXHAUSTED", message);
}

/** The response to an unexpected error of the wrapper; the reason goes to the log. */
export function wrapperFailure(error: unknown): CompleteResponse {
  console.error("the wrapper failed:", error);
  return refuseWith("INTERNAL", "internal error");
}
