/** Runs client-streaming methods of an existing grpc-js service object unchanged: `{ addShelves(call, callback) }`. */
import type { Readable } from "node:stream";
import { callMembers, cancelWith, findMethod, grpcJsCallback, toServiceError } from "./grpc-js.js";
import type { ClientStreamingHandler, Context } from "../rpc.js";
import type { DetailPrinter } from "./status-details.js";

/** A handler that calls `service[method]` (or its lowerCamelCase name), bound to the object. `print`: for details of errors. */
export function grpcJsClientStream<Request, Reply>(
  service: object,
  method: string,
  print?: DetailPrinter,
): ClientStreamingHandler<Request, Reply> {
  return (requests, context) =>
    new Promise((resolve, reject) => {
      const call = createCall(requests, context);
      call.on("error", (error) => reject(toServiceError(error, print)));
      const callback = grpcJsCallback<Reply>(context, resolve, reject, print);
      const returned = findMethod(service, method).call(service, call, callback);
      // An async method's failure before its callback would go unnoticed otherwise.
      if (returned instanceof Promise) returned.catch(reject);
    });
}

/** A real object-mode Readable, so that data, end, pipe, pipeline and for await are what existing code knows. */
function createCall<Request>(requests: AsyncIterable<Request>, context: Context): Readable {
  const { Readable: ReadableStream } = process.getBuiltinModule("node:stream");
  const call = Object.assign(ReadableStream.from(requests), callMembers(undefined, context));
  // As grpc-js does, nothing is read from then on.
  call.on("cancelled", () => call.destroy());
  cancelWith(call, context);
  return call;
}
