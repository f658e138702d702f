/** Code around every method, as interceptors of a gRPC server are, for unary and streaming methods alike. */
import type { Call } from "./calls/call.js";
import { type Endpoint, failure, type Route, withoutBody } from "./calls/endpoint.js";
import type { HttpResponse } from "./http.js";
import { replyHeaders } from "./calls/reply-headers.js";
import type { Context, ServerStreamingHandler, UnaryHandler } from "./rpc.js";

/**
 * One layer around methods; every member may be left out. The context has the service, method, binding, path template
 * and metadata of the call. An error that an interceptor throws becomes the call's status, like one of a handler.
 */
export interface Interceptor {
  /** Runs before the request is decoded. Throw an `RpcError` to refuse the call; the handler then never runs. */
  before?(context: Context): void | Promise<void>;
  /** Runs around the handler of a unary method: `next` calls the next interceptor and, last, the handler. */
  unary?(request: unknown, context: Context, next: (request: unknown) => Promise<unknown>): unknown;
  /** Runs around the handler of a server-streaming method. */
  serverStream?(
    request: unknown,
    context: Context,
    next: (request: unknown) => AsyncIterable<unknown> | Iterable<unknown>,
  ): AsyncIterable<unknown> | Iterable<unknown>;
  /** Runs around the handler of a client-streaming method. */
  clientStream?(
    requests: AsyncIterable<unknown>,
    context: Context,
    next: (requests: AsyncIterable<unknown>) => Promise<unknown>,
  ): unknown;
  /** Runs around the handler of a method that streams both ways. */
  bidiStream?(
    requests: AsyncIterable<unknown>,
    context: Context,
    next: (requests: AsyncIterable<unknown>) => AsyncIterable<unknown> | Iterable<unknown>,
  ): AsyncIterable<unknown> | Iterable<unknown>;
  /**
   * Runs after the response was made: a reply, a refusal or an error (`response.failure`). A returned response is sent
   * instead. The pieces of a stream are still to come. If it throws, or takes longer than the deadline, the response
   * becomes an error.
   */
  after?(response: HttpResponse, context: Context): HttpResponse | undefined | Promise<HttpResponse | undefined>;
}

/** The endpoint with each interceptor's `before` in front, in order, and `after` behind, in reverse order. */
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
        response = failure(error, call.invocation);
      }
    }
    return response;
  };
}

/** The response of a refusal, with the metadata that interceptors have set, and that of the error. */
function refusal(error: unknown, { context, headers, invocation }: Call): HttpResponse {
  const response = failure(error, invocation);
  if (response.failure?.metadata !== undefined) context.trailer.merge(response.failure.metadata);
  return { ...response, headers: [...response.headers, ...replyHeaders(context, headers.outgoing)] };
}

/** Time for the response to an expired call, in ms; well within the time that is kept for writing it. */
const grace = 100;

/** Fails as `expired` does, a little later. */
function soonAfter(expired: Promise<never>): Promise<never> {
  const late = expired.catch(async (error) => {
    await new Promise((resolve) => setTimeout(resolve, grace));
    throw error;
  });
  // No call waits for it if every interceptor is quick.
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
