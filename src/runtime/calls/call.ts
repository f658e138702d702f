/** A call in progress: the context that the handler sees, and the state of the wrapper. */
import { isOver, startDeadline } from "./deadline.js";
import type { HttpRequest } from "../http.js";
import type { Invocation } from "./invocation.js";
import { Metadata } from "../metadata.js";
import type { Logger } from "../logger.js";
import type { OutgoingHeaders } from "./reply-headers.js";
import { type MetadataReader, permanentMetadata } from "../request-metadata.js";
import type { Context, LambdaContext } from "../rpc.js";
import { RpcError } from "../status.js";

/** A call that has begun. */
export interface Call {
  readonly context: Context;
  readonly headers: Matchers;
  readonly invocation: Invocation;
  /** Whether the deadline had passed before the call began; then no handler is called. */
  readonly isOver: boolean;
  /** Fails when the deadline passes or the client has left. */
  readonly expired: Promise<never>;
  /**
   * Waits for the handler's background work, at most until the deadline, and stops the clock; returns undefined if
   * there is nothing to wait for.
   */
  readonly end: () => Promise<void> | undefined;
}

/** Mappings of headers to metadata and of metadata to headers; undefined: as grpc-gateway does. */
export interface Matchers {
  readonly incoming?: MetadataReader;
  readonly outgoing?: OutgoingHeaders;
}

/**
 * Begins a call that has `left` ms; `readMetadata` is used if the API has no matcher of its own. Throws
 * INVALID_ARGUMENT for headers that cannot be metadata.
 */
export function beginCall(
  called: Pick<Context, "service" | "method" | "binding" | "template">,
  http: HttpRequest,
  invocation: Invocation,
  left: number | undefined,
  readMetadata: MetadataReader,
  headers: Matchers = {},
): Call {
  const background: Promise<unknown>[] = [];
  const signal = lazySignal();
  const read = headers.incoming ?? readMetadata;
  const context = new CallContext(called, http, invocation, left, read, signal.get, (work) => {
    background.push(work);
  });
  // Other readers may refuse a header, and must do so before the handler runs.
  if (read !== permanentMetadata) context.metadata;
  const deadline = startDeadline(left, signal.abort);
  invocation.cancelled?.then(() => deadline.cancel(new RpcError("CANCELLED", "the client is gone")));
  const end = (): Promise<void> | undefined => {
    if (background.length > 0)
      return Promise.race([Promise.allSettled(background), deadline.expired])
        .catch(() => undefined)
        .then(deadline.stop);
    deadline.stop();
    return undefined;
  };
  return { context, headers, invocation, isOver: isOver(left), expired: deadline.expired, end };
}

/**
 * The context of a handler. A class, because making an object with getters for each call costs more than the rest of
 * the call.
 */
class CallContext implements Context {
  // `declare`: the constructor sets these properties, so the bundle needs no code for their declarations.
  declare readonly service: string;
  declare readonly method: string;
  declare readonly binding: number;
  declare readonly template: string;
  declare readonly deadline: Date | undefined;
  readonly header = new Metadata();
  readonly trailer = new Metadata();
  declare readonly requestId: string;
  declare readonly event: unknown;
  declare readonly lambda: LambdaContext;
  declare readonly http: HttpRequest;
  declare readonly log: Logger;
  declare readonly waitUntil: (work: Promise<unknown>) => void;
  #metadata: Metadata | undefined;
  readonly #readMetadata: MetadataReader;
  readonly #signal: () => AbortSignal;

  constructor(
    called: Pick<Context, "service" | "method" | "binding" | "template">,
    http: HttpRequest,
    { event, lambda = noLambda, log = console }: Invocation,
    left: number | undefined,
    readMetadata: MetadataReader,
    signal: () => AbortSignal,
    waitUntil: (work: Promise<unknown>) => void,
  ) {
    this.service = called.service;
    this.method = called.method;
    this.binding = called.binding;
    this.template = called.template;
    this.deadline = left === undefined ? undefined : new Date(Math.min(Date.now() + left, 8.64e15));
    this.requestId = lambda.awsRequestId;
    this.event = event;
    this.lambda = lambda;
    this.http = http;
    this.waitUntil = waitUntil;
    this.log = log;
    this.#readMetadata = readMetadata;
    this.#signal = signal;
  }

  /** Read on demand: most handlers never use it, and checking every header takes a good part of a warm call. */
  get metadata(): Metadata {
    this.#metadata ??= this.#readMetadata(this.http);
    return this.#metadata;
  }

  get signal(): AbortSignal {
    return this.#signal();
  }
}

/** Makes the signal on demand: most handlers never use it, and AbortController costs time in a cold start. */
function lazySignal(): { readonly get: () => AbortSignal; readonly abort: (reason: unknown) => void } {
  let controller: AbortController | undefined;
  let aborted: { readonly reason: unknown } | undefined;
  return {
    get: () => {
      if (controller === undefined) {
        controller = new AbortController();
        if (aborted !== undefined) controller.abort(aborted.reason);
      }
      return controller.signal;
    },
    abort: (reason) => {
      aborted = { reason };
      controller?.abort(reason);
    },
  };
}

/** Lambda's context for calls outside of Lambda, as in a unit test. */
const noLambda: LambdaContext = { awsRequestId: "", getRemainingTimeInMillis: () => Number.POSITIVE_INFINITY };
