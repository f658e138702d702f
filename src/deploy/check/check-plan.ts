/** Checks for settings that the front door or Lambda would refuse, before deploying, whatever the target. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import type { Plan } from "../../plan/plan.js";
import { checkDomain } from "./check-domain.js";
import { checkAuth } from "./check-auth.js";
import { checkListener } from "./check-listener.js";
import { checkAccessLogs } from "./check-access-logs.js";
import { checkQuotas } from "./check-quotas.js";
import { checkRelease } from "./check-release.js";
import { checkPayloads } from "./check-payloads.js";
import { checkReach } from "./check-reach.js";
import { checkCache, checkThrottling, checkUsagePlan } from "./check-throttling.js";

/** Findings about the whole deployment; no location, they belong to no line of a .proto file. */
export function checkPlan(plan: Plan): Diagnostic[] {
  return [
    ...checkTimeout(plan),
    ...checkAuth(plan),
    ...checkCors(plan),
    ...checkDomain(plan),
    ...checkThrottling(plan),
    ...checkUsagePlan(plan),
    ...checkCache(plan),
    ...checkReach(plan),
    ...checkOwnRoutes(plan),
    ...(plan.deployment.frontDoor === "alb" ? checkListener(plan) : []),
    ...checkPayloads(plan),
    ...checkRelease(plan),
    ...checkAccessLogs(plan),
    ...checkQuotas(plan),
  ];
}

/** DP030: a Function URL leads every request to one function, and a load balancer every preflight. */
function checkOwnRoutes({ deployment: { frontDoor }, ownRoutes, unrouted }: Plan): Diagnostic[] {
  const door = frontDoorOf(frontDoor);
  if (door.routing === "none" && ownRoutes.length > 0) {
    return [
      diagnostic("DP030", `routes is set, but ${withArticle(door)} has no routes: nothing leads to these functions`, {
        help: "take another front door, or give the path an RPC, whose reply may be a google.api.HttpBody",
      }),
    ];
  }
  const shadowed = ownRoutes.find(({ httpMethod }) => httpMethod === "OPTIONS");
  if (frontDoor !== "alb" || shadowed === undefined || !unrouted.routes.some(({ open }) => open)) return [];
  return [
    diagnostic(
      "DP030",
      `routes has OPTIONS ${shadowed.template.source}, but with deployment.cors the first rule of ${withArticle(door)} takes OPTIONS of every path`,
      { help: "leave the route out, or deployment.cors" },
    ),
  ];
}

function checkTimeout({ deployment, functions, ownFunctions }: Plan): Diagnostic[] {
  const frontDoor = frontDoorOf(deployment.frontDoor);
  const limit = frontDoor.limits.seconds;
  const late = [...functions, ...ownFunctions].find((fn) => limitsOf(fn, deployment).timeout >= limit);
  const own = late?.limits?.timeout;
  if (deployment.timeout < limit && own === undefined) return [];
  const who = own === undefined ? "functions" : `function ${late?.id}`;
  return [
    diagnostic(
      "DP001",
      `${who} may take ${own ?? deployment.timeout} seconds, but ${withArticle(frontDoor)} gives up after ${limit}: expected a timeout of 1 to ${limit - 1}`,
      {
        help: `set ${own === undefined ? "deployment.timeout" : "the timeout of its RPCs, service or routes"} to ${limit - 2}: the function then answers DEADLINE_EXCEEDED itself`,
      },
    ),
  ];
}

function checkCors({ deployment: { cors } }: Plan): Diagnostic[] {
  if (cors === undefined || !cors.credentials || !cors.origins.includes("*")) return [];
  return [
    diagnostic(
      "DP009",
      "deployment.cors allows credentials to every origin, which browsers refuse: expected origins by name",
      { help: "name the origins whose pages may send cookies, or leave credentials out: bearer tokens need none" },
    ),
  ];
}
