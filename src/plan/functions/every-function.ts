/** The functions that a plan deploys. */
import type { FunctionPlan, Plan } from "../plan.js";

/** Those with RPCs: `functions`, and the one with every RPC for requests that no route takes. */
export function functionsWithRpcs({ functions, unrouted }: Pick<Plan, "functions" | "unrouted">): FunctionPlan[] {
  return unrouted.fallback === undefined ? [...functions] : [...functions, unrouted.fallback];
}
