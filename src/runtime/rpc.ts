/** Handlers, their context, and the description of an RPC in generated files. */
import type { HttpRequest } from "./http.js";
import type { Metadata } from "./metadata.js";
import type { Logger } from "./logger.js";
import type { Profile } from "./routing/profile.js";
import type { StreamChoice } from "./routing/stream-by-accept.js";
import type { StreamFormat } from "./routing/stream-format.js";

export { RpcError } from "./status.js";

/** Answers one request with one reply. To fail, throw an `RpcError`. */
export type UnaryHandler<Request, Reply> = (request: Request, context: Context) => Reply | Promise<Reply>;

/** Answers one request with any number of replies; an async generator is one. */
export type ServerStreamingHandler<Request, Reply> = (
  request: Request,
  context: Context,
) => AsyncIterable<Reply> | Iterable<Reply>;

/**
 * Answers a stream of requests with one reply. All requests have arrived, and have been decoded, before it runs; they
 * can be read once. Reading fails once the deadline has passed.
 */
export type ClientStreamingHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: Context,
) => Reply | Promise<Reply>;

/** Answers a stream of requests, as a `ClientStreamingHandler` gets it, with any number of replies. */
export type BidiStreamingHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: Context,
) => AsyncIterable<Reply> | Iterable<Reply>;

/** The context of a call. Pass the object itself on: a spread copy lacks `metadata` and `signal`. */
export interface Context {
  /** Full name: `acme.library.v1.LibraryService`. */
  readonly service: string;
  /** `GetShelf`. */
  readonly method: string;
  /** Index of the binding that was called: 0 is the rule itself, then its additional bindings follow in order. */
  readonly binding: number;
  /** The path template that matched: `/v1/{name=shelves/*}`. */
  readonly template: string;
  /** Metadata from the request's headers. */
  readonly metadata: Metadata;
  /** Time by which the answer must be there: Grpc-Timeout or the end of the function's time, whichever is earlier. */
  readonly deadline: Date | undefined;
  /** A signal that is aborted when the deadline passes. Lambda does not report that the client has left. */
  readonly signal: AbortSignal;
  /** Header metadata, which go out before the reply, as Grpc-Metadata- headers. */
  readonly header: Metadata;
  /**
   * Trailer metadata, which go out after the reply; HTTP/JSON clients see them only if they ask for trailers (TE:
   * trailers).
   */
  readonly trailer: Metadata;
  readonly http: HttpRequest;
  /** AWS's id of the invocation. */
  readonly requestId: string;
  /** The event with which Lambda called the function. */
  readonly event: unknown;
  readonly lambda: LambdaContext;
  /**
   * Writes lines of JSON with the RPC and the ids of the request: `context.log.info("shelf is full", { shelf })`. It is
   * `console` if observability is switched off.
   */
  readonly log: Logger;
  /** Keeps the function running until the promise settles; otherwise Lambda freezes it after the answer. */
  waitUntil(work: Promise<unknown>): void;
}

/** The part of Lambda's context object that is used. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** An RPC and the HTTP endpoints that lead to it. `Request` is a list of messages if the RPC streams its requests. */
export interface Rpc<Request, Reply> {
  readonly service: string;
  readonly method: string;
  readonly kind: "unary" | "serverStreaming" | "clientStreaming" | "bidiStreaming";
  readonly profile: Profile;
  /** The HTTP status of a reply; absent for 200. */
  readonly successStatus?: number;
  /** The format of a stream of replies; absent for lines of `{"result"}`. */
  readonly streaming?: StreamFormat;
  /** The way in which a request chooses another format; absent: none can. */
  readonly streamingByAccept?: StreamChoice;
  /** Bindings in order of declaration. */
  readonly bindings: readonly Binding<Request, Reply>[];
}

/** One HTTP endpoint: how to recognise it, read the request and write the reply. */
export type Binding<Request, Reply> = BindingRule<Request> & (JsonReply<Reply> | RawReply<Reply>);

/** The request's half of a binding. */
export interface BindingRule<Request> {
  /** HTTP method; `*` means any. */
  readonly httpMethod: string;
  /** Path template as in the .proto file. */
  readonly template: string;
  /** Segments of the template: text, `*` (one path segment) or `**` (any number). */
  readonly segments: readonly string[];
  /** The verb after the colon; absent without one. */
  readonly verb?: string;
  /** The segments [start, end) that each variable takes; absent without variables. */
  readonly captures?: readonly (readonly [start: number, end: number])[];
  /** Whether the HTTP body is read; absent: it is not. */
  readonly body?: boolean;
  /** Whether the HTTP body is passed on unchanged, whatever its type (google.api.HttpBody). */
  readonly takesRaw?: true;
  /** Whether the HTTP body may be a binary message. */
  readonly takesBinary?: true;
  /** Whether the HTTP body may be a form. */
  readonly takesForm?: true;
  /**
   * Makes the request message, or all messages of a stream, from the request and the captured texts, one per variable.
   * Throws DecodeError.
   */
  readonly decode: (http: BoundRequest, ...captures: string[]) => Request;
}

/** A reply that goes out as JSON. */
export interface JsonReply<Reply> {
  /** Makes the JSON text of a reply. */
  readonly encode: (reply: Reply) => string;
  /** Makes the reply in protobuf's binary form, for a client that prefers it; absent if the API has JSON only. */
  readonly encodeBinary?: (reply: Reply, request: HttpRequest) => RawBody | undefined;
}

/** A reply that is the body itself (google.api.HttpBody). */
export interface RawReply<Reply> {
  readonly encodeRaw: (reply: Reply) => RawBody;
}

/** A google.api.HttpBody. https://github.com/googleapis/googleapis/blob/master/google/api/httpbody.proto */
export interface RawBody {
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** The part of a request that `decode` reads. */
export interface BoundRequest {
  readonly query: HttpRequest["query"];
  /** Form-encoded fields of a body that is not a message; they come before those of the query. */
  readonly form?: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}
