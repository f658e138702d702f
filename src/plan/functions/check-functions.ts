/** Whether the front door and the account take as many functions and routes. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type FrontDoor, withArticle } from "../../front-door/front-door.js";
import { countDoorRoutes, countFunctions, countUnrouted } from "./count-functions.js";
import type { FunctionPlan, Plan } from "../plan.js";
import type { FunctionGrouping } from "../plan-options.js";
import { proposeGrouping } from "./propose-functions.js";

/** Advice for APIs that need several stacks. A second selection in the same places would remove the output of the first. */
export const stackPerService = "deploy a stack per service (--service, with --out and --template of its own)";

/** Published migrations found 35 to 40 functions the point at which to think again. */
const manyFunctions = 35;

/** PL004, PL005 and PL012. Errors are limits that AWS does not raise. */
export function checkFunctions(
  plan: Pick<Plan, "functions" | "ownFunctions" | "authorizers" | "ownRoutes" | "unrouted" | "listenerRules">,
  frontDoor: FrontDoor,
  grouping: FunctionGrouping,
): Diagnostic[] {
  return [
    ...checkGrouping(plan, frontDoor, grouping),
    ...checkFunctionCount(plan.functions),
    ...checkRouteCount(plan, frontDoor),
  ];
}

function checkGrouping(
  plan: Pick<Plan, "functions" | "ownFunctions" | "authorizers" | "unrouted">,
  frontDoor: FrontDoor,
  grouping: FunctionGrouping,
): Diagnostic[] {
  const { functions } = plan;
  if (frontDoor.routing === "none" && grouping.kind === "per-rpc" && functions.length > 1) {
    return [
      diagnostic(
        "PL012",
        `deployment.functions is per-rpc, but ${withArticle(frontDoor)} leads to one function: each of the ${functions.length} RPCs would have a URL of its own`,
        { help: "set deployment.functions to per-service or single, or take another front door" },
      ),
    ];
  }
  const most = frontDoor.limits.functions;
  const count = countFunctions(plan);
  if (most === undefined || count <= most) return [];
  return [
    diagnostic(
      "PL012",
      `${count} functions behind ${withArticle(frontDoor)}: it holds ${most} target groups of one function each, a limit that AWS does not raise`,
      {
        help:
          functions.length <= most
            ? "set deployment.unrouted to door, which takes no function"
            : `${proposal(functions, most - countUnrouted(plan))}, or ${stackPerService}`,
      },
    ),
  ];
}

function checkFunctionCount(functions: readonly FunctionPlan[]): Diagnostic[] {
  if (functions.length <= manyFunctions) return [];
  const services = countByService(functions);
  const stacks = services.length > 1 ? `, or ${stackPerService}: ${listServices(services)}` : "";
  return [
    diagnostic(
      "PL004",
      `${functions.length} functions in one deployment: expected at most ${manyFunctions}, beyond which deploying and watching them gets slow`,
      { help: `${proposal(functions, manyFunctions)}${stacks}` },
    ),
  ];
}

/** A proposal to paste into the configuration. */
function proposal(functions: readonly FunctionPlan[], most: number): string {
  const { functions: value, count } = proposeGrouping(functions, most);
  if (count > 1) return `set deployment.functions to ${value} for ${count} functions`;
  return `set deployment.functions to ${value} for one function, or to groups of RPCs: { name: [package.Service.Method] }`;
}

function countByService(functions: readonly FunctionPlan[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { service } of functions) counts.set(service.fullName, (counts.get(service.fullName) ?? 0) + 1);
  return [...counts];
}

function listServices(services: readonly [string, number][]): string {
  const shown = services.slice(0, 6).map(([name, count]) => `${name} (${count})`);
  return services.length > shown.length
    ? `${shown.join(", ")} and ${services.length - shown.length} more`
    : shown.join(", ");
}

function checkRouteCount(
  plan: Pick<Plan, "functions" | "ownRoutes" | "unrouted" | "listenerRules">,
  frontDoor: FrontDoor,
): Diagnostic[] {
  const count = countDoorRoutes(plan, frontDoor);
  if (count <= frontDoor.limits.routes) return [];
  return [
    diagnostic(
      "PL005",
      `${count} ${routeWords[frontDoor.routing]}: ${withArticle(frontDoor)} holds ${frontDoor.limits.routes} unless AWS raises the quota`,
      { help: `${stackPerService}, so that each has a front door of its own, or ask AWS for a higher quota` },
    ),
  ];
}

const routeWords: Readonly<Record<FrontDoor["routing"], string>> = {
  "full-match-first": "routes",
  "resource-first": "resources",
  ordered: "rules",
  none: "routes",
};
