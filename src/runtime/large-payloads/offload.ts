/** Responses that are too large for the front door. They go to S3, and the client gets a link. */
import {
  beginInvocations,
  type BufferedDoor,
  bufferedHandler,
  type DoorOptions,
  doorFailures,
  fittingResult,
  type HandlerMaker,
  respondWhole,
  tooLarge,
  wrapperFailure,
} from "../doors/door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { type EventObject, objectOf } from "../doors/event.js";
import { bodyBytes } from "../http.js";
import type { CompleteResponse } from "../doors/lambda-result.js";
import { headerText } from "../doors/response-headers.js";
import { beforeEnd, codeOfFailure, payloadBucket, randomId } from "./payload-bucket.js";
import { type Header, jsonType, statusResponse } from "../calls/respond.js";
import type { LambdaContext } from "../rpc.js";
import type { Respond } from "../observation.js";
import type { Bucket } from "./s3.js";
import { codeNumber } from "../status.js";

/** Settings of large responses. */
export interface OffloadOptions {
  /** `redirect`: 303 See Other, which clients follow by themselves. `envelope`: `{"largePayload": {"url", …}}`. */
  readonly answer: "redirect" | "envelope";
  /** Bytes from which on a body goes to S3 although the door would accept it. Default: none. */
  readonly threshold?: number;
  /** Most bytes of a response. */
  readonly maxBytes: number;
  /** Seconds for which a link is valid. */
  readonly linkSeconds: number;
  /** The beginning of every key: "", or `library/`. */
  readonly prefix: string;
}

/**
 * Makes a maker of handlers that send large responses through S3. Without a bucket, as in a local run, they send none.
 */
export function offloadResponses(options: OffloadOptions): HandlerMaker {
  const bucket = payloadBucket();
  if (bucket === undefined) return bufferedHandler;
  return (door, endpoint, doorOptions) => offloadingHandler(door, endpoint, doorOptions, bucket, options);
}

/** Makes a handler as `bufferedHandler` does; a response that the door does not accept goes to the bucket. */
function offloadingHandler<Result>(
  door: BufferedDoor<Result>,
  endpoint: Endpoint,
  doorOptions: DoorOptions,
  bucket: Bucket,
  options: OffloadOptions,
): (event: unknown, lambda?: LambdaContext) => Promise<Result> {
  const { threshold = Number.POSITIVE_INFINITY, maxBytes } = options;
  const refuse = doorFailures(endpoint, doorOptions);
  const limit = { bytes: maxBytes, description: `${maxBytes} bytes` };
  const respond = respondWhole<Made>({ ...door, limit, write: made }, endpoint, doorOptions);
  const deliver = async (
    response: CompleteResponse,
    event: EventObject,
    refused: (failure: CompleteResponse) => CompleteResponse,
    lambda: LambdaContext | undefined,
  ): Promise<Result> => {
    const size = Buffer.byteLength(response.body);
    const canGo = isReply(response);
    const result = canGo && size > threshold ? undefined : fittingResult(door, response, event);
    if (result !== undefined) return result;
    const stored = canGo && size <= maxBytes ? await store(response, bucket, options, lambda, refused) : undefined;
    const instead = stored && fittingResult(door, stored, event);
    if (instead !== undefined) return instead;
    const refusal = tooLarge((canGo ? limit : door.limit).description);
    return fittingResult(door, refused(refusal), event) ?? door.write(refusal, event);
  };
  const offload: Respond<[], Result> = async (invocation) => {
    const event = objectOf(invocation.event);
    const { response } = await respond(invocation);
    const refused = (failure: CompleteResponse): CompleteResponse => refuse(failure, invocation);
    try {
      return await deliver(response, event, refused, invocation.lambda);
    } catch (error) {
      return door.write(refused(wrapperFailure(error)), event);
    }
  };
  return (doorOptions.observer ?? beginInvocations)(offload);
}

/** A response before it gets the door's form; its size is checked later. */
interface Made {
  readonly response: CompleteResponse;
  readonly toJSON: () => string;
}

function made(response: CompleteResponse): Made {
  return { response, toJSON: () => "" };
}

/** A link to the response, or the failure to store it. */
async function store(
  response: CompleteResponse,
  bucket: Bucket,
  options: OffloadOptions,
  lambda: LambdaContext | undefined,
  refuse: (failure: CompleteResponse) => CompleteResponse,
): Promise<CompleteResponse> {
  try {
    return await storeResponse(response, bucket, options, lambda);
  } catch (error) {
    console.error("a large response could not be stored:", error);
    const message = "the response is too large to be sent, and could not be stored";
    return refuse(statusResponse({ code: codeNumber(codeOfFailure(error)), message, details: [] }));
  }
}

/** Tells whether a response is a reply; a link would hide an error or another status. */
function isReply({ failure, status }: CompleteResponse): boolean {
  return failure === undefined && status >= 200 && status < 300;
}

/** Headers that belong to the body and go to S3 with it. The others, including metadata and cookies, stay. */
const bodyHeaders: ReadonlySet<string> = new Set([
  "content-type",
  "content-encoding",
  "content-disposition",
  "content-language",
]);

async function storeResponse(
  { status, headers, body }: CompleteResponse,
  bucket: Bucket,
  { answer, linkSeconds, prefix }: OffloadOptions,
  lambda: LambdaContext | undefined,
): Promise<CompleteResponse> {
  const bytes = bodyBytes(body);
  const kept: Header[] = [["Cache-Control", "no-store"]];
  const moved: Record<string, string> = {};
  for (const header of headers) {
    const name = header[0].toLowerCase();
    if (bodyHeaders.has(name)) moved[name] = headerText(header[1]);
    else if (name !== "cache-control" && name !== "etag" && name !== "content-length") kept.push(header);
  }
  const key = `${prefix}responses/${await randomId()}`;
  await bucket.put(key, bytes, moved, beforeEnd(lambda));
  const url = await bucket.link("GET", key, linkSeconds);
  if (answer === "redirect") return { status: 303, headers: [["Location", url], ...kept], body: "" };
  const expireTime = new Date(Date.now() + linkSeconds * 1000).toISOString();
  const encoding = moved["content-encoding"] === undefined ? {} : { contentEncoding: moved["content-encoding"] };
  const link = { url, expireTime, contentType: moved["content-type"] ?? "", ...encoding, size: bytes.length };
  return { status, headers: [jsonType, ...kept], body: JSON.stringify({ largePayload: link }) };
}
