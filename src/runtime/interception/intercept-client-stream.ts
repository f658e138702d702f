/** RPCs that stream their requests, with interceptors. */
import { clientStream } from "../calls/client-stream.js";
import type { Endpoint } from "../calls/endpoint.js";
import { type Interceptor, interceptCalls } from "../interceptors.js";
import type { ClientStreamingHandler, Rpc } from "../rpc.js";

/** The endpoint of `clientStream` with interceptors around the handler; the first one is outermost. */
export function interceptClientStream<Request, Reply>(
  rpc: Rpc<readonly Request[], Reply>,
  handler: ClientStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): Endpoint {
  return interceptCalls(clientStream(rpc, aroundClientStream(handler, interceptors)), interceptors);
}

function aroundClientStream<Request, Reply>(
  handler: ClientStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): ClientStreamingHandler<Request, Reply> {
  return interceptors.reduceRight<ClientStreamingHandler<Request, Reply>>(
    (inner, interceptor) =>
      interceptor.clientStream === undefined
        ? inner
        : (requests, context) => {
            const next = async (changed: AsyncIterable<unknown>): Promise<Reply> =>
              inner(changed as AsyncIterable<Request>, context);
            return interceptor.clientStream?.(requests, context, next) as Promise<Reply>;
          },
    handler,
  );
}
