/** Functions of the user's own that several settings name. */
import { largestLimits } from "../functions/function-limits.js";
import type { OwnFunction } from "../plan.js";

/** One function with what both settings give it. Of two values of a variable the last counts, of limits the largest. A queue may be named by either. */
export function shareFunction<Fn extends Pick<OwnFunction, "environment" | "policies" | "limits" | "deadLetterQueue">>(
  first: Fn,
  second: Fn,
): Fn {
  const variables = [...first.environment, ...second.environment].map((variable) => [variable.name, variable] as const);
  const policies = [...first.policies, ...second.policies].map((policy) => [JSON.stringify(policy), policy] as const);
  const limits = largestLimits(first.limits, second.limits);
  return {
    ...first,
    environment: [...new Map(variables).values()],
    policies: [...new Map(policies).values()],
    ...(limits === undefined ? {} : { limits }),
    ...(second.deadLetterQueue === undefined ? {} : { deadLetterQueue: second.deadLetterQueue }),
  };
}
