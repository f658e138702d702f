/** Differences in how many requests an API takes. */
import type { Plan, ThrottlingPlan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares the limits of all routes, and of routes with their own. A lower limit breaks clients that send more. */
export function compareLimits(before: Plan, after: Plan): Change[] {
  const [old, now] = [limitsByRoute(before), limitsByRoute(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const was = old.get(name) ?? before.deployment.throttling;
    const is = now.get(name) ?? after.deployment.throttling;
    if (describe(was) === describe(is)) return [];
    const breaking = rateOf(is) < rateOf(was) || burstOf(is) < burstOf(was);
    const subject = name === everyRoute ? "each route takes" : `${name} takes`;
    return [change("limit", name, breaking, `${subject} ${describe(is)}, before ${describe(was)}`)];
  });
}

type Limits = ThrottlingPlan | "unlimited";

const everyRoute = "every route";

function limitsByRoute({ deployment, routeSettings }: Plan): Map<string, Limits> {
  const own = routeSettings.map(({ key, throttling }) => [`${key.httpMethod} ${key.path}`, throttling] as const);
  return new Map<string, Limits>([[everyRoute, deployment.throttling], ...own]);
}

function describe(limits: Limits): string {
  return limits === "unlimited" ? "what the account does" : `${limits.rate} requests a second, ${limits.burst} at once`;
}

function rateOf(limits: Limits): number {
  return limits === "unlimited" ? Number.POSITIVE_INFINITY : limits.rate;
}

function burstOf(limits: Limits): number {
  return limits === "unlimited" ? Number.POSITIVE_INFINITY : limits.burst;
}
