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

/** Lists the authentications that routes ask for: those of functions, then those for requests that no RPC's route takes. */
export function authsOf({ functions, unrouted }: Pick<Plan, "functions" | "unrouted">): AuthPlan[] {
  const distinct = new Map<string, AuthPlan>();
  for (const { auth } of [...functions, ...unrouted.routes])
    if (!distinct.has(authIdentity(auth))) distinct.set(authIdentity(auth), auth);
  return [...distinct.values()];
}
