/** Runs server-streaming methods of an existing grpc-js service object unchanged: `{ listShelves(call) }`. */
import type { Writable, WritableOptions } from "node:stream";
import { callMembers, cancelWith, isOk, toServiceError } from "./grpc-js.js";
import { callMethod, type ServiceMethod, serviceMethod } from "./grpc-js-method.js";
import type { MetadataSource } from "../metadata.js";
import type { Context, ServerStreamingHandler } from "../rpc.js";
import type { DetailPrinter } from "./status-details.js";

/**
 * Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. `print` prints
 * details of errors.
 */
export function grpcJsStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): ServerStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (request, context) => runWriter<Reply>(method, (queue) => createCall(request, context, queue, print));
}

/** Yields the replies that the method writes to its stream. */
export async function* runWriter<Reply>(
  method: ServiceMethod,
  open: (queue: Queue<Reply>) => Writable,
): AsyncGenerator<Reply, void, undefined> {
  const queue = createQueue<Reply>();
  const call = open(queue);
  try {
    callMethod(method, [call], queue.fail);
    yield* queue.items();
  } finally {
    if (!call.writableFinished && !call.destroyed) call.destroy();
  }
}

/** Makes a real Writable in object mode, so that pipe, pipeline, drain and finish work as existing code expects. */
function createCall<Request, Reply>(
  request: Request,
  context: Context,
  queue: Queue<Reply>,
  print: DetailPrinter | undefined,
): Writable {
  const { Writable: WritableStream } = process.getBuiltinModule("node:stream");
  return writerCall(new WritableStream(writerOptions(queue)), request, context, queue, print);
}

/** The options of a stream whose writable side leads to `queue`. */
export function writerOptions<Reply>(queue: Queue<Reply>): WritableOptions {
  return {
    objectMode: true,
    write: (reply: Reply, _encoding, done) => queue.push(reply, done),
    final: (done) => {
      queue.finish();
      done();
    },
  };
}

/** The stream with the members that grpc-js adds. */
export function writerCall<Request, Reply>(
  stream: Writable,
  request: Request,
  context: Context,
  queue: Queue<Reply>,
  print: DetailPrinter | undefined,
): Writable {
  const call = Object.assign(stream, callMembers(request, context));
  const end = stream.end.bind(stream);
  const endWithTrailer = (trailer?: MetadataSource): Writable => {
    if (trailer !== undefined && typeof trailer.getMap === "function") context.trailer.merge(trailer);
    return end();
  };
  Object.assign(call, { end: endWithTrailer });
  call.on("error", (error) => {
    const failure = toServiceError(error, print);
    if (!isOk(failure)) return queue.fail(failure);
    if (failure.metadata !== undefined) context.trailer.merge(failure.metadata);
    queue.finish();
  });
  cancelWith(call, context);
  return call;
}

/** Hands items from a producer to a consumer, one at a time. */
export interface Queue<T> {
  push(item: T, done: () => void): void;
  finish(): void;
  fail(reason: unknown): void;
  items(): AsyncGenerator<T, void, undefined>;
}

function createQueue<T>(): Queue<T> {
  const waiting: { readonly item: T; readonly done: () => void }[] = [];
  let end: { readonly failure?: { readonly reason: unknown } } | undefined;
  let wake: () => void = () => undefined;
  return {
    push: (item, done) => {
      waiting.push({ item, done });
      wake();
    },
    finish: () => {
      end ??= {};
      wake();
    },
    fail: (reason) => {
      end ??= { failure: { reason } };
      wake();
    },
    async *items() {
      while (true) {
        const next = waiting.shift();
        if (next !== undefined) {
          yield next.item;
          next.done();
        } else if (end?.failure !== undefined) throw end.failure.reason;
        else if (end !== undefined) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
