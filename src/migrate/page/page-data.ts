/** Content of the page: the routes and functions of a plan, and the comparison where there is one. */
import { compareText, type Diagnostic } from "../../diagnostics.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { Plan } from "../../plan/plan.js";
import type { CostEstimate } from "../cost/cost-estimate.js";
import { type TrafficState, trafficState } from "../traffic/traffic-state.js";
import type { Finding, RpcSummary, Summary } from "../results/summary.js";

/** States of an RPC, worst first. */
export const rpcStates = ["differs", "never compared", "alike"] as const;

/** A row of the page. */
export interface PageRow {
  /** `GET /v1/{name=shelves/*}` */
  readonly binding: string;
  /** Full name. */
  readonly rpc: string;
  readonly functionId: string;
  readonly state: (typeof rpcStates)[number];
  /** The side that answers it. */
  readonly traffic: TrafficState;
  readonly measured?: RpcSummary;
}

/** A Lambda function. */
export interface PageFunction {
  readonly id: string;
  readonly rpcs: number;
  /** MB, seconds. */
  readonly memory: number;
  readonly timeout: number;
  /** Bytes of the zip that the last build made; absent where it is not built. */
  readonly zipBytes?: number;
}

/** A comparison as the page shows it. */
export interface PageComparison extends Summary {
  readonly old: string;
  readonly new: string;
  /** The reason why it was stopped. */
  readonly stopped: string | null;
  /** Absent in summaries of versions before it was kept. */
  readonly run?: ComparisonRun;
}

/** The way a comparison was made, without anything secret. */
export interface ComparisonRun {
  /** Version of the tool. */
  readonly version: string;
  /** Names of the recordings; `generated:200:7` is 200 requests from the schema with the seed 7. */
  readonly sources: readonly string[];
  /** Whether the old side was asked twice. */
  readonly noise: boolean;
}

/** Everything in addition to the plan that a page is made of. */
export interface PageSources {
  readonly diagnostics: readonly Diagnostic[];
  readonly comparison?: PageComparison;
  /** Absent where nobody said how many requests there are. */
  readonly cost?: CostEstimate;
  /** Bytes of the zips by id of their function. */
  readonly zipBytes: ReadonlyMap<string, number>;
  readonly date: Date;
}

/** All of a page. */
export interface PageData {
  readonly title: string;
  /** ISO 8601, in whole seconds. */
  readonly date: string;
  readonly frontDoor: string;
  readonly rows: readonly PageRow[];
  readonly functions: readonly PageFunction[];
  /** Bytes that a zip may have, where the configuration says so. */
  readonly maxZipBytes?: number;
  readonly cost?: CostEstimate;
  readonly comparison?: PageComparison;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the data, rows in the order of risk. */
export function pageData(plan: Plan, { diagnostics, comparison, cost, zipBytes, date }: PageSources): PageData {
  const { maxZipBytes } = plan.build;
  return {
    title: plan.deployment.apiName,
    date: date.toISOString().replace(/\.\d+Z$/, "Z"),
    frontDoor: plan.deployment.frontDoor,
    rows: pageRows(plan, comparison).sort(byRisk),
    functions: pageFunctions(plan, zipBytes),
    ...(maxZipBytes === undefined ? {} : { maxZipBytes }),
    ...(cost === undefined ? {} : { cost }),
    ...(comparison === undefined ? {} : { comparison }),
    diagnostics,
  };
}

function pageRows({ routes }: Plan, comparison: PageComparison | undefined): PageRow[] {
  const measured = new Map(comparison?.rpcs.map((row) => [row.rpc, row]));
  return routes.map(({ method, binding, functionId }) => {
    const rpc = method.method.fullName;
    const own = measured.get(rpc);
    return {
      binding: `${binding.httpMethod} ${binding.template.source}`,
      rpc,
      functionId,
      state: stateOf(own, comparison?.findings ?? []),
      traffic: trafficState(method),
      ...(own === undefined ? {} : { measured: own }),
    };
  });
}

function pageFunctions(plan: Plan, sizes: ReadonlyMap<string, number>): PageFunction[] {
  return functionsWithRpcs(plan).map(({ id, methods, limits = {} }) => {
    const { memorySize: memory, timeout } = limitsOf({ limits }, plan.deployment);
    const zipBytes = sizes.get(id);
    return { id, rpcs: methods.length, memory, timeout, ...(zipBytes === undefined ? {} : { zipBytes }) };
  });
}

function stateOf(measured: RpcSummary | undefined, findings: readonly Finding[]): PageRow["state"] {
  if (measured === undefined || measured.requests === 0) return "never compared";
  const differs = findings.some(({ rpc, verdict }) => rpc === measured.rpc && verdict === "difference");
  return differs ? "differs" : "alike";
}

function byRisk(a: PageRow, b: PageRow): number {
  return (
    rpcStates.indexOf(a.state) - rpcStates.indexOf(b.state) ||
    (b.measured?.different ?? 0) - (a.measured?.different ?? 0) ||
    compareText(a.rpc, b.rpc) ||
    compareText(a.binding, b.binding)
  );
}
