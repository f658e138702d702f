import { errorIn } from "../compare/differences.js";
import type { Observation } from "../compare/observation.js";
import type { Difference, DifferenceClass } from "./difference-class.js";
import { mapValues, sent, theirMessage, without } from "./matters.js";

/** In the order of the table. */
export const metadataClasses: readonly DifferenceClass[] = [
  {
    id: "binary-header-with-commas",
    area: "Metadata",
    versions: ["2.30"],
    gateway: "a `-Bin` header with a comma is 400",
    product: "each part between commas is a value",
    state: { kind: "stands", reason: "front doors join headers of one name with commas; gRPC itself reads them so" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Grpc-Metadata-Bytes-Bin", "AQID,BAUG"]],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        /invalid binary header/.test(theirMessage(difference)) || isUnreadable(difference.theirs)
          ? sent(difference, "grpc-metadata-bytes-bin").some((value) => value.includes(","))
          : false,
    },
  },
  {
    id: "forged-metadata",
    area: "Metadata",
    versions: ["2.30"],
    gateway:
      "Grpc-Metadata-Authorization, -Grpcgateway-… and -X-Forwarded-… are forwarded as anybody sends them, in addition to the checked ones",
    product: "dropped; `grpcMetadata: forwardAll` lets the first two in",
    state: { kind: "stands", reason: "handlers take those names for checked; upstream bars them since 2.31 and 2.32" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Grpc-Metadata-Grpcgateway-Cookie", "forged"]],
    },
    explanation: {
      kind: "metadata",
      rewrite: (metadata, _, { request }) => {
        const names = request.headers.map(([name]) => name.toLowerCase().replace(/^grpc-metadata-/, ""));
        const forged = names.filter((name) => /^(authorization|grpcgateway-.*|x-forwarded-(for|host))$/.test(name));
        return forged.length === 0 ? metadata : without(metadata, (name) => forged.includes(name));
      },
    },
  },
  {
    id: "payload-format-2-joins-headers",
    area: "Doors",
    gateway:
      "a header that comes twice is two values of metadata, of X-Forwarded-Host the first; one that is not ASCII is left out",
    product: "behind an HTTP API and a Function URL one value, joined with commas; cookies with semicolons",
    state: { kind: "stands", reason: "payload format 2.0 joins them before the function sees them" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [
        ["Warning", "199 - a"],
        ["Warning", "199 - b"],
      ],
    },
    explanation: {
      kind: "metadata",
      rewrite: (metadata, _, difference) =>
        joinsHeaders(difference)
          ? mapValues(
              without(metadata, (name) => isHalfAscii(difference, name)),
              (list, name) => list.map((value) => joinedValue(difference, name, value)),
            )
          : metadata,
    },
  },
  {
    id: "payload-format-2-joins-timeouts",
    area: "Doors",
    gateway: "the first of two Grpc-Timeout headers counts",
    product: "behind an HTTP API and a Function URL 400: `5S,6S` is no timeout",
    state: { kind: "stands", reason: "payload format 2.0 joins them before the function sees them" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [
        ["Grpc-Timeout", "5S"],
        ["Grpc-Timeout", "6S"],
      ],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        joinsHeaders(difference) && difference.ours.status === 400 && sent(difference, "grpc-timeout").length > 1,
    },
  },
  {
    id: "payload-format-2-joins-reply-headers",
    area: "Doors",
    gateway: "metadata of a reply with two values is two headers",
    product: "behind an HTTP API and a Function URL one header, joined with commas",
    state: { kind: "stands", reason: "payload format 2.0 has one value for a header" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: {
        seed: 1,
        header: [
          ["x-a", "1"],
          ["x-a", "2"],
        ],
      },
    },
    explanation: {
      kind: "headers",
      rewrite: (headers, _, { leg }) =>
        leg.door === "http-api" || leg.door === "function-url"
          ? mapValues(headers, (list) => [list.join(", ")])
          : headers,
    },
  },
  {
    id: "short-timeouts",
    area: "Deadlines",
    gateway: "a Grpc-Timeout of a millisecond or less has passed when the handler is reached, mostly",
    product: "the handler of a function in the same process may be faster",
    state: { kind: "stands", reason: "both may be done in time or not" },
    noExample: "either side may be done in time",
    explanation: {
      kind: "outcome",
      holds: (difference) => sent(difference, "grpc-timeout").some((value) => /^(0*\d{1,3}[nu]|0*\dm)$/.test(value)),
    },
  },
  {
    id: "deadline-while-waiting",
    area: "Deadlines",
    gateway:
      "a server and its client both watch the deadline: the message is that of one or the other, and of a stream's error that of the server is inside of `error`",
    product: "always `context deadline exceeded`, as the client says it",
    state: { kind: "stands", reason: "there is no client and no server that could be first" },
    noExample: "which of the two is first is a matter of time",
    explanation: {
      kind: "outcome",
      holds: ({ request, theirs, ours }) =>
        request.plan.delay !== undefined &&
        theirs.status === 504 &&
        ours.status === 504 &&
        errorIn(theirs.body)?.message === "Deadline exceeded",
      aspects: ["body", "headers"],
    },
  },
  {
    id: "timeout-that-overflows",
    area: "Deadlines",
    versions: ["2.30"],
    gateway: "a Grpc-Timeout beyond 64 bits of nanoseconds wraps around, mostly into the past",
    product: "it is the longest time there is, as 2.33 has it",
    state: { kind: "stands", reason: "a client that asks for much time is not to get none; upstream has come to it" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Grpc-Timeout", "9223372036854775807H"]],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => sent(difference, "grpc-timeout").some(overflows),
    },
  },
  {
    id: "expired-before-decoding",
    area: "Deadlines",
    versions: ["2.30"],
    gateway: "a request that cannot be read is 400, though a negative Grpc-Timeout had ended it before",
    product: "504: a call whose time is over does not begin",
    state: { kind: "stands", reason: "both refuse it, and no handler runs" },
    example: {
      set: "zoo",
      rpc: "ZooService.Bodies",
      method: "POST",
      target: "/zoo/body/empty",
      headers: [["Grpc-Timeout", "-1S"]],
      body: "null",
    },
    explanation: {
      kind: "outcome",
      holds: (difference) =>
        difference.theirs.status === 400 &&
        difference.ours.status === 504 &&
        sent(difference, "grpc-timeout").some((value) => value.startsWith("-")),
    },
  },
  {
    id: "timeout-of-years",
    area: "Deadlines",
    gateway: "the server behind it, grpc-js, cannot wait for four years",
    product: "a deadline as far as a function runs",
    state: { kind: "stands", reason: "of the server in these tests" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Grpc-Timeout", "123456789S"]],
    },
    explanation: {
      kind: "outcome",
      holds: (difference) => sent(difference, "grpc-timeout").some((value) => /^\d{7,}[SMH]$/.test(value)),
      aspects: ["deadline"],
    },
  },
];

