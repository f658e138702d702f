/** The numbers of functions and routes that are deployed. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { routeIdentity } from "../../front-door/route-key.js";
import type { Plan } from "../plan.js";

/** Those with routes of their own, those for unrouted requests, and those that decide about callers. */
export function countFunctions(plan: Pick<Plan, "functions" | "ownFunctions" | "authorizers" | "unrouted">): number {
  return plan.functions.length + plan.ownFunctions.length + plan.authorizers.length + countUnrouted(plan);
}

/** The functions for requests that no route takes, and for preflights. */
export function countUnrouted({ unrouted: { withoutRpcs, fallback } }: Pick<Plan, "unrouted">): number {
  return (withoutRpcs === undefined ? 0 : 1) + (fallback === undefined ? 0 : 1);
}

/** Counts the routes that the door limits (`FrontDoorLimits.routes`). */
export function countDoorRoutes(
  {
    functions,
    ownRoutes,
    unrouted,
    listenerRules,
  }: Pick<Plan, "functions" | "ownRoutes" | "unrouted" | "listenerRules">,
  frontDoor: FrontDoor,
): number {
  if (frontDoor.routing === "ordered") return listenerRules.length;
  const own = ownRoutes.flatMap((route) => route.keys);
  const keys = [...functions.flatMap((fn) => fn.routeKeys), ...own, ...unrouted.routes.map(({ key }) => key)];
  return frontDoor.countRoutes([...new Map(keys.map((key) => [routeIdentity(key), key])).values()]);
}
