/** The functions that a plan deploys. */
import type { FunctionPlan } from "../plan.js";

/** The functions of a plan, by what is known of each. */
interface Functions<Fn extends FunctionPlan> {
  readonly functions: readonly Fn[];
  readonly unrouted: { readonly fallback?: Fn };
}

/** Those with RPCs: `functions`, and the one with every RPC for requests that no route takes. */
export function functionsWithRpcs<Fn extends FunctionPlan>({ functions, unrouted }: Functions<Fn>): Fn[] {
  return unrouted.fallback === undefined ? [...functions] : [...functions, unrouted.fallback];
}
