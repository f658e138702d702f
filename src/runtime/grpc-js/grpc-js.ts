/**
 * Runs methods of an existing grpc-js service object unchanged: `{ getShelf(call, callback) }`.
 * https://grpc.github.io/grpc/node/grpc.html#~handleUnaryCall
 */
import type { EventEmitter } from "node:events";
import { callMethod, serviceMethod } from "./grpc-js-method.js";
import { Metadata, type MetadataSource } from "../metadata.js";
import type { Context, UnaryHandler } from "../rpc.js";
import { codeName, codeNumber, type ErrorDetail, RpcError } from "../status.js";
import { type DetailPrinter, readStatusDetails } from "./status-details.js";

/** `callback(error, value, trailer, flags)`. */
export type GrpcJsCallback<Reply> = (
  error: unknown,
  value?: Reply | null,
  trailer?: MetadataSource | null,
  flags?: number,
) => void;

/** The call that grpc-js passes to a method, without its events (`cancelled`). */
export interface GrpcJsCall<Request> {
  readonly request: Request;
  readonly metadata: MetadataSource;
  cancelled: boolean;
  getPath(): string;
  getHost(): string;
  getPeer(): string;
  getDeadline(): Date | number;
  sendMetadata(metadata: MetadataSource): void;
  getAuthContext(): object;
}

/**
 * Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. `print` prints
 * details of errors.
 */
export function grpcJs<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): UnaryHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) =>
    new Promise((resolve, reject) => {
      const { EventEmitter } = process.getBuiltinModule("node:events");
      const call = Object.assign(new EventEmitter(), callMembers(request, context));
      cancelWith(call, context);
      callMethod(method, [call, grpcJsCallback<Reply>(context, resolve, reject, print)], reject);
    });
}

/** Makes the callback of a method that answers once. A trailer replaces the metadata of an error. */
export function grpcJsCallback<Reply>(
  context: Context,
  resolve: (reply: Reply) => void,
  reject: (reason: unknown) => void,
  print: DetailPrinter | undefined,
): GrpcJsCallback<Reply> {
  return (error, value, trailer) => {
    if (error) return reject(toUnaryError(error, print, trailer));
    if (trailer != null) context.trailer.merge(trailer);
    // After errors that the method may still throw: in grpc-js the reply has not left by then.
    queueMicrotask(() => resolve(value as Reply));
  };
}

/**
 * Converts as `toServiceError` does. A call that ends with the code OK and without a reply is INTERNAL, in the words of
 * grpc-gateway's client.
 */
export function toUnaryError(
  error: unknown,
  print: DetailPrinter | undefined,
  trailer?: MetadataSource | null,
): unknown {
  const failure = toServiceError(error, print, trailer);
  return isOk(failure) ? { ...failure, code: codeNumber("INTERNAL"), details: noReply } : failure;
}

const noReply = "cardinality violation: received no response message from non-server-streaming RPC";

/** Tells whether an error of `toServiceError` has the code OK. */
export function isOk(failure: unknown): failure is { readonly code: 0; readonly metadata?: MetadataSource } {
  return (failure as { readonly code?: unknown }).code === 0;
}

/** The members of all kinds of calls; `request` is undefined if the client streams requests. */
export function callMembers<Request>(request: Request, context: Context): GrpcJsCall<Request> {
  return {
    request,
    metadata: context.metadata,
    cancelled: false,
    getPath: () => `/${context.service}/${context.method}`,
    getHost: () => String(context.metadata.get("x-forwarded-host")[0] ?? ""),
    getPeer: () => String(context.metadata.get("x-forwarded-for")[0] ?? "unknown"),
    getDeadline: () => context.deadline ?? Number.POSITIVE_INFINITY,
    sendMetadata: (metadata) => context.header.merge(metadata),
    getAuthContext: () => ({}),
  };
}

/** Cancels the call when the deadline passes, and logs that its reply was still missing. */
export function cancelWith(call: EventEmitter & { cancelled: boolean }, context: Context): void {
  if (context.deadline === undefined) return;
  const cancel = (): void => {
    console.error(
      `${context.service}/${context.method} was cancelled: it did not call back, or end its stream, in time`,
    );
    call.cancelled = true;
    call.emit("cancelled", "deadline");
  };
  if (context.signal.aborted) cancel();
  else context.signal.addEventListener("abort", cancel, { once: true });
}

/**
 * Converts the error of a callback or a stream to an error to throw. As in grpc-js, an error without a numeric code is
 * UNKNOWN with its own message, and `trailer` replaces its metadata. Details in `grpc-status-details-bin` become the
 * details of the status.
 */
export function toServiceError(
  error: unknown,
  print: DetailPrinter | undefined,
  trailer?: MetadataSource | null,
): unknown {
  if (error instanceof RpcError) return error;
  if (Object(error) !== error) return new RpcError("UNKNOWN", "Unknown error", { cause: error });
  const failure = error as { readonly [name in "code" | "details" | "metadata"]?: unknown };
  const isCoded = Number.isInteger(failure.code);
  const code = isCoded ? Number(failure.code) : 2;
  const text = isCoded && typeof failure.details === "string" ? failure.details : messageOf(failure);
  const metadata = trailer ?? failure.metadata;
  if (metadata == null) return { code, details: text };
  const sent = new Metadata();
  sent.merge(metadata as MetadataSource);
  const [packed] = sent.get(detailsKey);
  if (!(packed instanceof Uint8Array)) return { code, details: text, metadata: sent };
  sent.remove(detailsKey);
  const printed = readDetails(packed, print);
  const name = codeName(code);
  // An RpcError has codes of gRPC alone; gateways pass others on.
  if (name === undefined) return { code, details: text, printed, metadata: sent };
  return new RpcError(name, text, { details: printed, metadata: sent });
}

function messageOf(failure: object): string {
  return "message" in failure ? String(failure.message) : "Unknown Error";
}

const detailsKey = "grpc-status-details-bin";

/** Reads packed details. Malformed bytes are the server's mistake and only logged: the client still gets the error. */
function readDetails(packed: Uint8Array, print: DetailPrinter | undefined): ErrorDetail[] {
  try {
    return readStatusDetails(packed, print);
  } catch (error) {
    console.error(`${detailsKey} holds no google.rpc.Status:`, error);
    return [];
  }
}
