/** The limits on requests of an API, which clients meet as 429, and the price of its cache: said by `generate`, because nothing in the protos hints at them. */
import type { Plan } from "../plan/plan.js";

/** A line for the summary: a name and what to say of it; none behind a front door that counts no requests. */
export function summarizeRequestLimits(plan: Plan): string[][] {
  if (!countsRequests(plan)) return [];
  const { throttling } = plan.deployment;
  const own = plan.routeSettings.length;
  const others =
    own === 0 ? "" : `; ${own === 1 ? "one route" : `${own} routes`} with limits of ${own === 1 ? "its" : "their"} own`;
  const common =
    throttling === "unlimited"
      ? "no limits but those of the account"
      : `${throttling.rate} requests a second and ${throttling.burst} at once for each route, 429 beyond: ThrottlingRateLimit, ThrottlingBurstLimit`;
  return [["limits", `${common}${others}`], ...summarizeCache(plan)];
}

/** The cache and its price, which is due whether it is asked or not. https://aws.amazon.com/api-gateway/pricing/ */
function summarizeCache({ cachedRoutes: { length }, deployment: { cacheSize } }: Plan): string[][] {
  if (length === 0) return [];
  const routes = length === 1 ? "one route" : `${length} routes`;
  const price = "0.5 GB cost $0.02 an hour in us-east-1 (November 2026), about $15 a month, and larger ones more";
  return [["cache", `${cacheSize} GB for ${routes}, paid by the hour for each stage: ${price}`]];
}

/** The same for `--json`; undefined behind a front door that counts no requests. */
export function requestLimits(plan: Plan): object | undefined {
  if (!countsRequests(plan)) return undefined;
  return {
    default: plan.deployment.throttling,
    routes: plan.routeSettings.map(({ key, throttling }) => ({
      routeKey: `${key.httpMethod} ${key.path}`,
      ...throttling,
    })),
  };
}

function countsRequests({ deployment: { frontDoor } }: Plan): boolean {
  return frontDoor === "http-api" || frontDoor === "rest-api";
}
