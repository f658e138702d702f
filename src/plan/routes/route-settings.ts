/** Settings of single routes, from those of their RPCs and services. */
import { type RouteKey, routeIdentity } from "../../front-door/route-key.js";
import type { MethodPlan, RouteSettings, ThrottlingPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import type { ProjectedBinding } from "./plan-routes.js";

/** The routes that have settings of their own, in the order of the bindings. A route that RPCs share has the largest values of them all. */
export function planRouteSettings(projected: readonly ProjectedBinding[], options: PlanOptions): RouteSettings[] {
  return sharedRoutes(projected).flatMap(({ key, methods }) => {
    const throttling = throttlingOf(methods, options);
    return throttling === undefined ? [] : [{ key, throttling }];
  });
}

interface SharedRoute {
  readonly key: RouteKey;
  readonly methods: MethodPlan[];
}

function sharedRoutes(projected: readonly ProjectedBinding[]): SharedRoute[] {
  const routes = new Map<string, SharedRoute>();
  for (const { method, keys } of projected) {
    for (const key of keys) {
      const route = routes.get(routeIdentity(key)) ?? { key, methods: [] };
      route.methods.push(method);
      routes.set(routeIdentity(key), route);
    }
  }
  return [...routes.values()];
}

function throttlingOf(methods: readonly MethodPlan[], options: PlanOptions): ThrottlingPlan | undefined {
  const { methodOptions, serviceOptions } = options;
  const asked = methods.flatMap(({ service, method }) => {
    const own = methodOptions?.get(method.fullName)?.throttling ?? serviceOptions.get(service.fullName)?.throttling;
    return own ?? [];
  });
  if (asked.length === 0) return undefined;
  return {
    rate: Math.max(...asked.map(({ rate }) => rate)),
    burst: Math.max(...asked.map(({ burst }) => burst)),
  };
}
