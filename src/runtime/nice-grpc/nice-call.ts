/** A call of a method of nice-grpc: its context, and the error that a call ends with. */
import { toServiceError } from "../grpc-js/grpc-js.js";
import type { DetailPrinter } from "../grpc-js/status-details.js";
import { Metadata } from "../metadata.js";
import type { Context } from "../rpc.js";
import { codeNumber, RpcError } from "../status.js";
import { addNice, NiceMetadata, toNice } from "./nice-metadata.js";

/** The context that nice-grpc passes to a method. */
export interface NiceContext {
  readonly metadata: NiceMetadata;
  readonly peer: string;
  readonly header: NiceMetadata;
  readonly trailer: NiceMetadata;
  readonly signal: AbortSignal;
  sendHeader(): void;
}

/** Makes the context of a call; `sendHeader` takes what `header` has at its first call. */
export function niceContext(context: Context): NiceContext {
  const header = new NiceMetadata();
  let isSent = false;
  return {
    metadata: toNice(context.metadata),
    peer: String(context.metadata.get("x-forwarded-for")[0] ?? "unknown"),
    header,
    trailer: new NiceMetadata(),
    get signal() {
      return context.signal;
    },
    sendHeader: () => {
      if (!isSent) addNice(context.header, header);
      isSent = true;
    },
  };
}

/** Sends what is left to send when a method has returned. */
export function endNice(context: Context, { sendHeader, trailer }: NiceContext): void {
  sendHeader();
  addNice(context.trailer, trailer);
}

/**
 * The error that the client gets when a method has thrown, as nice-grpc decides: that of a `ServerError`, CANCELLED, or
 * UNKNOWN without a message. The trailer goes with it; `print` prints details that are packed in the trailer.
 */
export function failNice(
  thrown: unknown,
  context: Context,
  { sendHeader, trailer }: NiceContext,
  print: DetailPrinter | undefined,
): unknown {
  sendHeader();
  const metadata = new Metadata();
  addNice(metadata, trailer);
  return thrown instanceof RpcError ? thrown : toServiceError(statusOf(thrown, context), print, metadata);
}

function statusOf(
  thrown: unknown,
  { service, method }: Context,
): { readonly code: unknown; readonly details: unknown } {
  const error = Object(thrown) as { readonly [name: string]: unknown };
  if (isServerError(error)) return { code: error["code"], details: error["details"] };
  if (error["name"] === "AbortError") return { code: codeNumber("CANCELLED"), details: "The operation was cancelled" };
  console.error(`${service}/${method} threw what is neither a ServerError nor an AbortError:`, thrown);
  return { code: codeNumber("UNKNOWN"), details: "Unknown server error occurred" };
}

/** As nice-grpc knows it, from any of its versions. */
function isServerError(error: { readonly [name: string]: unknown }): boolean {
  if (error["@@nice-grpc:ServerError"] === true) return true;
  return error["name"] === "ServerError" && error["@@nice-grpc"] === true;
}
