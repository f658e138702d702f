/** Which RPC a request is meant for, whatever front door it came through. */
import { matchesPath } from "../../http-rule/overlap.js";
import { compareSpecificity } from "../../http-rule/specificity.js";
import type { RoutePlan } from "../../plan/plan.js";

/**
 * The route with the most specific template of those that take the request; of those that take its path when none has the method.
 * `target` is path and query as sent.
 */
export function findMatchingRoute<Route extends Pick<RoutePlan, "binding">>(
  routes: readonly Route[],
  method: string,
  target: string,
): Route | undefined {
  const path = decode(target.split("?")[0] ?? "")
    .split("/")
    .slice(1);
  const matching = routes
    .filter(({ binding }) => matchesPath(binding.template, path))
    .sort((a, b) => compareSpecificity(a.binding.template, b.binding.template));
  return matching.find(({ binding }) => [method, "*"].includes(binding.httpMethod)) ?? matching[0];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
