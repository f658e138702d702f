/** Reports of functions about their requests. */
import type { ModuleExport } from "./method-plan.js";

/** Reports of functions about their requests, in addition to those of Lambda. */
export interface ObservabilityPlan {
  /** Whether each request has a line in the log. */
  readonly requests: boolean;
  /** Share of successful requests that have a line, 0 to 1. Errors always have one. */
  readonly sampleSuccesses: number;
  /** Shares of RPCs with one of their own. */
  readonly samples: readonly MethodSample[];
  /** Whether the line of a request at which the server failed has the error, and the request without its secrets. */
  readonly failedRequests: boolean;
  /** A logger of the user, which writes all lines but metrics. Absent: lines of JSON. */
  readonly logger?: ModuleExport;
  /** Headers (lower case) whose ids go on to what handlers call; the first names the id that a request without any gets. */
  readonly correlationIds: readonly string[];
  /** Metrics of each request. `emf`: lines of the log from which CloudWatch makes them. `pushgateway`: for Prometheus. */
  readonly metrics: "none" | "emf" | "pushgateway";
  /** Whether requests, and what their handlers call, are in the traces of X-Ray. */
  readonly tracing: boolean;
  /** Names of headers (lower case), parameters and fields that stay out of the log, in addition to those of credentials. */
  readonly redact: readonly string[];
}

/** The share of an RPC. */
export interface MethodSample {
  /** `acme.library.v1.LibraryService/GetShelf`. */
  readonly rpc: string;
  readonly share: number;
}
