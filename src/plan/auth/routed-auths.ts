/** Routes of an API Gateway API with what they ask callers for. */
import { routeKeyText } from "../../front-door/route-key.js";
import type { AuthPlan } from "../plan.js";
import type { RoutedPlan } from "./auth-groups.js";

/** Every route by its key as the door writes it: `GET /v1/shelves/{shelf}`, `$default`. */
export function routedAuths({
  functions,
  ownRoutes,
  unrouted,
}: RoutedPlan): { readonly key: string; readonly auth: AuthPlan }[] {
  const routed = functions.flatMap(({ routeKeys, auth }) => routeKeys.map((key) => ({ key: routeKeyText(key), auth })));
  const own = ownRoutes.flatMap(({ keys, auth }) => keys.map((key) => ({ key: routeKeyText(key), auth })));
  return [...routed, ...own, ...unrouted.routes.map(({ key, auth }) => ({ key: routeKeyText(key), auth }))];
}
