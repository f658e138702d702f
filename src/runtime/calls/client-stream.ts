/** RPCs that stream their requests: the messages of one HTTP body, answered with one reply. */
import type { Endpoint } from "./endpoint.js";
import { streamOf, takingLines } from "./request-stream.js";
import type { ClientStreamingHandler, Rpc } from "../rpc.js";
import { unary } from "./unary.js";

/** An RPC with the function that implements it, which does not run when one of the messages cannot be decoded. */
export function clientStream<Request, Reply>(
  rpc: Rpc<readonly Request[], Reply>,
  handler: ClientStreamingHandler<Request, Reply>,
): Endpoint {
  return unary(takingLines(rpc), (requests, context) => handler(streamOf(requests, context), context));
}
