/** Metrics of the front door and of functions that AWS counts by itself. */
import type { Plan } from "../../plan/plan.js";
import {
  callDimensions,
  metricNamespace,
  metrics,
  requestDimensions,
} from "../../runtime/observability/metric-names.js";
import type { FunctionResource } from "./resource-model.js";
import { join, nameInArn, parameter, type Value } from "./value.js";

/** A metric of CloudWatch with its dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly { readonly name: string; readonly value: Value }[];
}

/**
 * Metrics of the front door of an API, or of the Function URL of a function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
 */
export interface DoorMetrics {
  /** Id of the function whose URL it is; undefined for the API. */
  readonly functionId?: string;
  readonly requests: Metric;
  readonly clientErrors: Metric;
  /** A load balancer counts its own refusals apart: a function that gave no answer. */
  readonly serverErrors: readonly Metric[];
  readonly latency: Metric;
}

/** The metrics of the front door, or of each URL; `functions` are those with URLs that are asked about. */
export function doorMetrics({ deployment }: Plan, functions: readonly { readonly id: string }[]): DoorMetrics[] {
  const stage = parameter("Stage");
  switch (deployment.frontDoor) {
    case "http-api": {
      const api = { name: "ApiId", value: { kind: "apiId" } as const };
      const dimensions = [api, { name: "Stage", value: "$default" }];
      return [named("AWS/ApiGateway", dimensions, "Count", "4xx", ["5xx"], "Latency")];
    }
    case "rest-api": {
      const api = { name: "ApiName", value: join`${deployment.apiName}-${stage}` };
      const dimensions = [api, { name: "Stage", value: stage }];
      return [named("AWS/ApiGateway", dimensions, "Count", "4XXError", ["5XXError"], "Latency")];
    }
    case "alb": {
      const dimensions = [{ name: "LoadBalancer", value: { kind: "loadBalancer" } as const }];
      const failures = ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"];
      const refusals = "HTTPCode_Target_4XX_Count";
      return [named("AWS/ApplicationELB", dimensions, "RequestCount", refusals, failures, "TargetResponseTime")];
    }
    case "function-url":
      return functions.map(({ id }) => {
        const dimensions = functionDimensions(id);
        const own = named(
          "AWS/Lambda",
          dimensions,
          "UrlRequestCount",
          "Url4xxCount",
          ["Url5xxCount"],
          "UrlRequestLatency",
        );
        return { ...own, functionId: id };
      });
    default:
      return deployment.frontDoor satisfies never;
  }
}

function named(
  namespace: string,
  dimensions: Metric["dimensions"],
  requests: string,
  clientErrors: string,
  serverErrors: readonly string[],
  latency: string,
): DoorMetrics {
  const metric = (name: string): Metric => ({ namespace, name, dimensions });
  return {
    requests: metric(requests),
    clientErrors: metric(clientErrors),
    serverErrors: serverErrors.map(metric),
    latency: metric(latency),
  };
}

/** The number of events in each queue for those that failed. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function deadLetterMetrics(functions: readonly Pick<FunctionResource, "deadLetterQueue">[]): Metric[] {
  const arns = functions.flatMap(({ deadLetterQueue }) => deadLetterQueue ?? []);
  const queues = new Map(arns.map((arn) => [JSON.stringify(arn), arn]));
  return [...queues.values()].map((arn) => ({
    namespace: "AWS/SQS",
    name: "ApproximateNumberOfMessagesVisible",
    dimensions: [{ name: "QueueName", value: queueName(arn) }],
  }));
}

function queueName(arn: Value): Value {
  const isOwn = typeof arn === "object" && arn.kind === "deadLetterQueue";
  return isOwn ? { kind: "deadLetterQueue", fact: "name" } : nameInArn(arn);
}

/** A metric of AWS/Lambda of one function, over all of its versions. */
export function functionMetric(id: string, name: string): Metric {
  return { namespace: "AWS/Lambda", name, dimensions: functionDimensions(id) };
}

function functionDimensions(id: string): Metric["dimensions"] {
  return [{ name: "FunctionName", value: { kind: "function", id, part: "name" } }];
}

/** Whether functions make metrics of their own (`observability.metrics`). */
export function countsCodes({ observability }: Plan): boolean {
  return observability?.metrics === "emf";
}

/** Requests of the API that ended with a gRPC code, where functions count them. */
export function codeMetric({ deployment }: Plan, code: string): Metric {
  const dimensions = [...stageDimensions(deployment.apiName), { name: "code", value: code }];
  return { namespace: metricNamespace, name: metrics.requests.name, dimensions };
}

function stageDimensions(apiName: string): Metric["dimensions"] {
  return [
    { name: "api", value: apiName },
    { name: "stage", value: parameter("Stage") },
  ];
}

/** Metrics that the RPCs of a service have of their own; `requests` by code, the others without. */
export type CallMetric = keyof typeof metrics;

/**
 * An expression that finds a metric of all RPCs of a service, or of those requests that ended with `code`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function searchRpcs(
  { deployment }: Plan,
  service: string,
  metric: CallMetric,
  statistic: string,
  code?: string,
): Value {
  const dimensions = metric === "requests" ? requestDimensions[1] : callDimensions[1];
  const wanted = join`MetricName="${metrics[metric].name}" api="${deployment.apiName}" stage="${parameter("Stage")}" service="${service}"`;
  const ofCode = code === undefined ? "" : ` code="${code}"`;
  return join`SEARCH('{${metricNamespace},${dimensions.join(",")}} ${wanted}${ofCode}', '${statistic}', 60)`;
}
