import type { DifferenceClass } from "./difference-class.js";
import { ourMessage, pathOf } from "./matters.js";

/** In the order of the table. */
export const pathClasses: readonly DifferenceClass[] = [
  {
    id: "malformed-path",
    area: "Paths",
    gateway: "a path with a malformed escape is `400 Bad Request` in plain text, from Go's HTTP server",
    product: "the same status with a google.rpc.Status in JSON",
    state: { kind: "stands", reason: "one form of errors for every client" },
    example: { set: "library", rpc: "LibraryService.GetShelf", target: "/v1/shelves/%zz" },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) =>
        theirs.contentType?.startsWith("text/plain") === true && theirs.status === 400 && ours.status === 400,
    },
  },
  {
    id: "path-not-utf8",
    area: "Paths",
    gateway: "takes a path whose bytes are not UTF-8, until it reaches a string: then 500 or 404",
    product: "400",
    state: { kind: "stands", reason: "the mistake is the client's" },
    example: { set: "library", rpc: "LibraryService.GetShelf", target: "/v1/shelves/%FF" },
    explanation: {
      kind: "outcome",
      // The answer to a HEAD does not say why.
      holds: (difference) =>
        /text that is not UTF-8/.test(ourMessage(difference)) ||
        (difference.request.method === "HEAD" &&
          difference.ours.status === 400 &&
          /%[89a-f][0-9a-f]/i.test(pathOf(difference))),
    },
  },
  {
    id: "head-with-body",
    area: "Paths",
    gateway: "answers a malformed HEAD with a body, which no client can read",
    product: "without",
    state: { kind: "stands", reason: "a fault of Go's HTTP server" },
    example: { set: "vectors", rpc: "Vectors.Echo", method: "HEAD", target: "/v1/head/%zz" },
    explanation: {
      kind: "outcome",
      holds: ({ theirs }) => theirs.failed?.startsWith("Parse Error") === true,
    },
  },
];
