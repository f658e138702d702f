/** The request message that the answering binding makes. */
import type { QueryEffect } from "./query-effect.js";

/** The request message and how it came about. */
export interface RequestReading {
  readonly query: readonly QueryEffect[];
  /** The message as a handler gets it, with an empty body; undefined if it could not be made. */
  readonly request?: unknown;
  /** Message of the 400 that answers the request. */
  readonly refusal?: string;
}
