/** What the handlers of all front doors have in common: from the event to the answer, whatever the event is. */
import { asItIs, type Endpoint, type Finish, serveEndpoint } from "../calls/endpoint.js";
import { isWarmUp, type Json, objectOf, trimBasePath } from "./event.js";
import type { HttpRequest, HttpResponse } from "../http.js";
import { type CompleteResponse, completeResponse, type PayloadLimit } from "./lambda-result.js";
import { jsonType, refuseWith } from "../calls/respond.js";
import type { LambdaContext } from "../rpc.js";

/** What can be said about a front door when its handler is made. */
export interface DoorOptions {
  /** Path in front of the API's own, as a custom domain puts it: `/library`. Default: GRPC2LAMBDA_BASE_PATH, or none. */
  readonly basePath?: string;
  /** Made by `compression()`. Default: bodies go in and out as they are. */
  readonly compression?: Compression;
  /** Made by `cors()`, behind doors that leave browsers to the function. Default: responses are as they are. */
  readonly cors?: Cors;
}

/** Requests of browsers from other origins. An interface, so that functions without it don't carry it. */
export interface Cors {
  /** The answer to a preflight; undefined for every other request. */
  readonly preflight: (request: HttpRequest) => HttpResponse | undefined;
  /** The response with the headers that let the page read it. */
  readonly share: <Response extends HttpResponse>(request: HttpRequest, response: Response) => Response;
}

/** Compressed bodies. An interface, so that functions without compression don't carry it. */
export interface Compression {
  /** Bytes that a request may inflate to, and a response may have before it is deflated. */
  readonly maxBytes: number;
  /** The request with its body as it was before it was compressed, or the response that refuses it. */
  readonly inflate: (request: HttpRequest) => Promise<HttpRequest | CompleteResponse>;
  /** The response as the request's Accept-Encoding wants it. */
  readonly deflate: (request: HttpRequest, response: CompleteResponse) => Promise<CompleteResponse>;
}

/** How a front door's events are read. */
export interface EventReader {
  /** `an HTTP API`, for messages. */
  readonly source: string;
  /** The request, or undefined for an event of another kind. */
  readonly read: (event: Json, basePath: string) => HttpRequest | undefined;
  /** The answer to a request for a path that no RPC has, where it is the door itself that asks; undefined for NOT_FOUND. */
  readonly unrouted?: (request: HttpRequest) => HttpResponse | undefined;
}

/** A front door that takes a response whole. */
export interface BufferedDoor<Result> extends EventReader {
  readonly limit: PayloadLimit;
  /** Which other limit of the door a response exceeds, as `PayloadLimit.description` has it. */
  readonly excess?: (response: CompleteResponse) => string | undefined;
  /** The response in the door's own form; `event` tells which, where there are several. */
  readonly write: (response: CompleteResponse, event: Json) => Result;
}

/** An answer with the request that it belongs to; without one for events that are no requests. */
export interface Answer {
  readonly request: HttpRequest | undefined;
  readonly response: HttpResponse;
}

/** Answers an event. Never throws: every failure is a response. `cancelled` settles when nobody waits for it anymore. */
export type AnswerEvent = (
  event: Json,
  lambda: LambdaContext | undefined,
  cancelled?: Promise<void>,
) => Promise<Answer>;

