/** Classes that are about replies and errors. */
import { ScalarType } from "@bufbuild/protobuf";
import { errorIn, isSame } from "../compare/differences.js";
import type { Observation } from "../compare/observation.js";
import { type JsonMembers, reprint } from "../compare/json-text.js";
import { isLong } from "../messages/wire-message.js";
import type { DifferenceClass } from "./difference-class.js";
import { hasResponseBody, mapValues, responseField, sent, without } from "./matters.js";

/** In the order of the table. */
export const replyClasses: readonly DifferenceClass[] = [
  {
    id: "response-body-int64",
    area: "Replies",
    gateway: "a `response_body` of 64-bit integers is JSON numbers",
    product: "strings, as everywhere else",
    state: { kind: "stands", reason: "a JavaScript client reads a number beyond 2^53 wrongly" },
    example: {
      set: "vectors",
      rpc: "Vectors.RespInt64",
      method: "POST",
      target: "/v1/rb/int64",
      body: '{"int64Value":"5"}',
    },
    explanation: {
      kind: "body",
      rewrite: (body, side, difference) =>
        side === "theirs" && isLong(responseField(difference)?.scalar ?? ScalarType.BOOL)
          ? reprint(body, { token: (text) => (/^-?\d+$/.test(text) ? `"${text}"` : text) })
          : body,
    },
  },
  {
    id: "response-body-absent-bytes",
    area: "Replies",
    gateway: "a `response_body` of unset bytes is `[]`",
    product: '`""`',
    state: { kind: "stands", reason: "bytes are text in JSON; a client of the RPC expects a string" },
    example: { set: "vectors", rpc: "Vectors.RespBytes", method: "POST", target: "/v1/rb/bytes", body: "{}" },
    explanation: {
      kind: "body",
      rewrite: (body, side, difference) =>
        side === "theirs" && hasResponseBody(difference) ? body.replace(/^(\{"result":)?\[\](\}?)$/gm, '$1""$2') : body,
    },
  },
  {
    id: "response-body-unknown-enum",
    area: "Replies",
    gateway: "an unknown value of an enum under `response_body` is a string with its number",
    product: "a number, as everywhere else",
    state: { kind: "stands", reason: '`"99"` is no JSON of an enum: clients that parse it refuse it' },
    example: {
      set: "vectors",
      rpc: "Vectors.RespEnum",
      method: "POST",
      target: "/v1/rb/enum",
      body: '{"enumValue":99}',
    },
    explanation: {
      kind: "body",
      rewrite: (body, _, difference) =>
        responseField(difference)?.enum !== undefined
          ? reprint(body, { token: (text) => (/^"-?\d+"$/.test(text) ? text.slice(1, -1) : text) })
          : body,
    },
  },
  {
    id: "response-body-not-finite",
    area: "Replies",
    gateway: "a `response_body` of numbers that are not finite is 500 `json: unsupported value`",
    product: '`"NaN"`, as everywhere else',
    state: { kind: "stands", reason: "a fault of the gateway: whole messages are printed" },
    example: {
      set: "zoo",
      rpc: "ZooService.RbDouble",
      method: "POST",
      target: "/zoo/rb/double",
      body: '{"plainDouble":"NaN"}',
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs }) => /json: unsupported value/.test(theirs.body),
      aspects: ["status", "body", "headers"],
    },
  },
  {
    id: "response-body-html-escapes",
    area: "Replies",
    gateway:
      "texts under `response_body`, of streams and of their errors have `<`, `>`, `&`, U+2028 and U+2029 escaped",
    product: "written as they are",
    state: { kind: "stands", reason: "the same JSON; whole messages are written so by both" },
    example: {
      set: "vectors",
      rpc: "Vectors.RespString",
      method: "POST",
      target: "/v1/rb/string",
      body: '{"stringValue":"<"}',
    },
    explanation: {
      kind: "body",
      rewrite: (body) =>
        body.replaceAll(/\\u(003c|003e|0026|2028|2029)/g, (_, digits: string) =>
          String.fromCharCode(Number.parseInt(digits, 16)),
        ),
    },
  },
  {
    id: "trailers-are-headers",
    area: "Replies",
    gateway: "trailers of a reply are HTTP trailers, where the client asks with `TE: trailers`",
    product: "headers with the same names",
    state: { kind: "stands", reason: "no front door of Lambda passes HTTP trailers on" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      headers: [["Te", "trailers"]],
      plan: { seed: 1, trailer: [["t-one", "1"]] },
    },
    explanation: {
      kind: "headers",
      rewrite: (headers, _, difference) =>
        sent(difference, "te").length > 0
          ? without(headers, (name) => name === "trailer" || name.startsWith("grpc-trailer-"))
          : headers,
    },
  },
  {
    id: "binary-reply-metadata",
    area: "Replies",
    gateway: "bytes of `-bin` metadata are written into the header as they are",
    product: "base64",
    state: { kind: "stands", reason: "bytes break the HTTP message, and let a handler's data become headers" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: { seed: 1, header: [["x-bin", { bytes: "AQID" }]] },
    },
    explanation: {
      kind: "headers",
      rewrite: (headers, side) =>
        mapValues(headers, (list, name) =>
          side === "theirs" && /^grpc-(metadata|trailer)-.*-bin$/.test(name)
            ? list.map((value) => Buffer.from(value, "latin1").toString("base64"))
            : list,
        ),
    },
  },
  {
    id: "reply-without-a-required-field",
    area: "Replies",
    gateway: "a reply that lacks a required field (proto2, editions) is 500",
    product: "printed without it",
    state: {
      kind: "stands",
      reason: "the handler has done its work, and the client may not even look at the member; in binary it is an error",
    },
    example: {
      set: "zoo",
      rpc: "OldService.EchoRequired",
      target: "/old/required/7",
      plan: { seed: 1, replies: [""] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) => /required field/.test(theirs.body) && ours.calls.length > 0,
    },
  },
  {
    id: "details-as-plain-objects",
    area: "Errors",
    gateway: 'keys of maps in details are in the order of their texts, `"10"` before `"9"`; -0 has its sign',
    product: "whole numbers come first, by their values; 0",
    state: {
      kind: "stands",
      reason: "details are plain objects, which error mappers and interceptors read; JavaScript prints them so",
    },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: {
        seed: 1,
        error: {
          code: 9,
          message: "d",
          details: [{ typeUrl: "type.googleapis.com/google.rpc.ErrorInfo", value: "GgcKAjEwEgFhGgYKATkSAWI=" }],
        },
      },
    },
    explanation: {
      kind: "body",
      rewrite: (body, _, { request }) =>
        request.plan.error === undefined
          ? body
          : reprint(body, { members: inOneOrder, token: (text) => (text === "-0" ? "0" : text) }),
    },
  },
  {
    id: "details-of-unknown-types",
    area: "Errors",
    gateway:
      "an error with a detail of a type that the gateway does not know is 500 `failed to marshal error message`, or an empty body",
    product: "the error as it is; the detail keeps its bytes in base64",
    state: { kind: "stands", reason: "the error is what the client needs; a detail must not hide it" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: {
        seed: 1,
        error: { code: 9, message: "d", details: [{ typeUrl: "type.googleapis.com/no.such.Type", value: "CAE=" }] },
      },
    },
    explanation: {
      kind: "outcome",
      holds: ({ request, theirs, ours }) =>
        request.plan.error !== undefined &&
        errorIn(lastLine(ours.body))?.code === request.plan.error.code &&
        (/failed to marshal error message/.test(theirs.body) || theirs.body.trim() === "" || isCutStream(theirs.body)),
      aspects: ["status", "body", "headers", "content-type"],
    },
  },
  {
    id: "exceptions-say-nothing",
    area: "Errors",
    gateway: "grpc-js makes an exception a status of code 2 with the exception's message",
    product: "code 13, `internal error`; the log has the exception",
    state: {
      kind: "stands",
      reason: "messages of exceptions tell strangers about the inside; grpc-js objects keep theirs",
    },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: { seed: 1, throws: true },
    },
    explanation: {
      kind: "outcome",
      holds: ({ request, ours }) => request.plan.throws === true && errorIn(ours.body)?.message === "internal error",
      aspects: ["body"],
    },
  },
  {
    id: "unprintable-reply",
    area: "Errors",
    gateway:
      "a reply that has no JSON (a time out of range, an Any of an unknown type) is code 2 with the text of Go's printer, and its header metadata twice",
    product: "code 2, `internal error`, without metadata; the log has what is wrong and where",
    state: { kind: "stands", reason: "a client cannot do anything about it, and must not learn about the inside" },
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/echo",
      body: "{}",
      plan: { seed: 1, replies: ["mgIHCICD0f+vBw=="] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ request, theirs, ours }) =>
        (/"code":2[,}]/.test(theirs.body) || theirs.body === "") &&
        (/"code":2,"message":"internal error"/.test(ours.body) ||
          (request.method === "HEAD" && theirs.status === 500 && ours.status === 500)),
      aspects: ["body", "headers", "content-type"],
    },
  },
  {
    id: "any-of-unknown-type",
    area: "Replies",
    gateway:
      "an Any of a type that the gateway does not know, or of a message that has no JSON, makes the whole reply 500",
    product: '`{"@type": …, "value": "<base64>"}`, and a line in the log',
    state: { kind: "stands", reason: "the handler has done its work, and the client may not even look at the member" },
    example: {
      set: "zoo",
      rpc: "ZooService.RbAny",
      method: "POST",
      target: "/zoo/rb/any",
      body: "{}",
      plan: { seed: 1, replies: ["kgQLCgdub3NsYXNoEgA="] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) =>
        (/google\.protobuf\.Any: unable to resolve/.test(theirs.body) && ours.status === 200) ||
        // protobuf-go writes the space in two ways.
        (/"message":"proto:\sgoogle\.protobuf\./.test(theirs.body) && hasPackedBytes(ours)),
      aspects: ["status", "body", "headers"],
    },
  },
  {
    id: "www-authenticate-text",
    area: "Errors",
    gateway: "WWW-Authenticate has the message of a code 16 as it is, with bytes that are not ASCII",
    product: "what is not printable ASCII is a space",
    state: { kind: "stands", reason: "front doors refuse or damage such headers" },
    example: {
      set: "library",
      rpc: "LibraryService.GetShelf",
      target: "/v1/shelves/1",
      plan: { seed: 1, error: { code: 16, message: "Schlüssel" } },
    },
    explanation: {
      kind: "headers",
      rewrite: (headers, _, { theirs }) =>
        mapValues(headers, (list, name) =>
          name === "www-authenticate" && /[^ -~]/.test(theirs.headers["www-authenticate"]?.join() ?? "") ? [] : list,
        ),
    },
  },
  {
    id: "value-without-a-kind",
    area: "Replies",
    gateway: "a google.protobuf.Value that says nothing cannot be printed: 500",
    product: "null",
    state: { kind: "stands", reason: "it is what most handlers mean by it" },
    example: {
      set: "zoo",
      rpc: "ZooService.RbValue",
      method: "POST",
      target: "/zoo/rb/value",
      body: "{}",
      plan: { seed: 1, replies: ["ggQA"] },
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) => /none of the oneof fields is set/.test(theirs.body) && ours.status === 200,
    },
  },
  {
    id: "messages-over-4-mb",
    area: "Limits",
    gateway: "a reply over 4 MB is 429: the default limit of grpc-go's client",
    product: "sent, up to what the front door takes",
    state: { kind: "stands", reason: "there is no gRPC connection that the limit would protect" },
    example: {
      set: "vectors",
      rpc: "Vectors.Echo",
      method: "POST",
      target: "/v1/echo",
      body: `{"stringValue":"${"x".repeat(4_200_000)}"}`,
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs }) => /larger than max/.test(errorIn(theirs.body)?.message ?? ""),
    },
  },
  {
    id: "gateway-hangs",
    area: "Replies",
    gateway:
      "never ends its answer to a POST form with `X-HTTP-Method-Override: HEAD`: it has announced a body that Go does not send",
    product: "answers",
    state: { kind: "stands", reason: "nothing to imitate" },
    noExample: "each costs the time that a run waits for a gateway",
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) => theirs.failed === "timeout" && ours.status === 200,
    },
  },
  {
    id: "gateway-crashes",
    area: "Replies",
    gateway: "the process panics and the connection ends: a `response_body` of a oneof's member that is not set",
    product: "the field's default",
    state: { kind: "stands", reason: "nothing to imitate" },
    example: { set: "zoo", rpc: "ZooService.RbOneofString", method: "POST", target: "/zoo/rb/f_string", body: "{}" },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) => theirs.failed === "socket hang up" && ours.status === 200,
    },
  },
  {
    id: "http-body-type",
    area: "Replies",
    gateway: "an HttpBody's content type is sent as it is, empty or not",
    product: "application/octet-stream where it is no header",
    state: {
      kind: "stands",
      reason: "browsers guess the type of a file that has none, and doors refuse or damage such headers",
    },
    example: { set: "vectors", rpc: "Vectors.Download", target: "/v1/download/x", plan: { seed: 1, replies: [""] } },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) =>
        (theirs.contentType?.trim() === "" && ours.contentType === "application/octet-stream") ||
        /[^ -~]/.test(theirs.contentType ?? ""),
      aspects: ["content-type"],
    },
  },
  {
    id: "empty-stream-type",
    area: "Streams",
    gateway: "a stream without messages has no Content-Type",
    product: "application/json",
    state: { kind: "stands", reason: "front doors give a type to answers that have none, each another one" },
    example: {
      set: "vectors",
      rpc: "Vectors.DownloadStream",
      target: "/v1/downloadstream",
      plan: { seed: 1, count: 0 },
    },
    explanation: {
      kind: "outcome",
      holds: ({ theirs, ours }) =>
        theirs.contentType === undefined && theirs.body === "" && ours.body === "" && theirs.status === 200,
      aspects: ["content-type"],
    },
  },
];

/** Whether a reply has an Any whose message is passed on as bytes. */
function hasPackedBytes({ status, body }: Observation): boolean {
  return status === 200 && /"@type":"[^"]*","value":"[A-Za-z0-9+/]*=*"/.test(body);
}

/** The whole answer, if it is no stream. */
function lastLine(body: string): string {
  return body.trimEnd().split("\n").at(-1) ?? "";
}

/** Members sorted, if JavaScript would not leave them in the order in which they are written. */
function inOneOrder(members: JsonMembers): JsonMembers {
  if (!members.some(([name]) => /^"(0|[1-9]\d*)"$/.test(name))) return members;
  // One side may have escapes in a name.
  const sorted = members.map((member) => ({ member, name: JSON.parse(member[0]) as string }));
  return sorted.sort((one, other) => (one.name < other.name ? -1 : 1)).map(({ member }) => member);
}

/** A stream whose last line is missing: the gateway wrote messages, and nothing of the error. */
function isCutStream(body: string): boolean {
  return !isSame(body.endsWith("}}\n"), true) || !body.includes('"error"');
}
