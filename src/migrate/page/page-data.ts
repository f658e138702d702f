/** Content of the page: the routes and functions of a plan, and the comparison where there is one. */
import { compareText, type Diagnostic } from "../../diagnostics.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { Plan } from "../../plan/plan.js";
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
  readonly measured?: RpcSummary;
}

/** A Lambda function. */
export interface PageFunction {
  readonly id: string;
  readonly rpcs: number;
  /** MB, seconds. */
  readonly memory: number;
  readonly timeout: number;
}

/** A comparison as the page shows it. */
export interface PageComparison extends Summary {
  readonly old: string;
  readonly new: string;
  /** The reason why it was stopped. */
  readonly stopped: string | null;
}

/** All of a page. */
export interface PageData {
  readonly title: string;
  /** ISO 8601, in whole seconds. */
  readonly date: string;
  readonly frontDoor: string;
  readonly rows: readonly PageRow[];
  readonly functions: readonly PageFunction[];
  readonly comparison?: PageComparison;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the data, rows in the order of risk. */
export function pageData(
  plan: Plan,
  diagnostics: readonly Diagnostic[],
  comparison: PageComparison | undefined,
  date: Date,
): PageData {
  const measured = new Map(comparison?.rpcs.map((row) => [row.rpc, row]));
  const rows = plan.routes.map(({ method: { method }, binding, functionId }): PageRow => {
    const own = measured.get(method.fullName);
    const row = { binding: `${binding.httpMethod} ${binding.template.source}`, rpc: method.fullName, functionId };
    return { ...row, state: stateOf(own, comparison?.findings ?? []), ...(own === undefined ? {} : { measured: own }) };
  });
  return {
    title: plan.deployment.apiName,
    date: date.toISOString().replace(/\.\d+Z$/, "Z"),
    frontDoor: plan.deployment.frontDoor,
    rows: rows.sort(byRisk),
    functions: functionsWithRpcs(plan).map(({ id, methods, limits = {} }) => {
      const { memorySize: memory, timeout } = limitsOf({ limits }, plan.deployment);
      return { id, rpcs: methods.length, memory, timeout };
    }),
    ...(comparison === undefined ? {} : { comparison }),
    diagnostics,
  };
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
