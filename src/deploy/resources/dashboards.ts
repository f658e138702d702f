/** A dashboard for each service: its front door, and its functions. */
import { kebabCase, pascalCase, uniqueNames } from "../../plan/naming.js";
import type { Plan } from "../../plan/plan.js";
import { codeNames } from "../../runtime/status.js";
import type { Document } from "./document.js";
import {
  type CallMetric,
  countsCodes,
  deadLetterMetrics,
  type DoorMetrics,
  doorMetrics,
  functionMetric,
  type Metric,
  searchRpcs,
} from "./metrics.js";
import type { DashboardResource, FunctionResource } from "./resource-model.js";
import { join, place, type Value } from "./value.js";

/** Functions whose lines a graph has: CloudWatch draws 500 lines in one, and nobody reads as many. */
const maxLines = 100;

/** Columns of a dashboard, and the height of a graph. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const columns = 24;
const height = 6;

/** The dashboards in the order of the services; none unless they are asked for. */
export function dashboardResources(plan: Plan, functions: readonly FunctionResource[]): DashboardResource[] {
  if (plan.deployment.dashboards !== true) return [];
  const services = [...new Set(plan.methods.map(({ service }) => service.fullName))];
  const names = uniqueNames(new Map(services.map((name) => [name, pascalCase(name.split(".").at(-1) ?? "")])));
  return [...names].flatMap(([fullName, name]) => {
    const own = functions.filter(({ service, isUnrouted }) => service === fullName && !isUnrouted);
    return own.length === 0 ? [] : [{ name: kebabCase(name), service: fullName, body: bodyOf(plan, fullName, own) }];
  });
}

/** A graph: its title, how its lines are made of data points, and the lines. */
interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** A line of a graph, or the lines that an expression makes. */
type Line =
  | { readonly metric: Metric; readonly statistic: string; readonly label: string }
  | { readonly expression: Value; readonly label: string };

function bodyOf(plan: Plan, service: string, functions: readonly FunctionResource[]): Document {
  const rows = [
    doorGraphs(plan, functions),
    ...(countsCodes(plan) ? [rpcGraphs(plan, service)] : []),
    functionGraphs(functions),
    deadLetterGraphs(functions),
  ].filter((graphs) => graphs.length > 0);
  return {
    start: "-PT3H",
    widgets: rows.flatMap((graphs, row) => graphs.map((graph, at) => widget(graph, at, graphs.length, row))),
  };
}

function doorGraphs(plan: Plan, functions: readonly FunctionResource[]): Graph[] {
  const doors = doorMetrics(plan, functions.slice(0, maxLines));
  const lines = (metricsOf: (door: DoorMetrics) => readonly Metric[], statistic: string, label: string): Line[] =>
    doors.flatMap((door) =>
      metricsOf(door).map((metric) => {
        return { metric, statistic, label: door.functionId === undefined ? label : `${door.functionId} ${label}` };
      }),
    );
  const latency = (percentile: string): Line[] => lines((door) => [door.latency], percentile, percentile);
  return [
    { title: "Requests", lines: lines(({ requests }) => [requests], "Sum", "requests") },
    {
      title: "4xx and 5xx",
      lines: [
        ...lines(({ clientErrors }) => [clientErrors], "Sum", "4xx"),
        ...lines(({ serverErrors }) => serverErrors, "Sum", "5xx"),
      ],
    },
    {
      title: plan.deployment.frontDoor === "alb" ? "Latency in seconds" : "Latency in milliseconds",
      lines: [...latency("p50"), ...latency("p99")],
    },
  ];
}

/** Graphs of the metrics that functions make of each request. */
function rpcGraphs(plan: Plan, service: string): Graph[] {
  const sum = (metric: CallMetric, code?: string): Value =>
    join`SUM(${searchRpcs(plan, service, metric, "Sum", code)})`;
  return [
    {
      title: "Requests by gRPC code",
      lines: codeNames.map((code) => ({ expression: sum("requests", code), label: code })),
    },
    {
      title: "Latency p99 by RPC in milliseconds",
      lines: [{ expression: searchRpcs(plan, service, "latency", "p99"), label: "${PROP('Dim.method')}" }],
    },
    { title: "Cold starts", lines: [{ expression: sum("coldStarts"), label: "cold starts" }] },
  ];
}

function functionGraphs(functions: readonly FunctionResource[]): Graph[] {
  const shown = functions.slice(0, maxLines);
  const part = shown.length < functions.length ? `, ${shown.length} of ${functions.length} functions` : "";
  const graph = (title: string, name: string, statistic: string): Graph => ({
    title: `${title}${part}`,
    lines: shown.map(({ id }) => ({ metric: functionMetric(id, name), statistic, label: id })),
  });
  return [
    graph("Invocations", "Invocations", "Sum"),
    graph("Duration p99 in milliseconds", "Duration", "p99"),
    graph("Concurrent instances", "ConcurrentExecutions", "Maximum"),
    graph("Throttles", "Throttles", "Sum"),
  ];
}

/** Events that wait in queues, and those that Lambda could not put there. */
function deadLetterGraphs(functions: readonly FunctionResource[]): Graph[] {
  const queues = deadLetterMetrics(functions);
  if (queues.length === 0) return [];
  const own = functions.filter(({ deadLetterQueue }) => deadLetterQueue !== undefined).slice(0, maxLines);
  return [
    {
      title: "Events in dead-letter queues",
      lines: queues.map((metric, at) => {
        return { metric, statistic: "Maximum", label: queues.length === 1 ? "events" : `queue ${at + 1}` };
      }),
    },
    {
      title: "Events that reached no dead-letter queue",
      lines: own.map(({ id }) => ({ metric: functionMetric(id, "DeadLetterErrors"), statistic: "Sum", label: id })),
    },
  ];
}

function widget({ title, lines }: Graph, at: number, count: number, row: number): Document {
  const width = columns / count;
  return {
    type: "metric",
    x: at * width,
    y: row * height,
    width,
    height,
    properties: { title, region: place("region"), view: "timeSeries", period: 60, metrics: lines.map(lineMember) },
  };
}

function lineMember(line: Line): Document {
  if ("expression" in line) return [{ expression: line.expression, label: line.label }];
  const { namespace, name, dimensions } = line.metric;
  const named = dimensions.flatMap((dimension): Document[] => [dimension.name, dimension.value]);
  return [namespace, name, ...named, { stat: line.statistic, label: line.label }];
}
