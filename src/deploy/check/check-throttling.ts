/** Checks of limits on requests. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { listNames } from "./check-auth.js";
import { deploymentDefaults } from "../../plan/deployment-defaults.js";
import type { Plan } from "../../plan/plan.js";
import { usagePlanOf } from "../../plan/auth/usage-plan.js";

/** DP044 for cached answers of RPCs that are open: an error is cached like any answer. */
export function checkCache({ cachedRoutes }: Plan): Diagnostic[] {
  const open = cachedRoutes.flatMap(({ methods }) => methods.filter(({ auth }) => auth.kind === "none"));
  const names = [...new Set(open.map(({ method }) => method.name))];
  if (names.length === 0) return [];
  return [
    diagnostic(
      "DP044",
      `answers of ${listNames(names)} are cached and open to everybody, and a REST API caches errors too: a client that sends a parameter twice, or a broken header, has others get its error`,
      { help: "keep cache.seconds low, or put CloudFront in front, which caches by status" },
    ),
  ];
}

/** DP030 for a usage plan without keys that count in it. */
export function checkUsagePlan(plan: Plan): Diagnostic[] {
  if (plan.deployment.usagePlan === undefined || usagePlanOf(plan) !== undefined) return [];
  return [
    diagnostic("DP030", "deployment.usagePlan is set, but no route asks for an API key, so that nothing counts in it", {
      help: "set apiKey in the auth of the API, a service or an RPC of a REST API, or leave usagePlan out",
    }),
  ];
}

/** Findings about `throttling` of the deployment, of services and of RPCs behind a front door that counts no requests. */
export function checkThrottling({ deployment, routeSettings }: Plan): Diagnostic[] {
  const { frontDoor, throttling } = deployment;
  // The same values, if they are written down, are another object.
  const isAsked = throttling !== deploymentDefaults.throttling || routeSettings.length > 0;
  if (frontDoor === "http-api" || frontDoor === "rest-api" || !isAsked) return [];
  return [
    diagnostic("DP030", `throttling is set, but ${withArticle(frontDoorOf(frontDoor))} does not count requests`, {
      help: "reservedConcurrency bounds how many calls of a function run at once; beyond that they fail: 502 behind a load balancer, 429 behind a Function URL",
    }),
  ];
}
