/** Server-streaming RPCs: the replies one after the other, and an error instead of the next one. */

import type { HttpResponse } from "../http.js";
import { resultLines, type StreamFormat } from "../routing/stream-format.js";
import type { Binding, BoundRequest, Context, Rpc, ServerStreamingHandler } from "../rpc.js";
import { type Status, statusOf } from "../status.js";
import { boundRoute } from "./bound-route.js";
import type { Call } from "./call.js";
import { untilExpired } from "./deadline.js";
import { encodeReply } from "./encode-reply.js";
import { type Endpoint, noteFailure } from "./endpoint.js";
import { replyHeaders } from "./reply-headers.js";
import { contentType, type Header, jsonType, statusBody, statusResponse } from "./respond.js";

/** The endpoint of an RPC with its handler. */
export function serverStream<Request, Reply>(
  rpc: Rpc<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
): Endpoint {
  const replyTypes = rpc.streamingByAccept?.types ?? [(rpc.streaming ?? resultLines).contentType];
  const routes = rpc.bindings.map((binding, index) => ({
    ...boundRoute(rpc, binding, index, (http, captures, call) => answer(rpc, binding, handler, http, captures, call)),
    replyTypes,
  }));
  return { profile: rpc.profile, routes };
}

type StreamRpc = Pick<Rpc<unknown, unknown>, "streaming" | "streamingByAccept">;

/** Waits for the first reply, which decides the HTTP status; later failures are in the body. */
async function answer<Request, Reply>(
  rpc: StreamRpc,
  binding: Binding<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
  http: BoundRequest,
  captures: readonly string[],
  call: Call,
): Promise<HttpResponse> {
  const { context } = call;
  const request = binding.decode(http, ...captures);
  if (call.isOver) return call.expired;
  // A body that is passed on has no format of a stream.
  const format = "encodeRaw" in binding ? resultLines : streamFormat(rpc, context);
  const pieces = writePieces(binding, format, handler, request, call);
  const first = await pieces.next();
  const headers = replyHeaders(context, call.headers.outgoing);
  if (first.done === true)
    return { status: 200, headers: [["Content-Type", format.contentType], ...headers], body: format.end(true) };
  const { text, header, failure } = first.value;
  if (failure === undefined) {
    const breakOff = (status: Status): string => format.error(statusBody(status)) + format.end(false);
    return { status: 200, headers: [header, ...headers], body: resume(text, pieces, format), breakOff };
  }
  const response = statusResponse(failure, headers);
  return format.framesFirstError ? { ...response, headers: [jsonType, ...headers], body: text } : response;
}

function streamFormat({ streaming = resultLines, streamingByAccept }: StreamRpc, { http }: Context): StreamFormat {
  return streamingByAccept?.choose(http.headers["accept"] ?? [], streaming) ?? streaming;
}

/** One reply or the final error. */
interface Piece {
  readonly header: Header;
  readonly text: string | Uint8Array;
  readonly failure?: Status;
}

async function* writePieces<Request, Reply>(
  binding: Binding<Request, Reply>,
  format: StreamFormat,
  handler: ServerStreamingHandler<Request, Reply>,
  request: Request,
  { context, invocation, expired }: Call,
): AsyncGenerator<Piece, void, undefined> {
  const header: Header = ["Content-Type", format.contentType];
  let isFirst = true;
  try {
    const replies = await handler(request, context);
    for await (const reply of untilExpired(replies, expired)) {
      yield writeReply(binding, format, header, reply, isFirst);
      invocation.messages = (invocation.messages ?? 0) + 1;
      isFirst = false;
    }
  } catch (error) {
    const failure = statusOf(error);
    noteFailure(error, failure, invocation);
    invocation.broken = failure;
    if (failure.metadata !== undefined) context.trailer.merge(failure.metadata);
    yield { header, text: format.error(statusBody(failure)), failure };
  }
}

function writeReply<Request, Reply>(
  binding: Binding<Request, Reply>,
  format: StreamFormat,
  header: Header,
  reply: Reply,
  isFirst: boolean,
): Piece {
  if ("encodeRaw" in binding) {
    const raw = binding.encodeRaw(reply);
    return { header: contentType(raw), text: raw.data };
  }
  return { header, text: format.reply(encodeReply(binding.encode, reply), isFirst) };
}

async function* resume(
  first: string | Uint8Array,
  pieces: AsyncGenerator<Piece, void, undefined>,
  format: StreamFormat,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  try {
    yield first;
    for await (const { text } of pieces) yield text;
    const end = format.end(false);
    if (end !== "" && typeof first === "string") yield end;
  } finally {
    await pieces.return();
  }
}
