/** A call of a method of nice-grpc: its context, and the error that a call ends with. */
import type { Context } from "../rpc.js";
import { RpcError } from "../status.js";
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

/** Sends what is left to send when a method has returned or thrown. */
export function endNice(context: Context, { sendHeader, trailer }: NiceContext): void {
  sendHeader();
  addNice(context.trailer, trailer);
}

/** The error that the client gets, as nice-grpc decides: that of a `ServerError`, CANCELLED, or UNKNOWN without a message. */
export function niceError(thrown: unknown, { service, method }: Pick<Context, "service" | "method">): unknown {
  if (thrown instanceof RpcError) return thrown;
  const error = Object(thrown) as { readonly [name: string]: unknown };
  if (isServerError(error)) return { code: error["code"], details: String(error["details"]) };
  if (error["name"] === "AbortError") return new RpcError("CANCELLED", "The operation was cancelled");
  console.error(`${service}/${method} threw what is neither a ServerError nor an AbortError:`, thrown);
  return new RpcError("UNKNOWN", "Unknown server error occurred", { cause: thrown });
}

/** As nice-grpc knows it, from any of its versions. */
function isServerError(error: { readonly [name: string]: unknown }): boolean {
  if (error["@@nice-grpc:ServerError"] === true) return true;
  return error["name"] === "ServerError" && error["@@nice-grpc"] === true;
}
