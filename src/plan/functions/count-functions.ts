/** The numbers of functions and routes that are deployed. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { routeIdentity } from "../../front-door/route-key.js";
import type { Plan } from "../plan.js";

/** Those with RPCs, and the one without. */
export function countFunctions(plan: Pick<Plan, "functions" | "unrouted">): number {
  return plan.functions.length + countOwn(plan);
}

/** 1 where there is a function without RPCs. */
export function countOwn({ unrouted }: Pick<Plan, "unrouted">): number {
  return unrouted.own === undefined ? 0 : 1;
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
