/** RPCs that stream both ways, one after the other: the messages of one HTTP body, answered with a stream of replies. */
import type { Endpoint } from "./endpoint.js";
import { streamOf, takingLines } from "./request-stream.js";
import type { BidiStreamingHandler, Rpc } from "../rpc.js";
import { serverStream } from "./server-stream.js";

/** The endpoint of an RPC with its handler, which does not run if one of the messages cannot be decoded. */
export function bidiStream<Request, Reply>(
  rpc: Rpc<readonly Request[], Reply>,
  handler: BidiStreamingHandler<Request, Reply>,
): Endpoint {
  return serverStream(takingLines(rpc), (requests, context) => handler(streamOf(requests, context), context));
}
