/**
 * Runs methods of an existing grpc-js service object unchanged: `{ getShelf(call, callback) }`.
 * https://grpc.github.io/grpc/node/grpc.html#~handleUnaryCall
 */
import type { EventEmitter } from "node:events";
import { Metadata, type MetadataSource } from "../metadata.js";
import type { Context, UnaryHandler } from "../rpc.js";
import { codeName, type ErrorDetail, RpcError } from "../status.js";
import { type DetailPrinter, readStatusDetails } from "./status-details.js";

/** `callback(error, value, trailer, flags)`. */
export type GrpcJsCallback<Reply> = (
  error: unknown,
  value?: Reply | null,
  trailer?: MetadataSource | null,
  flags?: number,
) => void;

/** What grpc-js hands to a method, besides the events (`cancelled`). */
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

/** A handler that calls `service[method]` (or its lowerCamelCase name), bound to the object. `print`: for details of errors. */
export function grpcJs<Request, Reply>(
  service: object,
  method: string,
  print?: DetailPrinter,
): UnaryHandler<Request, Reply> {
  return (request, context) =>
    new Promise((resolve, reject) => {
      const { EventEmitter } = process.getBuiltinModule("node:events");
      const call = Object.assign(new EventEmitter(), callMembers(request, context));
      cancelWith(call, context);
      const callback = grpcJsCallback<Reply>(context, resolve, reject, print);
      const returned = findMethod(service, method).call(service, call, callback);
      // An async method's failure before its callback would go unnoticed otherwise.
      if (returned instanceof Promise) returned.catch(reject);
    });
}

/** The callback of a method that answers once. */
export function grpcJsCallback<Reply>(
  context: Context,
  resolve: (reply: Reply) => void,
  reject: (reason: unknown) => void,
  print: DetailPrinter | undefined,
): GrpcJsCallback<Reply> {
  return (error, value, trailer) => {
    if (trailer != null) context.trailer.merge(trailer);
    if (error != null) reject(toServiceError(error, print));
    else resolve(value as Reply);
  };
}

/** What all kinds of calls have; `request` is undefined where the client streams them. */
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

/** Tells the call when the deadline passes. */
export function cancelWith(call: EventEmitter & { cancelled: boolean }, context: Context): void {
  if (context.deadline === undefined) return;
  const cancel = (): void => {
    call.cancelled = true;
    call.emit("cancelled", "deadline");
  };
  if (context.signal.aborted) cancel();
  else context.signal.addEventListener("abort", cancel, { once: true });
}

/** The method by its proto name or in lowerCamelCase, own or inherited. */
export function findMethod(service: object, name: string): (this: object, ...args: unknown[]) => unknown {
  const members = service as { readonly [name: string]: unknown };
  for (const key of [name, name.slice(0, 1).toLowerCase() + name.slice(1)]) {
    const member = members[key];
    if (typeof member === "function") return member as (this: object, ...args: unknown[]) => unknown;
  }
  throw new RpcError("UNIMPLEMENTED", `The server does not implement the method ${name}`);
}

/**
 * What was passed to the callback. As in grpc-js, an error without a numeric code is UNKNOWN with its own message; details that it
 * carries in `grpc-status-details-bin` become those of the status.
 */
export function toServiceError(error: unknown, print: DetailPrinter | undefined): unknown {
  if (error instanceof RpcError) return error;
  const { code, details, message, metadata } = error as { [name: string]: unknown };
  const text = typeof details === "string" ? details : typeof message === "string" ? message : "Unknown Error";
  const number = Number.isInteger(code) ? Number(code) : 2;
  if (metadata == null) return { code: number, details: text };
  const trailer = new Metadata();
  trailer.merge(metadata as MetadataSource);
  const [packed] = trailer.get(detailsKey);
  const name = codeName(number);
  if (!(packed instanceof Uint8Array) || name === undefined) return { code: number, details: text, metadata: trailer };
  trailer.remove(detailsKey);
  return new RpcError(name, text, { details: readDetails(packed, print), metadata: trailer });
}

const detailsKey = "grpc-status-details-bin";

/** Bytes that are no status are the server's mistake, not one that its clients should pay for. */
function readDetails(packed: Uint8Array, print: DetailPrinter | undefined): ErrorDetail[] {
  try {
    return readStatusDetails(packed, print);
  } catch (error) {
    console.error(`${detailsKey} holds no google.rpc.Status:`, error);
    return [];
  }
}
