/** What handlers are, what they are given, and what the generated files say about an RPC. */
import type { HttpRequest } from "./http.js";
import type { Metadata } from "./metadata.js";
import type { Profile } from "./routing/profile.js";

export { RpcError } from "./status.js";

/** Answers one request with one reply. Fails by throwing, best an `RpcError`. */
export type UnaryHandler<Request, Reply> = (request: Request, context: Context) => Reply | Promise<Reply>;

/** Answers one request with any number of replies; an async generator is one. */
export type ServerStreamingHandler<Request, Reply> = (
  request: Request,
  context: Context,
) => AsyncIterable<Reply> | Iterable<Reply>;

/**
 * Answers a stream of requests with one reply. All of them have arrived, and been decoded, before it runs; they are read once. Reading on
 * fails when the deadline has passed.
 */
export type ClientStreamingHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: Context,
) => Reply | Promise<Reply>;

/** Answers a stream of requests, which is as that of a `ClientStreamingHandler`, with any number of replies. */
export type BidiStreamingHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: Context,
) => AsyncIterable<Reply> | Iterable<Reply>;

/** What a handler knows about its call beside the request. Pass it on as it is: a spread copy lacks `metadata` and `signal`. */
export interface Context {
  /** Full name: `acme.library.v1.LibraryService`. */
  readonly service: string;
  /** `GetShelf`. */
  readonly method: string;
  /** Which of the method's bindings was called: 0 for the rule itself, then its additional bindings in order. */
  readonly binding: number;
  /** The path template that matched: `/v1/{name=shelves/*}`. */
  readonly template: string;
  /** From the request's headers. */
  readonly metadata: Metadata;
  /** When the answer must be there: Grpc-Timeout or the end of the Lambda's time, whichever is earlier. */
  readonly deadline: Date | undefined;
  /** Aborted when the deadline passes. Lambda does not tell when the client is gone. */
  readonly signal: AbortSignal;
  /** Goes out before the reply, as Grpc-Metadata- headers. */
  readonly header: Metadata;
  /** Goes out after the reply; HTTP/JSON clients see it only when they ask for trailers (TE: trailers). */
  readonly trailer: Metadata;
  readonly http: HttpRequest;
  /** AWS's id of the invocation. */
  readonly requestId: string;
  /** What Lambda called the function with. */
  readonly event: unknown;
  readonly lambda: LambdaContext;
  /** Keeps the function running until the promise settles; Lambda would freeze it with the answer. */
  waitUntil(work: Promise<unknown>): void;
}

/** The part of Lambda's context object that is used. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** An RPC and the HTTP endpoints that lead to it. `Request` is a list of messages where the RPC streams its requests. */
export interface Rpc<Request, Reply> {
  readonly service: string;
  readonly method: string;
  readonly kind: "unary" | "serverStreaming" | "clientStreaming" | "bidiStreaming";
  readonly profile: Profile;
  /** The HTTP status of a reply; absent for 200. */
  readonly successStatus?: number;
  /** In order of declaration. */
  readonly bindings: readonly Binding<Request, Reply>[];
}

/** One HTTP endpoint: how to recognise it, read the request and write the reply. */
export type Binding<Request, Reply> = BindingRule<Request> & (JsonReply<Reply> | RawReply<Reply>);

/** The request's half of a binding. */
export interface BindingRule<Request> {
  /** `*` is any. */
  readonly httpMethod: string;
  /** As in the .proto file. */
  readonly template: string;
  /** Of the template: text, `*` (one path segment) or `**` (any number). */
  readonly segments: readonly string[];
  /** After the colon; "" without one. */
  readonly verb: string;
  /** The segments [start, end) that each variable takes. */
  readonly captures: readonly (readonly [start: number, end: number])[];
  /** Whether the HTTP body is read. */
  readonly body: boolean;
  /** The HTTP body is taken as it is, whatever its type (google.api.HttpBody). */
  readonly takesRaw?: true;
  /** The HTTP body may be a binary message. */
  readonly takesBinary?: true;
  /** The HTTP body may be a form. */
  readonly takesForm?: true;
  /** Makes the request message, or all of a stream; the captured texts follow, one per variable. Throws DecodeError. */
  readonly decode: (http: BoundRequest, ...captures: string[]) => Request;
}

/** A reply that goes out as JSON. */
export interface JsonReply<Reply> {
  /** Its JSON text. */
  readonly encode: (reply: Reply) => string;
  /** The reply in protobuf's binary form, for a client that prefers it; absent where the API has JSON only. */
  readonly encodeBinary?: (reply: Reply, request: HttpRequest) => RawBody | undefined;
}

/** A reply that is the body itself (google.api.HttpBody). */
export interface RawReply<Reply> {
  readonly encodeRaw: (reply: Reply) => RawBody;
}

/** https://github.com/googleapis/googleapis/blob/master/google/api/httpbody.proto */
export interface RawBody {
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** What `decode` reads. */
export interface BoundRequest {
  readonly query: HttpRequest["query"];
  /** Form-encoded fields of a body that is no message, which come before those of the query. */
  readonly form?: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}
