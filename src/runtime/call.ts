/** A call under way: the context that the handler sees, and what the wrapper keeps to itself. */
import { startDeadline } from "./deadline.js";
import type { Invocation } from "./endpoint.js";
import type { HttpRequest } from "./http.js";
import { Metadata } from "./metadata.js";
import { type HeaderMatcher, requestMetadata } from "./request-metadata.js";
import type { OutgoingMatcher } from "./reply-headers.js";
import type { Context, LambdaContext } from "./rpc.js";
import { RpcError } from "./status.js";

/** A call that has begun. */
export interface Call {
  readonly context: Context;
  readonly headers: Matchers;
  /** Fails when the deadline passes or the client is gone. */
  readonly expired: Promise<never>;
  /** Waits for the handler's background work, at most until the deadline, and stops the clock. */
  readonly end: () => Promise<void>;
}

/** Which headers become metadata, and which metadata becomes headers; undefined for grpc-gateway's way. */
export interface Matchers {
  readonly incoming?: HeaderMatcher;
  readonly outgoing?: OutgoingMatcher;
}

/** Begins a call that has `left` ms. Throws INVALID_ARGUMENT for headers that cannot be metadata. */
export function beginCall(
  called: Pick<Context, "service" | "method" | "binding" | "template">,
  http: HttpRequest,
  invocation: Invocation,
  left: number | undefined,
  headers: Matchers = {},
): Call {
  const background: Promise<unknown>[] = [];
  const lambda = invocation.lambda ?? noLambda;
  const signal = lazySignal();
  const context: Context = {
    service: called.service,
    method: called.method,
    binding: called.binding,
    template: called.template,
    metadata: requestMetadata(http, headers.incoming),
    deadline: left === undefined ? undefined : new Date(Math.min(Date.now() + left, 8.64e15)),
    get signal() {
      return signal.get();
    },
    header: new Metadata(),
    trailer: new Metadata(),
    http,
    requestId: lambda.awsRequestId,
    event: invocation.event,
    lambda,
    waitUntil: (work) => void background.push(work),
  };
  const deadline = startDeadline(left, signal.abort);
  invocation.cancelled?.then(() => deadline.cancel(new RpcError("CANCELLED", "the client is gone")));
  const end = async (): Promise<void> => {
    await Promise.race([Promise.allSettled(background), deadline.expired]).catch(() => undefined);
    deadline.stop();
  };
  return { context, headers, expired: deadline.expired, end };
}

/** Most handlers never look at the signal, and AbortController costs a cold start time: it is made on demand. */
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

/** Where there is no Lambda around the call, as in a unit test. */
const noLambda: LambdaContext = { awsRequestId: "", getRemainingTimeInMillis: () => Number.POSITIVE_INFINITY };
