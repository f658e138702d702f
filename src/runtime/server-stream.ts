/** Server-streaming RPCs: newline-delimited JSON, each line `{"result":…}` or, at the end, `{"error":…}`. */
import type { Call } from "./call.js";
import { untilExpired } from "./deadline.js";
import type { Endpoint, Route } from "./endpoint.js";
import type { HttpResponse } from "./http.js";
import { replyHeaders } from "./reply-headers.js";
import { contentType, type Header, jsonType, statusHeaders, statusJson } from "./respond.js";
import type { Binding, BoundRequest, Rpc, ServerStreamingHandler } from "./rpc.js";
import { httpStatus, type Status, statusOf } from "./status.js";

/** An RPC with the function that implements it. */
export function serverStream<Request, Reply>(
  rpc: Rpc<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
): Endpoint {
  const routes = rpc.bindings.map(
    (binding, index): Route => ({
      ...binding,
      service: rpc.service,
      method: rpc.method,
      binding: index,
      isStream: true,
      answer: (http, captures, call) => answer(binding, handler, http, captures, call),
    }),
  );
  return { profile: rpc.profile, routes };
}

/** Decides the HTTP status with the first reply; what comes later is in the body. */
async function answer<Request, Reply>(
  binding: Binding<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
  http: BoundRequest,
  captures: readonly string[],
  call: Call,
): Promise<HttpResponse> {
  const { context } = call;
  const { outgoing } = call.headers;
  const request = binding.decode(http, ...captures);
  const lines = writeLines(binding, handler, request, call);
  const first = await lines.next();
  if (first.done === true) return { status: 200, headers: [jsonType, ...replyHeaders(context, outgoing)], body: "" };
  const { status, header, text } = first.value;
  return {
    status,
    headers: [header, ...first.value.more, ...replyHeaders(context, outgoing)],
    body: resume(text, lines),
  };
}

/** One reply or the final error, with what the response starts with when it is the first. */
interface Line {
  readonly status: number;
  readonly header: Header;
  readonly more: readonly Header[];
  readonly text: string | Uint8Array;
}

async function* writeLines<Request, Reply>(
  binding: Binding<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
  request: Request,
  { context, expired }: Call,
): AsyncGenerator<Line, void, undefined> {
  try {
    const replies = await handler(request, context);
    for await (const reply of untilExpired(replies, expired)) yield writeReply(binding, reply);
  } catch (error) {
    const status = statusOf(error);
    if (!status.isPublic) console.error(`${context.service}/${context.method} failed:`, error);
    if (status.metadata !== undefined) context.trailer.merge(status.metadata);
    yield writeError(status);
  }
}

function writeReply<Request, Reply>(binding: Binding<Request, Reply>, reply: Reply): Line {
  if ("encodeRaw" in binding) {
    const raw = binding.encodeRaw(reply);
    return { status: 200, header: contentType(raw), more: [], text: Buffer.concat([raw.data, newline]) };
  }
  const text = `{"result":${JSON.stringify(binding.encode(reply))}}\n`;
  return { status: 200, header: jsonType, more: [], text };
}

const newline = Uint8Array.of(0x0a);

function writeError(status: Status): Line {
  const text = `${JSON.stringify({ error: statusJson(status) })}\n`;
  return { status: httpStatus(status.code), header: jsonType, more: statusHeaders(status), text };
}

async function* resume(
  first: string | Uint8Array,
  lines: AsyncGenerator<Line, void, undefined>,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  try {
    yield first;
    for await (const line of lines) yield line.text;
  } finally {
    await lines.return();
  }
}
