/**
 * Metrics in CloudWatch's embedded metric format: a line of the log for each request, of which CloudWatch makes metrics.
 * Nothing is sent, and no request waits.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import { isServerError, stageName } from "./metric-values.js";
import { callDimensions, metricNamespace, metrics, noRpc, requestDimensions } from "./metric-names.js";
import type { Report } from "./observe.js";
import { writeLine } from "./write-line.js";

const { requests, latency, errors, coldStarts } = metrics;

/** Metrics with the sets of dimensions under which CloudWatch keeps them. */
const directives = [
  { Namespace: metricNamespace, Dimensions: requestDimensions, Metrics: [definition(requests)] },
  {
    Namespace: metricNamespace,
    Dimensions: callDimensions,
    Metrics: [latency, errors, coldStarts].map(definition),
  },
];

function definition({ name, unit }: { readonly name: string; readonly unit: string }): object {
  return { Name: name, Unit: unit };
}

/** Makes the report that writes the line of metrics. */
export function emf(): Report {
  const stage = stageName();
  return ({ fields: { api, code = "UNKNOWN", durationMs, coldStart }, invocation: { called } }) =>
    writeLine(
      JSON.stringify({
        _aws: { Timestamp: Date.now(), CloudWatchMetrics: directives },
        api,
        stage,
        service: called?.service || noRpc,
        method: called?.method || noRpc,
        code,
        [requests.name]: 1,
        [latency.name]: durationMs,
        [errors.name]: Number(isServerError(code)),
        [coldStarts.name]: Number(coldStart),
      }),
    );
}
