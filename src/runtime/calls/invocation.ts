/** One invocation of the function: what it begins with, and what is noted about it on its way. */
import type { HttpRequest, HttpResponse } from "../http.js";
import type { Logger } from "../logger.js";
import type { Context, LambdaContext } from "../rpc.js";
import type { Status } from "../status.js";

/** An invocation. It fills up on its way. */
export interface Invocation {
  readonly event: unknown;
  readonly lambda: LambdaContext | undefined;
  /** The logger of handlers. Absent if nothing follows the request. */
  readonly log?: Logger;
  /** The request as the door has read it. */
  request?: HttpRequest;
  /** Fulfilled when the client has left; absent if the door cannot know. */
  cancelled?: Promise<void>;
  /** The answer to a path that no route matches. Default: NOT_FOUND. */
  unrouted?: HttpResponse | undefined;
  /** The RPC that answers. Its service is "" if it is one of another function. */
  called?: Called;
  /** The value that a handler threw last. */
  error?: unknown;
  /** The response that was made last. */
  response?: Pick<HttpResponse, "status" | "failure">;
  /** Messages of a streamed reply that were sent. */
  messages?: number;
  /** The end of a stream that ends early. It counts more than that of the response. */
  broken?: Status;
}

/** The RPC of a request. */
export interface Called extends Pick<Context, "service" | "method" | "template"> {
  /** The side that answers, while traffic moves from the old one to the new one. */
  readonly side?: "new" | "old";
}
