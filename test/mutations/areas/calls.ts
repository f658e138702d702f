/** Calls: handlers, interceptors, deadlines, streams and errors. */
import { inFile, type Mutation } from "../mutation.js";

/** Mutations of this area. */
export const callsMutations: readonly Mutation[] = [
  ...inFile("test/transcoding/http-api.test.ts", [
    {
      title: "handlers: run once",
      file: "src/runtime/calls/unary.ts",
      find: "const reply = await handler(request, context);",
      replace: "await handler(request, context);\n    const reply = await handler(request, context);",
      name: "reach the handler once",
    },
    {
      title: "secrets: a bug's message goes to the client",
      file: "src/runtime/status.ts",
      find: 'message: "internal error", details: [], isPublic: false };',
      replace: "message: String((thrown as Error)?.message), details: [], isPublic: false };",
      name: "a handler's bug",
    },
    {
      title: "secrets: the message of a database's numbered error goes to the client",
      file: "src/runtime/status.ts",
      find: 'return Number.isInteger(code) && typeof details === "string";',
      replace: "return Number.isInteger(code);",
      name: "a handler that throws something",
    },
    {
      title: "waitUntil: nobody waits",
      file: "src/runtime/calls/call.ts",
      find: "if (background.length > 0)",
      replace: "if (background.length < 0)",
      name: "waitUntil",
    },
    {
      title: "HEAD: a stream is left open",
      file: "src/runtime/calls/endpoint.ts",
      find: "for await (const _piece of response.body) break;",
      replace: "",
      name: "HEAD stops a stream",
    },
    {
      title: "deadline: the client's timeout is not heard",
      file: "src/runtime/calls/deadline.ts",
      find: "return Math.min(timeout, remaining);",
      replace: "return remaining;",
      name: "Grpc-Timeout that has passed",
    },
  ]),
  ...inFile("test/front-door/streaming.test.ts", [
    {
      title: "streams: the handler runs ahead of its reader",
      file: "src/runtime/doors/response-stream.ts",
      find: "if (!stream.write(bytes)) await drained();",
      replace: "if (!stream.write(bytes)) await new Promise((resolve) => setImmediate(resolve));",
      name: "a reader that pauses",
    },
    {
      title: "streams: a reader that stalls is waited for",
      file: "src/runtime/doors/response-stream.ts",
      find: "if (left !== undefined && left <= maxDelay)",
      replace: "if (left === undefined)",
      name: "a reader that stalls",
    },
    {
      title: "streams: a deadline between two replies is missed",
      file: "src/runtime/calls/deadline.ts",
      find: "if (isOver) await expired;",
      replace: "",
      name: "a reader that stalls",
    },
    {
      title: "streams: a reader that leaves is waited for",
      file: "src/runtime/doors/response-stream.ts",
      find: 'stream.once("close", () => resolve());',
      replace: "",
      name: "one that leaves stops it",
    },
  ]),
  ...inFile("test/transcoding/interceptors.test.ts", [
    {
      title: "interceptors: one that hangs behind the response is waited for",
      file: "src/runtime/interceptors.ts",
      find: "await Promise.race([interceptor.after(response, context), late])",
      replace: "await interceptor.after(response, context)",
      name: "has to be done soon after the deadline",
    },
    {
      title: "interceptors: a refusal loses its metadata",
      file: "src/runtime/interceptors.ts",
      find: "headers: [...response.headers, ...replyHeaders(context, headers.outgoing)]",
      replace: "headers: [...response.headers]",
      name: "a refusal has the metadata",
    },
  ]),
  ...inFile("test/front-door/error-mapper.test.ts", [
    {
      title: "error mapper: the door's own failures bypass it",
      file: "src/runtime/doors/door.ts",
      find: "const failure = finish(response, request);",
      replace: "const failure = response;",
      name: "a response that is too large",
    },
    {
      title: "error mapper: what it returns is sent unseen",
      file: "src/runtime/customize.ts",
      find: "if (!isResponse({ ...response, ...mapped }))",
      replace: "if (false)",
      name: "a mapper that returns a body that is no text",
    },
  ]),
  ...inFile("test/transcoding/grpc-js-peer.test.ts", [
    {
      title: "grpc-js: what a method throws keeps its code",
      file: "src/runtime/grpc-js/grpc-js-method.ts",
      find: "fail(thrown instanceof RpcError ? thrown : unknownError(thrown));",
      replace: "fail(thrown);",
      name: "a method that throws",
    },
    {
      title: "grpc-js: a reply leaves before the method is through",
      file: "src/runtime/grpc-js/grpc-js.ts",
      find: "queueMicrotask(() => resolve(value as Reply));",
      replace: "resolve(value as Reply);",
      name: "an error after it",
    },
    {
      title: "grpc-js: an error of a stream with the code OK is an error",
      file: "src/runtime/grpc-js/grpc-js-stream.ts",
      find: "if (!isOk(failure)) return queue.fail(failure);",
      replace: "return queue.fail(failure);",
      name: "it ends well",
    },
    {
      title: "grpc-js: methods have two names",
      file: "src/emit/functions/grpc-js-names.ts",
      find: "[name, loaderName(name), ",
      replace: "[name, ",
      name: "that proto-loader makes",
    },
  ]),
  ...inFile("test/transcoding/grpc-js.test.ts", [
    {
      title: "grpc-js: nobody looks at what a method returns",
      file: "src/runtime/grpc-js/grpc-js-method.ts",
      find: "if (returned instanceof Promise) returned.then(check, fail);",
      replace: "if (returned instanceof Promise) returned.catch(fail);",
      name: "promise of its reply",
    },
    {
      title: "grpc-js: a missing method is found out by its caller",
      file: "src/runtime/grpc-js/grpc-js-method.ts",
      find: "if (find(service, names) === undefined)\n",
      replace: "if (names.length === 0)\n",
      name: "is named when the function starts",
    },
  ]),
];
