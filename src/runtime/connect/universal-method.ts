/** The method of a grpc-js service object that a handler of Connect is: it speaks gRPC with the handler, in binary. */
import type { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import type { GrpcJsCall, GrpcJsCallback } from "../grpc-js/grpc-js.js";
import { Metadata } from "../metadata.js";
import { fromEnvelopes, toEnvelopes } from "./envelopes.js";
import type { RouterOptions, UniversalHandler, UniversalRequest, UniversalResponse } from "./universal.js";

/** A call of any kind; one with a stream of requests can be read. */
export type AnyCall = EventEmitter & GrpcJsCall<Uint8Array | undefined> & Partial<AsyncIterable<Uint8Array>>;

/** A method with messages as bytes. It has a callback if there is one reply; otherwise the call is written to. */
export type BytesMethod = (call: AnyCall, callback?: GrpcJsCallback<Uint8Array>) => Promise<void>;

/** Makes the method that a handler is, with the context values of its adapter. */
export function universalMethod(handler: UniversalHandler, { contextValues }: RouterOptions): BytesMethod {
  return async (call, callback) => {
    const request = requestOf(handler, call);
    const values = contextValues?.(nodeRequest(request, call));
    const response = await handler(values === undefined ? request : { ...request, contextValues: values });
    if (response.body === undefined)
      throw new Error(`the router of Connect answered ${handler.requestPath} with HTTP status ${response.status}`);
    call.sendMetadata(metadataOf(response.header));
    const replies = fromEnvelopes(response.body);
    await (callback === undefined
      ? sendReplies(call as AnyCall & Writable, replies, response)
      : sendReply(callback, replies, response));
  };
}

function requestOf({ requestPath }: UniversalHandler, call: AnyCall): UniversalRequest {
  const controller = new AbortController();
  call.on("cancelled", () => controller.abort(new Error("the call was cancelled")));
  call.on("close", () => controller.abort(new Error("the call has ended")));
  return {
    httpVersion: "2.0",
    url: `https://${call.getHost() || "localhost"}${requestPath}`,
    method: "POST",
    header: headersOf(call),
    body: toEnvelopes(requestsOf(call)),
    signal: controller.signal,
  };
}

async function* requestsOf(call: AnyCall): AsyncGenerator<Uint8Array> {
  if (call.request !== undefined) yield call.request;
  else yield* call as AsyncIterable<Uint8Array>;
}

/** The most milliseconds that fit in `grpc-timeout`, which has eight digits. */
const longestTimeout = 99_999_999;

function headersOf(call: AnyCall): Headers {
  const headers = new Headers();
  for (const key of Object.keys(call.metadata.getMap()))
    for (const value of call.metadata.get(key))
      headers.append(key, typeof value === "string" ? value : value.toString("base64"));
  headers.set("content-type", "application/grpc+proto");
  const left = Number(call.getDeadline()) - Date.now();
  if (Number.isFinite(left)) headers.set("grpc-timeout", `${Math.min(Math.max(1, Math.ceil(left)), longestTimeout)}m`);
  return headers;
}

/** The parts of a request of Node, and of a framework around it, that code reads to make context values. */
function nodeRequest({ url, method, httpVersion, header }: UniversalRequest, call: AnyCall): object {
  const request = {
    url: new URL(url).pathname,
    method,
    httpVersion,
    headers: Object.fromEntries(header),
    socket: { remoteAddress: call.getPeer() },
  };
  return { ...request, raw: request };
}

async function sendReply(
  callback: GrpcJsCallback<Uint8Array>,
  replies: AsyncIterable<Uint8Array>,
  response: UniversalResponse,
): Promise<void> {
  let reply: Uint8Array | undefined;
  for await (const message of replies) reply = message;
  const status = statusOf(response);
  if (status.code === 0 && reply !== undefined) callback(null, reply, status.metadata);
  else callback(status);
}

/** Waits for each reply to be taken; a call that nobody takes from ends the handler's iterator. */
async function sendReplies(
  call: AnyCall & Writable,
  replies: AsyncIterable<Uint8Array>,
  response: UniversalResponse,
): Promise<void> {
  for await (const reply of replies)
    if (await new Promise((taken) => call.write(reply, (error) => taken(error ?? undefined)))) return;
  call.emit("error", statusOf(response));
}

interface CallStatus {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** The end of a call by its trailers, which are complete once the body has been read. */
function statusOf({ trailer }: UniversalResponse): CallStatus {
  const metadata = metadataOf(trailer);
  const details = trailer?.get("grpc-status-details-bin");
  if (details != null) metadata.set("grpc-status-details-bin", Buffer.from(details, "base64"));
  return {
    code: Number(trailer?.get("grpc-status") ?? 2),
    details: decodeURIComponent(trailer?.get("grpc-message") ?? ""),
    metadata,
  };
}

/** Header or trailer metadata, without what belongs to gRPC itself. */
function metadataOf(headers: Headers | undefined): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of headers ?? [])
    if (name !== "content-type" && !name.startsWith("grpc-"))
      metadata.add(name, name.endsWith("-bin") ? Buffer.from(value, "base64") : value);
  return metadata;
}
