/** Runs methods of an existing grpc-js service object that stream both ways, unchanged: `{ talk(call) }`. */
import { serviceMethod } from "./grpc-js-method.js";
import { runWriter, type Queue, writerCall, writerOptions } from "./grpc-js-stream.js";
import type { BidiStreamingHandler, Context } from "../rpc.js";
import type { DetailPrinter } from "./status-details.js";

/**
 * Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. `print` prints
 * details of errors.
 */
export function grpcJsBidiStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): BidiStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) => runWriter<Reply>(method, (queue) => createCall(requests, context, queue, print));
}

/** Makes a real Duplex in object mode, whose readable side has the requests. */
function createCall<Request, Reply>(
  requests: AsyncIterable<Request>,
  context: Context,
  queue: Queue<Reply>,
  print: DetailPrinter | undefined,
): ReturnType<typeof writerCall> {
  const { Duplex } = process.getBuiltinModule("node:stream");
  const iterator = requests[Symbol.asyncIterator]();
  const stream = new Duplex({
    ...writerOptions(queue),
    // Otherwise a complete read with `for await` would end the writable side as well.
    autoDestroy: false,
    read: () => {
      iterator.next().then(
        ({ done, value }) => stream.push(done === true ? null : value),
        (error) => stream.destroy(error),
      );
    },
  });
  return writerCall(stream, undefined, context, queue, print);
}
