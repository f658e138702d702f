/**
 * Names of the metrics that functions emit, for alarms and dashboards as well. Dimensions are bounded by the API: a
 * request that matches no RPC has `noRpc` as its service and method.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** The namespace of every metric in CloudWatch. */
export const metricNamespace = "grpc2lambda";

/** Metrics with their units. `requests` and `errors` are 1 or 0 for each request: their sums are numbers of requests. */
export const metrics = {
  /** Answered requests. */
  requests: { name: "Requests", unit: "Count" },
  /** From the event to the end of the response. */
  latency: { name: "Latency", unit: "Milliseconds" },
  /** Requests that ended with one of `errorCodes`. */
  errors: { name: "Errors", unit: "Count" },
  /** Requests that were the first of their process. */
  coldStarts: { name: "ColdStarts", unit: "Count" },
} as const;

/**
 * Sets of dimensions of `requests`: for the API and for each RPC, by code. `api` is the name of the API
 * (`deployment.apiName`), `stage` the variable STAGE, `service` the full name, `method` the RPC's own name, and `code`
 * the name of the gRPC code.
 */
export const requestDimensions = [
  ["api", "stage", "code"],
  ["api", "stage", "service", "method", "code"],
] as const;

/** Sets of dimensions of the other metrics: for the API, and for each RPC. */
export const callDimensions = [
  ["api", "stage"],
  ["api", "stage", "service", "method"],
] as const;

/** Service and method of a request that matches no RPC: CloudWatch refuses empty dimensions. */
export const noRpc = "none";

/** Codes by which the server says that it failed, as opposed to the client. */
export const errorCodes = ["UNKNOWN", "DEADLINE_EXCEEDED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"] as const;
