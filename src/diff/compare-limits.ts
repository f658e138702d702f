/** Differences in how many requests an API takes. */
import { usagePlanOf } from "../plan/auth/usage-plan.js";
import type { Plan, ThrottlingPlan, UsagePlan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares the limits of all routes, and of routes with their own. A lower limit breaks clients that send more. */
export function compareLimits(before: Plan, after: Plan): Change[] {
  return [...compareRouteLimits(before, after), ...compareUsagePlans(before, after), ...compareCaches(before, after)];
}

function compareRouteLimits(before: Plan, after: Plan): Change[] {
  const [old, now] = [limitsByRoute(before), limitsByRoute(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const was = old.get(name) ?? before.deployment.throttling;
    const is = now.get(name) ?? after.deployment.throttling;
    if (describe(was) === describe(is)) return [];
    const subject = name === everyRoute ? "each route takes" : `${name} takes`;
    return [change("limit", name, isLess(is, was), `${subject} ${describe(is)}, before ${describe(was)}`)];
  });
}

/** The usage plan of keys; that a key is asked for is a change of authentication. */
function compareUsagePlans(before: Plan, after: Plan): Change[] {
  const [old, now] = [usagePlanOf(before), usagePlanOf(after)];
  if (old === undefined || now === undefined) return [];
  const [was, is] = [old.throttling ?? "unlimited", now.throttling ?? "unlimited"] as const;
  const throttling =
    describe(was) === describe(is)
      ? []
      : [
          change(
            "limit",
            "throttling of keys",
            isLess(is, was),
            `each key may send ${describe(is)}, before ${describe(was)}`,
          ),
        ];
  const [had, has] = [describeQuota(old), describeQuota(now)];
  const isTighter = perDay(now) < perDay(old);
  const quota =
    had === has ? [] : [change("limit", "quota of keys", isTighter, `each key may send ${has}, before ${had}`)];
  const source =
    old.keySource === now.keySource
      ? []
      : [
          change(
            "access",
            "API keys",
            true,
            `API keys come from the ${now.keySource}, before from the ${old.keySource}`,
          ),
        ];
  return [...throttling, ...quota, ...source];
}

function describeQuota({ quota }: UsagePlan): string {
  return quota === undefined ? "any number of requests" : `${quota.requests} requests a ${quota.per}`;
}

const days = { day: 1, week: 7, month: 30 } as const;

function perDay({ quota }: UsagePlan): number {
  return quota === undefined ? Number.POSITIVE_INFINITY : quota.requests / days[quota.per];
}

function isLess(is: Limits, was: Limits): boolean {
  return rateOf(is) < rateOf(was) || burstOf(is) < burstOf(was);
}

/** Answers that clients get from a cache: old ones, for longer, may not be what they expect. */
function compareCaches(before: Plan, after: Plan): Change[] {
  const [old, now] = [before, after].map(
    ({ cachedRoutes }) => new Map(cachedRoutes.map(({ key, seconds }) => [`${key.httpMethod} ${key.path}`, seconds])),
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names.flatMap((name) => {
    const [was = 0, is = 0] = [old?.get(name), now?.get(name)];
    if (was === is) return [];
    const text = (seconds: number) => (seconds === 0 ? "not cached" : `cached for ${seconds} seconds`);
    return [change("cache", name, is > was, `answers of ${name} are ${text(is)}, before ${text(was)}`)];
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
