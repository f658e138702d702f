/** Code around every method: what interceptors of a gRPC server do, for unary and streaming methods alike. */
import type { Call } from "./calls/call.js";
import { type Endpoint, failure, type Route, withoutBody } from "./calls/endpoint.js";
import type { HttpResponse } from "./http.js";
import { replyHeaders } from "./calls/reply-headers.js";
import type { Context, ServerStreamingHandler, UnaryHandler } from "./rpc.js";

/**
 * One layer around methods; every member may be left out. The context says which service, method, binding and path template was
 * called, and with which metadata. What is thrown becomes the call's status, as from a handler.
 */
export interface Interceptor {
  /** Before the request is decoded. Throw an `RpcError` to refuse the call; the handler then never runs. */
  before?(context: Context): void | Promise<void>;
  /** Around the handler of a unary method: `next` calls the next interceptor and, last, the handler. */
  unary?(request: unknown, context: Context, next: (request: unknown) => Promise<unknown>): unknown;
  /** Around the handler of a server-streaming method. */
  serverStream?(
    request: unknown,
    context: Context,
    next: (request: unknown) => AsyncIterable<unknown> | Iterable<unknown>,
  ): AsyncIterable<unknown> | Iterable<unknown>;
  /** Around the handler of a client-streaming method. */
  clientStream?(
    requests: AsyncIterable<unknown>,
    context: Context,
    next: (requests: AsyncIterable<unknown>) => Promise<unknown>,
  ): unknown;
  /** Around the handler of a method that streams both ways. */
  bidiStream?(
    requests: AsyncIterable<unknown>,
    context: Context,
    next: (requests: AsyncIterable<unknown>) => AsyncIterable<unknown> | Iterable<unknown>,
  ): AsyncIterable<unknown> | Iterable<unknown>;
  /**
   * After the response was made, be it a reply, a refusal or an error (`response.failure`). A response that it returns is sent instead.
   * Of a stream the pieces are still to come. One that throws, or is not done soon after the deadline, makes it an error response.
   */
  after?(response: HttpResponse, context: Context): HttpResponse | undefined | Promise<HttpResponse | undefined>;
}

/** The endpoint with `before` of each interceptor in front, in order, and `after` behind, in reverse order. */
export function interceptCalls(endpoint: Endpoint, interceptors: readonly Interceptor[]): Endpoint {
  const around = runAround(interceptors);
  return { ...endpoint, routes: endpoint.routes.map((route): Route => ({ ...route, around })) };
}

function runAround(interceptors: readonly Interceptor[]): NonNullable<Route["around"]> {
  const backwards = [...interceptors].reverse();
  return async (run, call) => {
    const { context, expired } = call;
    const refuse = async (): Promise<void> => {
      for (const interceptor of interceptors) await interceptor.before?.(context);
    };
    let response = await Promise.race([refuse(), expired])
      .then(run)
      .catch((error) => refusal(error, call));
    const late = soonAfter(expired);
    for (const interceptor of backwards) {
      if (interceptor.after === undefined) continue;
      try {
        response = (await Promise.race([interceptor.after(response, context), late])) ?? response;
      } catch (error) {
        await Promise.race([withoutBody(response), late]).catch(() => undefined);
        response = failure(error, context);
      }
    }
    return response;
  };
}

/** With the metadata that interceptors have set by then, and that of the error. */
function refusal(error: unknown, { context, headers }: Call): HttpResponse {
  const response = failure(error, context);
  if (response.failure?.metadata !== undefined) context.trailer.merge(response.failure.metadata);
  return { ...response, headers: [...response.headers, ...replyHeaders(context, headers.outgoing)] };
}

/** What the response to a call that expired may take, in ms; well within the time that is kept for writing it. */
const grace = 100;

/** Fails as `expired` does, but later. */
function soonAfter(expired: Promise<never>): Promise<never> {
  const late = expired.catch(async (error) => {
    await new Promise((resolve) => setTimeout(resolve, grace));
    throw error;
  });
  // Nobody waits for it where every interceptor is quick.
  late.catch(() => undefined);
  return late;
}

/** The handler with every interceptor's `unary` around it; the first one is outermost. */
export function aroundUnary<Request, Reply>(
  handler: UnaryHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): UnaryHandler<Request, Reply> {
  return interceptors.reduceRight<UnaryHandler<Request, Reply>>(
    (inner, interceptor) =>
      interceptor.unary === undefined
        ? inner
        : (request, context) => {
            const next = async (changed: unknown): Promise<Reply> => inner(changed as Request, context);
            return interceptor.unary?.(request, context, next) as Promise<Reply>;
          },
    handler,
  );
}

/** The handler with every interceptor's `serverStream` around it; the first one is outermost. */
export function aroundServerStream<Request, Reply>(
  handler: ServerStreamingHandler<Request, Reply>,
  interceptors: readonly Interceptor[],
): ServerStreamingHandler<Request, Reply> {
  return interceptors.reduceRight<ServerStreamingHandler<Request, Reply>>(
    (inner, interceptor) =>
      interceptor.serverStream === undefined
        ? inner
        : (request, context) => {
            const next = (changed: unknown): AsyncIterable<Reply> | Iterable<Reply> =>
              inner(changed as Request, context);
            return interceptor.serverStream?.(request, context, next) as AsyncIterable<Reply>;
          },
    handler,
  );
}
