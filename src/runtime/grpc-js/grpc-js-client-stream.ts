/** Runs client-streaming methods of an existing grpc-js service object unchanged: `{ addShelves(call, callback) }`. */
import type { Readable } from "node:stream";
import { callMembers, cancelWith, grpcJsCallback, toUnaryError } from "./grpc-js.js";
import { callMethod, serviceMethod } from "./grpc-js-method.js";
import type { ClientStreamingHandler, Context } from "../rpc.js";
import type { DetailPrinter } from "./status-details.js";

/**
 * Makes the handler that calls the method that `service` has under one of `names`, see `serviceMethod`. `print` prints
 * details of errors.
 */
export function grpcJsClientStream<Request, Reply>(
  service: object,
  names: readonly string[],
  print?: DetailPrinter,
): ClientStreamingHandler<Request, Reply> {
  const method = serviceMethod(service, names);
  return (requests, context) =>
    new Promise((resolve, reject) => {
      const call = createCall(requests, context);
      call.on("error", (error) => reject(toUnaryError(error, print)));
      callMethod(method, [call, grpcJsCallback<Reply>(context, resolve, reject, print)], reject);
    });
}

/**
 * Makes a real Readable in object mode, so that data, end, pipe, pipeline and for await work as existing code expects.
 */
function createCall<Request>(requests: AsyncIterable<Request>, context: Context): Readable {
  const { Readable: ReadableStream } = process.getBuiltinModule("node:stream");
  const call = Object.assign(ReadableStream.from(requests), callMembers(undefined, context));
  // As in grpc-js, nothing is read after that.
  call.on("cancelled", () => call.destroy());
  cancelWith(call, context);
  return call;
}
