/** Unary RPCs with interceptors. */
import type { Endpoint } from "../calls/endpoint.js";
import { aroundUnary, type Interceptor, interceptCalls } from "../interceptors.js";
import type { Rpc, UnaryHandler } from "../rpc.js";
import { unary } from "../calls/unary.js";

/** The endpoint of `unary` with interceptors around the handler; the first one is outermost. */
export function interceptUnary<Request, Reply>(
  rpc: Rpc<Request, Reply>,
  handler: UnaryHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): Endpoint {
  return interceptCalls(unary(rpc, aroundUnary(handler, interceptors)), interceptors);
}
