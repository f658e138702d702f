/** Functions of one authentication each: what lets a request in at the door then holds for every RPC that it can reach. */
import type { FrontDoor } from "../../front-door/front-door.js";
import type { AuthPlan, MethodPlan, Plan } from "../plan.js";
import { authIdentity } from "./auth-identity.js";

/** Tells whether both ask callers for the same. */
export function sameAuth(a: AuthPlan, b: AuthPlan): boolean {
  return authIdentity(a) === authIdentity(b);
}

/**
 * Splits RPCs that the configuration puts together by their authentication. Behind a door without routes they stay together, because each
 * function has a URL of its own there: that is reported.
 */
export function splitByAuth(methods: readonly MethodPlan[], { routing }: FrontDoor): MethodPlan[][] {
  if (routing === "none") return [[...methods]];
  const groups = new Map<string, MethodPlan[]>();
  for (const method of methods) {
    const identity = authIdentity(method.auth);
    groups.set(identity, [...(groups.get(identity) ?? []), method]);
  }
  return [...groups.values()];
}

/** The part of a plan with everything that routes lead to. */
export type RoutedPlan = Pick<Plan, "functions" | "ownRoutes" | "unrouted">;

/** Lists the authentications that routes ask for: those of RPCs, of routes of the user's own, and of routes for other requests. */
export function authsOf({ functions, ownRoutes, unrouted }: RoutedPlan): AuthPlan[] {
  const distinct = new Map<string, AuthPlan>();
  for (const { auth } of [...functions, ...ownRoutes, ...unrouted.routes])
    if (!distinct.has(authIdentity(auth))) distinct.set(authIdentity(auth), auth);
  return [...distinct.values()];
}

/** Lists what routes ask callers for, without routes for preflights of browsers, which carry no credentials. */
export function askedOf({ functions, ownRoutes, unrouted }: RoutedPlan): AuthPlan[] {
  return authsOf({
    functions,
    ownRoutes,
    unrouted: { ...unrouted, routes: unrouted.routes.filter(({ open }) => !open) },
  });
}
