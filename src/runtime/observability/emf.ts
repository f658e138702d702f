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

/**
 * Makes the report that writes the line of metrics. Lambda takes a line without a level for INFO, and drops it where the function's level
 * (AWS_LAMBDA_LOG_LEVEL) is above: then the line has that level, and comes through.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function emf(): Report {
  const stage = stageName();
  const { AWS_LAMBDA_LOG_LEVEL: least = "" } = process.env;
  const isAbove = ["WARN", "ERROR", "FATAL"].includes(least);
  // It is the same in every line, and most of it.
  const directivesText = JSON.stringify(directives);
  return ({ fields: { api, code = "UNKNOWN", durationMs, coldStart }, invocation: { called } }) => {
    const now = new Date();
    const values = {
      api,
      stage,
      service: called?.service || noRpc,
      method: called?.method || noRpc,
      code,
      [requests.name]: 1,
      [latency.name]: durationMs,
      [errors.name]: Number(isServerError(code)),
      [coldStarts.name]: Number(coldStart),
    };
    const level = isAbove ? `"timestamp":"${now.toISOString()}","level":"${least}",` : "";
    const about = `"_aws":{"Timestamp":${now.getTime()},"CloudWatchMetrics":${directivesText}}`;
    writeLine(`{${level}${about},${JSON.stringify(values).slice(1)}`);
  };
}
