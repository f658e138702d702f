/** The kind of an RPC, by the sides that stream, as in the runtime. */
import type { Method } from "../../model/api-model.js";
import type { Rpc } from "../../runtime/rpc.js";

export type RpcKind = Rpc<unknown, unknown>["kind"];

/** The kind of a method. */
export function rpcKind({
  clientStreaming,
  serverStreaming,
}: Pick<Method, "clientStreaming" | "serverStreaming">): RpcKind {
  if (clientStreaming) return serverStreaming ? "bidiStreaming" : "clientStreaming";
  return serverStreaming ? "serverStreaming" : "unary";
}
