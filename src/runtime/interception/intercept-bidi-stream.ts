/** RPCs that stream both ways, with interceptors. */
import { bidiStream } from "../calls/bidi-stream.js";
import type { Endpoint } from "../calls/endpoint.js";
import { type Interceptor, interceptCalls } from "../interceptors.js";
import type { BidiStreamingHandler, Rpc } from "../rpc.js";

/** The endpoint of `bidiStream` with interceptors around the handler; the first one is outermost. */
export function interceptBidiStream<Request, Reply>(
  rpc: Rpc<readonly Request[], Reply>,
  handler: BidiStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): Endpoint {
  return interceptCalls(bidiStream(rpc, aroundBidiStream(handler, interceptors)), interceptors);
}

function aroundBidiStream<Request, Reply>(
  handler: BidiStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): BidiStreamingHandler<Request, Reply> {
  return interceptors.reduceRight<BidiStreamingHandler<Request, Reply>>(
    (inner, interceptor) =>
      interceptor.bidiStream === undefined
        ? inner
        : (requests, context) => {
            const next = (changed: AsyncIterable<unknown>): AsyncIterable<Reply> | Iterable<Reply> =>
              inner(changed as AsyncIterable<Request>, context);
            return interceptor.bidiStream?.(requests, context, next) as AsyncIterable<Reply>;
          },
    handler,
  );
}
