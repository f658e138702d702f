/** The numbers of functions and routes that are deployed. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { routeIdentity } from "../../front-door/route-key.js";
import type { Plan } from "../plan.js";

/** Those with routes of their own, and those for unrouted requests. */
export function countFunctions(plan: Pick<Plan, "functions" | "unrouted">): number {
  return plan.functions.length + countUnrouted(plan);
}

/** The functions for requests that no route takes, and for preflights. */
export function countUnrouted({ unrouted: { withoutRpcs, fallback } }: Pick<Plan, "unrouted">): number {
  return (withoutRpcs === undefined ? 0 : 1) + (fallback === undefined ? 0 : 1);
}

/** Counts the routes that the door limits (`FrontDoorLimits.routes`). */
export function countDoorRoutes(
  { functions, unrouted, listenerRules }: Pick<Plan, "functions" | "unrouted" | "listenerRules">,
  frontDoor: FrontDoor,
): number {
  if (frontDoor.routing === "ordered") return listenerRules.length;
  const keys = [...functions.flatMap((fn) => fn.routeKeys), ...unrouted.routes.map(({ key }) => key)];
  return frontDoor.countRoutes([...new Map(keys.map((key) => [routeIdentity(key), key])).values()]);
}
