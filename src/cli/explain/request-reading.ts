/** What the answering binding makes of a request. */
import type { QueryEffect } from "./query-effect.js";

/** The request message and how it came about. */
export interface RequestReading {
  readonly query: readonly QueryEffect[];
  /** As a handler gets it, with an empty body; undefined when it could not be made. */
  readonly request?: unknown;
  /** Message of the 400 that answers the request. */
  readonly refusal?: string;
}