/** An error whose text is not to be seen: of a HEAD. */
function isUnreadable({ status, body }: Observation): boolean {
  return status >= 400 && body === "";
}

/** Whether a Grpc-Timeout has more nanoseconds than 64 bits with a sign hold. */
function overflows(timeout: string): boolean {
  const [, digits = "", unit = ""] = /^\+?(\d+)([HMSmun])$/.exec(timeout) ?? [];
  const nanoseconds = { H: 3600n * 10n ** 9n, M: 60n * 10n ** 9n, S: 10n ** 9n, m: 10n ** 6n, u: 10n ** 3n, n: 1n };
  return digits !== "" && BigInt(digits) * nanoseconds[unit as keyof typeof nanoseconds] >= 2n ** 63n;
}

function joinsHeaders({ leg }: Difference): boolean {
  return leg.door === "http-api" || leg.door === "function-url";
}

/** Whether some but not all values of the header behind a name are ASCII. */
function isHalfAscii(difference: Difference, name: string): boolean {
  const header = name.replace(/^grpcgateway-/, "");
  const values = [...sent(difference, header), ...sent(difference, `grpc-metadata-${header}`)];
  return values.some((value) => /[^ -~]/.test(value)) && values.some((value) => !/[^ -~]/.test(value));
}

function joinedValue(difference: Difference, name: string, value: string): string {
  const isFirstOnly = name === "x-forwarded-host" && sent(difference, name).length > 1;
  return isFirstOnly ? value.replace(/,.*/, "") : value.replaceAll(/[,;] ?/g, ",");
}
