/**
 * Runs methods of an existing service of nice-grpc unchanged: `async getShelf(request, context)`.
 * https://github.com/deeplay-io/nice-grpc/tree/master/packages/nice-grpc
 */
import type { DetailPrinter } from "../grpc-js/status-details.js";
import { type ServiceMethod, serviceMethod } from "../grpc-js/grpc-js-method.js";
import type {
  BidiStreamingHandler,
  ClientStreamingHandler,
  Context,
  ServerStreamingHandler,
  UnaryHandler,
} from "../rpc.js";
import { endNice, failNice, niceContext } from "./nice-call.js";

/**
 * Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. `print` prints
 * details of errors.
 */
export function niceUnary<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): UnaryHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) => reply<Reply>(method, request, context, print);
}

/** See `niceUnary`. */
export function niceClientStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): ClientStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) => reply<Reply>(method, requests, context, print);
}

/** See `niceUnary`. */
export function niceServerStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): ServerStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) => replies<Reply>(method, request, context, print);
}

/** See `niceUnary`. */
export function niceBidiStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): BidiStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) => replies<Reply>(method, requests, context, print);
}

async function reply<Reply>(
  method: ServiceMethod,
  request: unknown,
  context: Context,
  print?: DetailPrinter,
): Promise<Reply> {
  const nice = niceContext(context);
  try {
    const returned = await method(request, nice);
    if (returned == null) throw new Error("the method returned no reply");
    endNice(context, nice);
    return returned as Reply;
  } catch (thrown) {
    throw failNice(thrown, context, nice, print);
  }
}

async function* replies<Reply>(
  method: ServiceMethod,
  request: unknown,
  context: Context,
  print?: DetailPrinter,
): AsyncGenerator<Reply> {
  const nice = niceContext(context);
  try {
    for await (const each of method(request, nice) as AsyncIterable<Reply>) {
      nice.sendHeader();
      yield each;
    }
  } catch (thrown) {
    throw failNice(thrown, context, nice, print);
  }
  endNice(context, nice);
}
