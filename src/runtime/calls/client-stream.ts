/** RPCs that stream their requests: the messages of one HTTP body, answered with one reply. */
import type { Endpoint } from "./endpoint.js";
import { streamOf, takingLines } from "./request-stream.js";
import type { ClientStreamingHandler, Rpc } from "../rpc.js";
import { unary } from "./unary.js";

/** The endpoint of an RPC with its handler, which does not run if one of the messages cannot be decoded. */
export function clientStream<Request, Reply>(
  rpc: Rpc<readonly Request[], Reply>,
  handler: ClientStreamingHandler<Request, Reply>,
): Endpoint {
  return unary(takingLines(rpc), (requests, context) => handler(streamOf(requests, context), context));
}
