/**
 * Routes of a REST API whose answers come from its cache. The key of an answer is the path and the parameters that are named; a cached answer is
 * right only if nothing else decides about it.
 */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type FrontDoor, withArticle } from "../../front-door/front-door.js";
import { type RouteKey, routeIdentity } from "../../front-door/route-key.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { CachedRoute, CachePlan, DeploymentPlan, FunctionPlan, MethodPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import { cacheParameters } from "./cache-parameters.js";
import type { ProjectedBinding } from "./plan-routes.js";
import { settleCache, whyNotCached } from "./why-not-cached.js";

/** The data that decides about caching. */
export interface CacheContext {
  readonly functions: readonly FunctionPlan[];
  readonly frontDoor: FrontDoor;
  readonly options: PlanOptions;
  readonly deployment: DeploymentPlan;
  readonly index: ModelIndex;
}

/** A GET route with the bindings whose requests it takes. */
interface GetRoute {
  readonly key: RouteKey;
  readonly users: ProjectedBinding[];
}

/** The routes that are cached, in the order of the bindings; PL031 for RPCs that ask for it and cannot have it. */
export function planCachedRoutes(
  projected: readonly ProjectedBinding[],
  context: CacheContext,
): { readonly cachedRoutes: CachedRoute[]; readonly diagnostics: Diagnostic[] } {
  const { frontDoor, options } = context;
  const asking = new Map<MethodPlan, CachePlan>();
  for (const { method } of projected) {
    const cache = settleCache(method, options);
    if (cache !== undefined) asking.set(method, cache);
  }
  const [first] = asking.keys();
  if (first !== undefined && frontDoor.id !== "rest-api")
    return { cachedRoutes: [], diagnostics: [otherDoor(first, frontDoor)] };
  const refused = new Map<MethodPlan, Diagnostic>();
  const cachedRoutes = getRoutes(projected).flatMap((route) => planRoute(route, asking, context, refused));
  return { cachedRoutes, diagnostics: [...refused.values(), ...withoutGet(projected, options)] };
}

function otherDoor({ method }: MethodPlan, frontDoor: FrontDoor): Diagnostic {
  return diagnostic("PL031", `answers of ${method.name} are to be cached, but ${withArticle(frontDoor)} has no cache`, {
    location: method.location,
    help: "set deployment.frontDoor to rest-api, or leave cache out and put CloudFront in front",
  });
}

function getRoutes(projected: readonly ProjectedBinding[]): GetRoute[] {
  const routes = new Map<string, GetRoute>();
  for (const each of projected)
    for (const key of each.keys) {
      if (key.httpMethod !== "GET") continue;
      const route = routes.get(routeIdentity(key)) ?? { key, users: [] };
      route.users.push(each);
      routes.set(routeIdentity(key), route);
    }
  return [...routes.values()];
}

/** All RPCs of a route are cached or none is, because the API does not tell them apart. */
function planRoute(
  { key, users }: GetRoute,
  asking: ReadonlyMap<MethodPlan, CachePlan>,
  context: CacheContext,
  refused: Map<MethodPlan, Diagnostic>,
): CachedRoute[] {
  const wanted = users.filter(({ method }) => asking.has(method));
  const [first] = wanted;
  if (first === undefined) return [];
  const other = users.find(({ method }) => !asking.has(method));
  const names = new Set<string>();
  for (const each of wanted) {
    const query = cacheParameters(each.method, each.binding, context.index);
    const reason =
      (other === undefined ? undefined : `its route also leads to ${other.method.method.name}, which is not cached`) ??
      whyNotCached(each, context) ??
      (query.kind === "unbounded" ? query.reason : undefined);
    if (reason !== undefined) refused.set(each.method, refusal(each.method, reason));
    else if (query.kind === "named") for (const name of [...identity(each.method), ...query.names]) names.add(name);
  }
  if (wanted.some(({ method }) => refused.has(method))) return [];
  const seconds = Math.min(...wanted.map(({ method }) => asking.get(method)?.seconds ?? Number.POSITIVE_INFINITY));
  return [{ key, seconds, parameters: [...names], methods: [...new Set(wanted.map(({ method }) => method))] }];
}

/** Parameters that tell callers apart. */
function identity({ auth }: MethodPlan): string[] {
  return auth.kind === "lambda" ? auth.identitySources.map((source) => source.replace("query.", "")) : [];
}

function refusal({ method }: MethodPlan, reason: string): Diagnostic {
  return diagnostic("PL031", `answers of ${method.name} cannot be cached: ${reason}`, {
    location: method.location,
    help: "set cache to false for this RPC; the key of the cache has the path and single parameters by name, and nothing else",
  });
}

/** PL031 for an RPC that asks for a cache by name and has no GET. */
function withoutGet(projected: readonly ProjectedBinding[], { methodOptions }: PlanOptions): Diagnostic[] {
  const methods = new Set(projected.map(({ method }) => method));
  return [...methods].flatMap((method) => {
    const asks = Boolean(methodOptions?.get(method.method.fullName)?.cache);
    const hasGet = method.method.bindings.some(({ httpMethod }) => httpMethod === "GET");
    return asks && !hasGet ? [refusal(method, "it has no binding with GET, which alone is cached")] : [];
  });
}
