/** Alarms that can go off: failures of RPCs are answers of the front door, which Lambda counts as successes. */
import type { Plan } from "../../plan/plan.js";
import { errorCodes } from "../../runtime/observability/metric-names.js";
import { codeMetric, countsCodes, deadLetterMetrics, doorMetrics, functionMetric, type Metric } from "./metrics.js";
import type { AlarmResource, FunctionResource } from "./resource-model.js";

/** Metrics of one alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html */
const maxMetrics = 10;

/** Requests in five minutes below which a share of failures says nothing: one failure in 20 is 5 %. */
const fewRequests = 100;

/** Two of three: one bad minute calls nobody. */
const mostMinutes = { periods: 3, datapoints: 2 } as const;

/** The alarms of an API; none unless they are asked for. */
export function alarmResources(plan: Plan, functions: readonly FunctionResource[]): AlarmResource[] {
  if (plan.deployment.alarms === undefined) return [];
  return [
    ...serverErrors(plan, functions),
    ...serverErrorRates(plan, functions),
    ...(countsCodes(plan) ? errorCodes.map((code) => failedWith(code, plan)) : []),
    ...throttles(functions),
    ...deadLetters(functions),
    concurrency,
  ];
}

/** Names of the alarms that take a release back. They are known before there are any: an alarm names the API, which names the aliases. */
export function releaseAlarms(alarms: readonly AlarmResource[]): string[] {
  return alarms.filter(({ endsRelease }) => endsRelease).map(({ name }) => name);
}

function serverErrors(plan: Plan, functions: readonly FunctionResource[]): AlarmResource[] {
  const metrics = doorMetrics(plan, functions).flatMap((door) => door.serverErrors);
  return split(metrics, maxMetrics, "server-errors").map(([name, own]) => ({
    name,
    description: `Answers with a status of 5xx in a minute, in two of three minutes.${ofWhole(plan)}`,
    terms: sumTerms(own, "errors"),
    period: 60,
    threshold: "AlarmServerErrors",
    ...mostMinutes,
    endsRelease: true,
  }));
}

function serverErrorRates(plan: Plan, functions: readonly FunctionResource[]): AlarmResource[] {
  return split(doorMetrics(plan, functions), maxMetrics / 2, "server-error-rate").map(([name, doors]) => {
    const failed = sums(
      doors.flatMap((door) => door.serverErrors),
      "errors",
    );
    const all = sums(
      doors.map(({ requests }) => requests),
      "requests",
    );
    const [errors, requests] = [failed, all].map((terms) => `(${sumOf(terms)})`);
    const rate = `IF(${requests}>=${fewRequests},100*${errors}/${requests},0)`;
    return {
      name,
      description: `Percent of requests answered with 5xx in five minutes with ${fewRequests} requests at least, in two of three.${ofWhole(plan)}`,
      terms: [...failed, ...all, { id: "rate", expression: rate, label: "5xx in percent" }],
      period: 300,
      threshold: "AlarmServerErrorRate",
      ...mostMinutes,
      endsRelease: false,
    };
  });
}

/** The code tells at once whose failure it is: INTERNAL the handler's, UNAVAILABLE that of something it calls. */
function failedWith(code: string, plan: Plan): AlarmResource {
  return {
    name: code.toLowerCase().replaceAll("_", "-"),
    description: `Requests that ended with ${code} in a minute, in two of three minutes.`,
    terms: sumTerms([codeMetric(plan, code)], "requests"),
    period: 60,
    threshold: "AlarmServerErrors",
    ...mostMinutes,
    endsRelease: true,
  };
}

function throttles(functions: readonly FunctionResource[]): AlarmResource[] {
  const metrics = functions.map(({ id }) => functionMetric(id, "Throttles"));
  return split(metrics, maxMetrics, "throttles").map(([name, own]) => ({
    name,
    description: "Requests that Lambda refused in a minute because no instance was free, in two of three minutes.",
    terms: sumTerms(own, "throttles"),
    period: 60,
    threshold: "AlarmThrottles",
    ...mostMinutes,
    endsRelease: false,
  }));
}

/** An event stays in its queue until somebody looks at it, and so does the alarm. */
function deadLetters(functions: readonly FunctionResource[]): AlarmResource[] {
  return split(deadLetterMetrics(functions), maxMetrics, "dead-letters").map(([name, own]) => ({
    name,
    description: "Events in queues for those that functions failed on, in two of three minutes.",
    terms: sumTerms(own, "events", "Maximum"),
    period: 60,
    threshold: "AlarmDeadLetters",
    ...mostMinutes,
    endsRelease: false,
  }));
}

/** The account's limit is for all of its functions in a region together. */
const concurrency: AlarmResource = {
  name: "concurrency",
  description: "Instances in use or reserved by all functions of the account in this region, in two of three minutes.",
  terms: [
    {
      id: "instances",
      metric: { namespace: "AWS/Lambda", name: "ClaimedAccountConcurrency", dimensions: [] },
      statistic: "Maximum",
    },
  ],
  period: 60,
  threshold: "AlarmConcurrency",
  ...mostMinutes,
  endsRelease: false,
};

function ofWhole({ deployment }: Plan): string {
  const isShared = deployment.frontDoor === "alb" && deployment.loadBalancer === "existing";
  return isShared ? " Of the whole load balancer, others' requests included." : "";
}

/** Metrics as terms; `statistic` makes one number of the samples of a period. */
function sums(metrics: readonly Metric[], id: string, statistic: "Sum" | "Maximum" = "Sum") {
  return metrics.map(
    (metric, at) => ({ id: metrics.length === 1 ? id : `${id}${at + 1}`, metric, statistic }) as const,
  );
}

function sumTerms(metrics: readonly Metric[], id: string, statistic?: "Maximum"): AlarmResource["terms"] {
  const terms = sums(metrics, id, statistic);
  if (terms.length === 1) return terms;
  return [...terms, { id, expression: sumOf(terms), label: id }];
}

/** Metrics without data in a minute count as 0; a sum with one of them would have none. */
function sumOf(terms: readonly { readonly id: string }[]): string {
  return terms.map(({ id }) => `FILL(${id},0)`).join("+");
}

/** Parts of at most `most`: `throttles`, or `throttles-1` and `throttles-2`. */
function split<Item>(items: readonly Item[], most: number, name: string): [name: string, items: readonly Item[]][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, at) => [
    count === 1 ? name : `${name}-${at + 1}`,
    items.slice(at * most, (at + 1) * most),
  ]);
}
