/** Server-streaming RPCs with interceptors. */
import type { Endpoint } from "../calls/endpoint.js";
import { aroundServerStream, type Interceptor, interceptCalls } from "../interceptors.js";
import type { Rpc, ServerStreamingHandler } from "../rpc.js";
import { serverStream } from "../calls/server-stream.js";

/** The endpoint of `serverStream` with interceptors around the handler; the first one is outermost. */
export function interceptServerStream<Request, Reply>(
  rpc: Rpc<Request, Reply>,
  handler: ServerStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): Endpoint {
  return interceptCalls(serverStream(rpc, aroundServerStream(handler, interceptors)), interceptors);
}
