/**
 * Runs methods of an existing service of nice-grpc unchanged: `async getShelf(request, context)`.
 * https://github.com/deeplay-io/nice-grpc/tree/master/packages/nice-grpc
 */
import { type ServiceMethod, serviceMethod } from "../grpc-js/grpc-js-method.js";
import type {
  BidiStreamingHandler,
  ClientStreamingHandler,
  Context,
  ServerStreamingHandler,
  UnaryHandler,
} from "../rpc.js";
import { endNice, niceContext, niceError } from "./nice-call.js";

/** Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. */
export function niceUnary<Request, Reply>(service: object, names: readonly string[]): UnaryHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) => reply<Reply>(method, request, context);
}

/** See `niceUnary`. */
export function niceClientStream<Request, Reply>(
  service: object,
  names: readonly string[],
): ClientStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) => reply<Reply>(method, requests, context);
}

/** See `niceUnary`. */
export function niceServerStream<Request, Reply>(
  service: object,
  names: readonly string[],
): ServerStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) => replies<Reply>(method, request, context);
}

/** See `niceUnary`. */
export function niceBidiStream<Request, Reply>(
  service: object,
  names: readonly string[],
): BidiStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) => replies<Reply>(method, requests, context);
}

async function reply<Reply>(method: ServiceMethod, request: unknown, context: Context): Promise<Reply> {
  const nice = niceContext(context);
  try {
    const returned = await method(request, nice);
    if (returned == null) throw new Error("the method returned no reply");
    return returned as Reply;
  } catch (thrown) {
    throw niceError(thrown, context);
  } finally {
    endNice(context, nice);
  }
}

async function* replies<Reply>(method: ServiceMethod, request: unknown, context: Context): AsyncGenerator<Reply> {
  const nice = niceContext(context);
  try {
    for await (const each of method(request, nice) as AsyncIterable<Reply>) {
      nice.sendHeader();
      yield each;
    }
  } catch (thrown) {
    throw niceError(thrown, context);
  } finally {
    endNice(context, nice);
  }
}