/** The part of a handler that is the same for responses sent whole and in parts. */
export function answerEvents(reader: EventReader, endpoint: Endpoint, options: DoorOptions): AnswerEvent {
  const serve = serveEndpoint(endpoint);
  const refuse = doorFailures(endpoint, options);
  const { compression, cors } = options;
  const basePath = trimBasePath(options.basePath ?? process.env["GRPC2LAMBDA_BASE_PATH"] ?? "");
  const answerRequest = async (
    request: HttpRequest,
    event: Json,
    lambda: LambdaContext | undefined,
    cancelled: Promise<void> | undefined,
  ): Promise<Answer> => {
    const inflated = compression === undefined ? request : await compression.inflate(request);
    if ("status" in inflated) return { request, response: refuse(inflated, request) };
    const response = await serve(inflated, { event, lambda, cancelled, unrouted: reader.unrouted?.(request) });
    return { request: inflated, response: cors === undefined ? response : cors.share(request, response) };
  };
  return async (event, lambda, cancelled) => {
    let request: HttpRequest | undefined;
    try {
      if (isWarmUp(event)) return { request, response: { status: 200, headers: [jsonType], body: "{}" } };
      request = reader.read(event, basePath);
      if (request === undefined) return { request, response: refuse(foreignEvent(reader, event), request) };
      const preflight = cors?.preflight(request);
      if (preflight !== undefined) return { request, response: preflight };
      return await answerRequest(request, event, lambda, cancelled);
    } catch (error) {
      return { request, response: refuse(wrapperFailure(error), request) };
    }
  };
}

/** What makes the handler of a door: `bufferedHandler`, or what `offloadResponses()` gives. */
export type HandlerMaker = typeof bufferedHandler;

/** The Lambda handler of a door that takes a response whole. It never throws. */
export function bufferedHandler<Result>(
  door: BufferedDoor<Result>,
  endpoint: Endpoint,
  options: DoorOptions,
): (event: unknown, lambda?: LambdaContext) => Promise<Result> {
  const answer = answerEvents(door, endpoint, options);
  const refuse = doorFailures(endpoint, options);
  const { compression } = options;
  return async (input, lambda) => {
    const event = objectOf(input);
    const { request, response } = await answer(event, lambda);
    try {
      const whole = await completeResponse(response, compression?.maxBytes ?? door.limit.bytes);
      const sent =
        compression === undefined || request === undefined || whole === undefined
          ? whole
          : await compression.deflate(request, whole);
      const result = sent && fittingResult(door, sent, event);
      if (result !== undefined) return result;
      const refusal = tooLarge((sent && door.excess?.(sent)) ?? door.limit.description);
      return fittingResult(door, refuse(refusal, request), event) ?? door.write(refusal, event);
    } catch (error) {
      return door.write(refuse(wrapperFailure(error), request), event);
    }
  };
}

/** What a door answers by itself, in the form of the API's other errors. */
export function doorFailures({ finish = asItIs }: Endpoint, { cors }: DoorOptions): Finish {
  return (response, request) => {
    const failure = finish(response, request);
    return cors === undefined || request === undefined ? failure : cors.share(request, failure);
  };
}

/** The result; undefined for one that the door would answer with an opaque error. */
export function fittingResult<Result>(
  door: BufferedDoor<Result>,
  response: CompleteResponse,
  event: Json,
): Result | undefined {
  // A character takes a byte at least, and a text of many times the limit should not be made once more to see that it is too long.
  if (response.body.length > door.limit.bytes || door.excess?.(response) !== undefined) return undefined;
  const result = door.write(response, event);
  if (upperBound(response) <= door.limit.bytes) return result;
  return Buffer.byteLength(JSON.stringify(result)) <= door.limit.bytes ? result : undefined;
}

/** More than the bytes that a response can become in JSON, where a character takes six at most. */
function upperBound({ headers, body }: CompleteResponse): number {
  let characters = 256 + body.length;
  for (const [name, value] of headers) characters += 16 + name.length + value.length;
  return characters * 6;
}

function foreignEvent({ source }: EventReader, event: Json): CompleteResponse {
  const keys = Object.keys(event).slice(0, 20);
  console.error(`the event does not come from ${source}; its keys:`, JSON.stringify(keys).slice(0, 1000));
  return refuseWith(3, `the event does not come from ${source}`);
}

/** RESOURCE_EXHAUSTED: what the client, and the log, is told instead of an opaque error. */
export function tooLarge(limit: string): CompleteResponse {
  const message = `the response is larger than ${limit}`;
  console.error(message);
  return refuseWith(8, message);
}

/** The last resort; the reason goes to the log. */
export function wrapperFailure(error: unknown): CompleteResponse {
  console.error("the wrapper failed:", error);
  return refuseWith(13, "internal error");
}
