/**
 * Streamed responses for Lambda's Node.js runtime.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import { maxDelay, timeLeft } from "../calls/deadline.js";
import {
  answerEvents,
  beginInvocations,
  doorFailures,
  type DoorOptions,
  type EventReader,
  wrapperFailure,
} from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import type { Invocation } from "../calls/invocation.js";
import { bodyBytes, type HttpResponse } from "../http.js";
import type { Respond } from "../observation.js";
import { statusJson } from "../calls/respond.js";
import type { LambdaContext } from "../rpc.js";
import { codeNumber, type Status } from "../status.js";

/** Status and headers, which Lambda gets before the first byte of the body. */
export interface Prelude {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  /** Function URLs. */
  readonly cookies?: readonly string[];
  /** REST APIs. */
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] };
}

/** The part of Lambda's response stream that is used. */
export interface ResponseStream {
  readonly destroyed: boolean;
  write(chunk: string | Uint8Array): boolean;
  end(): unknown;
  once(event: "drain" | "close" | "error", listener: () => void): unknown;
  on(event: "error", listener: () => void): unknown;
}

/** A handler before Lambda has wrapped it, and after. */
export type StreamHandler = (event: unknown, stream: ResponseStream, lambda?: LambdaContext) => Promise<void>;

/** The global `awslambda` of Lambda's Node.js runtimes. */
interface LambdaGlobal {
  streamifyResponse(handler: StreamHandler): StreamHandler;
  readonly HttpResponseStream: { from(stream: ResponseStream, prelude: Prelude): ResponseStream };
}

/** Most bytes of a streamed response. Lambda ends it at 200 MB, and the last line, which reports that, has to fit. */
const maxStreamBytes = 200 * 1000 * 1000 - 65_536;

/** A front door that accepts streamed responses. */
export interface StreamedDoor extends EventReader {
  readonly writePrelude: (response: HttpResponse) => Prelude;
}

/** Makes the Lambda handler of a door that accepts streamed responses. Throws outside of such a Lambda runtime. */
export function streamedHandler(door: StreamedDoor, endpoint: Endpoint, options: DoorOptions): StreamHandler {
  const { awslambda } = globalThis as { awslambda?: LambdaGlobal };
  if (awslambda === undefined)
    throw new Error("response streaming needs the global awslambda of Lambda's Node.js runtime");
  const answer = answerEvents(door, endpoint, options);
  const refuse = doorFailures(endpoint, options);
  const respond: Respond<[ResponseStream], void> = async (invocation, stream) => {
    const gone = clientGone(stream);
    invocation.cancelled = gone;
    let sent = await answer(invocation);
    let prelude: Prelude;
    invocation.response = sent;
    try {
      prelude = door.writePrelude(sent);
    } catch (error) {
      sent = refuse(wrapperFailure(error), invocation);
      prelude = door.writePrelude(sent);
    }
    const announced = awslambda.HttpResponseStream.from(stream, prelude);
    await sendPieces(sent, announced, () => untilDrained(stream, gone, invocation.lambda), invocation);
  };
  const handle = (options.observer ?? beginInvocations)(respond);
  return awslambda.streamifyResponse((event, stream, lambda) => handle(event, lambda, stream));
}

/**
 * A promise that is fulfilled when the connection to Lambda breaks or closes. Lambda keeps it open and gives no sign
 * when the client leaves: the handler then goes on until it returns or its deadline passes.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/145
 */
function clientGone(stream: ResponseStream): Promise<void> {
  return new Promise((resolve) => {
    stream.on("error", () => resolve());
    stream.once("close", () => resolve());
  });
}

/** Writes each piece as it comes, no faster than the other side reads them; the prelude goes with the first piece. */
async function sendPieces(
  { body, breakOff = errorLine }: HttpResponse,
  stream: ResponseStream,
  drained: () => Promise<void>,
  invocation: Invocation,
): Promise<void> {
  const end = (status: Status): void => {
    invocation.broken = status;
    if (!stream.destroyed) stream.write(breakOff(status));
  };
  let size = 0;
  try {
    for await (const piece of piecesOf(body)) {
      const bytes = bodyBytes(piece);
      size += bytes.length;
      if (size > maxStreamBytes) {
        end(tooLong());
        break;
      }
      if (stream.destroyed) return end(left());
      if (!stream.write(bytes)) await drained();
    }
  } catch (error) {
    if (invocation.log === undefined) console.error("the response broke off:", error);
    invocation.error = error;
    end(internal());
  }
  if (!stream.destroyed) stream.end();
}

/**
 * Waits until the other side has read the written bytes, at most until the deadline of the call. The next piece then
 * fails with it, and the handler is stopped before Lambda ends the process.
 */
async function untilDrained(
  stream: ResponseStream,
  gone: Promise<void>,
  lambda: LambdaContext | undefined,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const drained = new Promise<void>((resolve) => {
    stream.once("drain", resolve);
    const left = timeLeft(undefined, lambda?.getRemainingTimeInMillis());
    if (left !== undefined && left <= maxDelay) timer = setTimeout(resolve, left);
  });
  await Promise.race([drained, gone]);
  clearTimeout(timer);
}

/** The pieces of a body, at least one: without a write Lambda would lose the status and the headers. */
async function* piecesOf(body: HttpResponse["body"]): AsyncGenerator<string | Uint8Array, void, undefined> {
  if (typeof body === "string" || body instanceof Uint8Array) {
    yield body;
    return;
  }
  let isEmpty = true;
  for await (const piece of body) {
    isEmpty = false;
    yield piece;
  }
  if (isEmpty) yield "";
}

function tooLong(): Status {
  const message = "the response is larger than the 200 MB that AWS Lambda can stream";
  return { code: codeNumber("RESOURCE_EXHAUSTED"), message, details: [] };
}

function left(): Status {
  return { code: codeNumber("CANCELLED"), message: "the client is gone", details: [] };
}

function internal(): Status {
  return { code: codeNumber("INTERNAL"), message: "internal error", details: [] };
}

function errorLine(status: Status): string {
  return `${JSON.stringify({ error: statusJson(status) })}\n`;
}
