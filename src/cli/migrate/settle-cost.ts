/** Flags about cost, and the estimate that they ask for. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readBounded } from "../../bounded-file.js";
import { type CostEstimate, estimateCost } from "../../migrate/cost/cost-estimate.js";
import type { Usage } from "../../migrate/cost/monthly-cost.js";
import { type Prices, readPrices } from "../../migrate/cost/prices.js";
import type { PageComparison } from "../../migrate/page/page-data.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import type { Plan } from "../../plan/plan.js";

/** The use of an API, and the old service, as the command line says it. */
export interface CostFlags {
  readonly requests: number;
  readonly duration?: number;
  readonly payload: number;
  readonly logs: number;
  readonly oldMonthly?: number;
  readonly pods?: number;
  readonly podPrice?: number;
  readonly prices?: string;
  readonly nat?: boolean;
}

/** Estimates the cost of a plan. A text says what is wrong with the flags. */
export function settleCost(
  plan: Plan,
  flags: CostFlags,
  summary: PageComparison | undefined,
  cwd: string,
): CostEstimate | string {
  const prices = loadPrices(flags.prices, cwd);
  if (typeof prices === "string") return prices;
  const duration = flags.duration ?? measuredDuration(summary);
  if (duration === undefined) return "there is no duration: give --duration, or compare first";
  const problem = oldCostProblem(flags);
  if (problem !== undefined) return problem;
  const old = flags.oldMonthly ?? (flags.pods === undefined ? undefined : flags.pods * (flags.podPrice ?? 0));
  return estimateCost(usageOf(plan, flags, duration), prices, old);
}

function oldCostProblem({ pods, podPrice, oldMonthly }: CostFlags): string | undefined {
  if ((pods === undefined) !== (podPrice === undefined)) return "--pods and --pod-price belong together";
  return pods !== undefined && oldMonthly !== undefined ? "expected --old-monthly or --pods, found both" : undefined;
}

/** A text says what is wrong. */
function loadPrices(flag: string | undefined, cwd: string): Prices | string {
  const path =
    flag === undefined ? fileURLToPath(new URL("../../../prices/2026-11.json", import.meta.url)) : resolve(cwd, flag);
  try {
    const read = readBounded(path, 1_000_000);
    if (read.kind === "tooLarge") return `${flag}: it has ${read.size}, expected a file of prices`;
    const prices = readPrices(read.bytes.toString());
    return typeof prices === "string" ? `${flag}: ${prices}` : prices;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `${flag} cannot be read (${String(error.code)})`;
  }
}

/** The median over all RPCs, weighted by their requests. Functions in this process say nothing about those of AWS. */
function measuredDuration(summary: PageComparison | undefined): number | undefined {
  if (summary === undefined) return undefined;
  const side = /^https?:/.test(summary.new) ? "new" : "old";
  const rows = summary.rpcs.filter((row) => row[side].count > 0);
  const total = rows.reduce((sum, row) => sum + row[side].count, 0);
  return total === 0 ? undefined : rows.reduce((sum, row) => sum + row[side].p50 * row[side].count, 0) / total;
}

function usageOf(plan: Plan, flags: CostFlags, duration: number): Usage {
  const { deployment } = plan;
  return {
    requests: flags.requests,
    duration,
    memory: deployment.memorySize,
    architecture: deployment.architecture,
    payload: flags.payload,
    logs: flags.logs,
    nat: flags.nat === true,
    provisioned: provisionedGb(plan),
    cache: plan.cachedRoutes.length === 0 ? 0 : deployment.cacheSize,
    sharedLoadBalancer: deployment.loadBalancer === "existing",
  };
}

function provisionedGb(plan: Plan): number {
  return functionsWithRpcs(plan).reduce((sum, { limits = {} }) => {
    const { memorySize, provisionedConcurrency = 0 } = limitsOf({ limits }, plan.deployment);
    return sum + (memorySize / 1024) * provisionedConcurrency;
  }, 0);
}
