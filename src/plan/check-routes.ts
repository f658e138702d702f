/** What the user should know about the routes and functions of a plan before deploying it. */
import type { Diagnostic, Location } from "../diagnostics.js";
import type { FrontDoor } from "../front-door/front-door.js";
import { routeIdentity } from "../front-door/route-key.js";
import type { Variable } from "../http-rule/path-template.js";
import { freeVariables } from "./free-variables.js";
import type { FunctionPlan, Plan } from "./plan.js";
import type { FunctionGrouping } from "./plan-options.js";
import type { ProjectedBinding } from "./plan-routes.js";

/** Published migrations found 35 to 40 functions the point at which to think again. */
const manyFunctions = 35;

/** Findings about routes and functions. Errors are limits that AWS does not raise, and what a door has no way to do. */
export function checkRoutes(
  plan: Pick<Plan, "functions" | "methods" | "listenerRules" | "deployment">,
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
  grouping: FunctionGrouping,
): Diagnostic[] {
  return [
    ...checkGrouping(plan.functions, frontDoor, grouping),
    ...checkFunctionCount(plan.functions, grouping),
    ...checkRouteCount(plan, frontDoor),
    ...checkPathVariables(projected, frontDoor),
    ...checkStreaming(plan, frontDoor),
    ...checkProjection(projected, frontDoor),
  ];
}

/** `an API Gateway HTTP API`. */
function withArticle({ article, title }: FrontDoor): string {
  return `${article} ${title}`;
}

function checkGrouping(
  functions: readonly FunctionPlan[],
  frontDoor: FrontDoor,
  grouping: FunctionGrouping,
): Diagnostic[] {
  if (frontDoor.routing === "none" && grouping.kind === "per-rpc" && functions.length > 1) {
    return [
      {
        code: "PL012",
        severity: "error",
        message: `deployment.functions is per-rpc, but ${withArticle(frontDoor)} leads to one function: each of the ${functions.length} RPCs would have a URL of its own`,
        help: "set deployment.functions to per-service or single, or take another front door",
      },
    ];
  }
  const most = frontDoor.limits.functions;
  if (most === undefined || functions.length <= most) return [];
  return [
    {
      code: "PL012",
      severity: "error",
      message: `${functions.length} functions behind ${withArticle(frontDoor)}: it holds ${most} target groups of one function each, a limit that AWS does not raise`,
      help: `set deployment.functions to per-service (${countByService(functions).length} functions), or choose services with --service`,
    },
  ];
}

function checkFunctionCount(functions: readonly FunctionPlan[], grouping: FunctionGrouping): Diagnostic[] {
  if (functions.length <= manyFunctions) return [];
  const services = countByService(functions);
  const proposal =
    services.length > 1 && grouping.kind !== "per-service"
      ? `set deployment.functions to per-service for ${services.length} functions, or deploy a stack per service with --service: ${listServices(services)}`
      : "set deployment.functions to single, or to groups of RPCs: { name: [package.Service.Method] }";
  return [
    {
      code: "PL004",
      severity: "warning",
      message: `${functions.length} functions in one deployment: expected at most ${manyFunctions}, beyond which deploying and watching them gets slow`,
      help: proposal,
    },
  ];
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
  { functions, listenerRules }: Pick<Plan, "functions" | "listenerRules">,
  frontDoor: FrontDoor,
): Diagnostic[] {
  const routes = new Map(functions.flatMap((fn) => fn.routeKeys.map((key) => [routeIdentity(key), key] as const)));
  const count = frontDoor.routing === "ordered" ? listenerRules.length : frontDoor.countRoutes([...routes.values()]);
  if (count <= frontDoor.limits.routes) return [];
  return [
    {
      code: "PL005",
      severity: "warning",
      message: `${count} ${routeWords[frontDoor.routing]}: ${withArticle(frontDoor)} holds ${frontDoor.limits.routes} unless AWS raises the quota`,
      help: "choose services with --service so that each stack has a front door of its own, or ask AWS for a higher quota",
    },
  ];
}

const routeWords: Readonly<Record<FrontDoor["routing"], string>> = {
  "full-match-first": "routes",
  "resource-first": "resources",
  ordered: "rules",
  none: "routes",
};

/** One finding for the whole API: every binding would say the same. */
function checkPathVariables(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  if (!frontDoor.decodesPath) return [];
  const free = projected.flatMap((binding) =>
    freeVariables(binding.binding).map((variable) => ({ binding, variable })),
  );
  const [first] = free;
  if (first === undefined) return [];
  const names = free.map(
    ({ binding, variable }) => `"${variable.fieldPath.join(".")}" of ${binding.method.method.name}`,
  );
  const subject = names.length === 1 ? "path variable" : `${names.length} path variables:`;
  return [
    {
      code: "PL006",
      severity: "warning",
      message: `${subject} ${listSome(names)} can hold any text, but ${withArticle(frontDoor)} decodes the path: a value with "/", "?" or "%" does not arrive whole`,
      location: locateVariable(first.binding, first.variable),
      help: "restrict such ids to characters that need no escape, pass them in the query or body, or set deployment.frontDoor to rest-api or alb",
    },
  ];
}

/** The first few of `names`, and how many more there are. */
function listSome(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, 4);
  const more = distinct.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}

/** The variable within the template, where the text of the template is what the location spans. */
function locateVariable(
  { binding: { location, template } }: ProjectedBinding,
  { fieldPath, offset }: Variable,
): Location {
  const isTemplate =
    location.line === location.endLine && location.endColumn - location.column === template.source.length;
  if (!isTemplate) return location;
  const column = location.column + offset;
  return { ...location, column, endColumn: column + fieldPath.join(".").length };
}

function checkStreaming(
  { functions, methods, deployment }: Pick<Plan, "functions" | "methods" | "deployment">,
  frontDoor: FrontDoor,
): Diagnostic[] {
  const streaming = methods.filter(({ method }) => method.serverStreaming);
  const [first] = streaming;
  if (first === undefined || functions.some((fn) => fn.streams)) return [];
  const isBlocked = frontDoor.streamingModule !== undefined && deployment.vpc;
  const door = isBlocked ? `${withArticle(frontDoor)} of a function in a VPC` : withArticle(frontDoor);
  const subject = streaming.length === 1 ? "streams its" : "stream their";
  return [
    {
      code: "PL007",
      severity: "warning",
      message: `${listSome(streaming.map(({ method }) => method.name))} ${subject} replies, but ${door} sends a response whole: the caller gets all of them at the end, at most ${frontDoor.id === "alb" ? 1 : 6} MB within ${frontDoor.limits.seconds} seconds`,
      location: first.method.location,
      help: "keep streams behind this front door short, page the results, or set deployment.frontDoor to rest-api or function-url",
    },
  ];
}

/** What routes cannot say, one finding for each kind of problem. */
function checkProjection(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  return [
    ...checkLiterals(projected, frontDoor),
    ...checkHttpMethods(projected, frontDoor),
    ...checkPaths(projected, frontDoor),
  ];
}

function checkLiterals(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  const found = projected.flatMap(({ binding, problems }) =>
    problems.flatMap((problem) => (problem.kind === "literal" ? [{ binding, text: problem.text }] : [])),
  );
  const [first] = found;
  if (first === undefined) return [];
  const texts = listSome(found.map(({ binding, text }) => `"${text}" in "${binding.template.source}"`));
  return [
    {
      code: "PL008",
      severity: "info",
      message: `${texts} cannot stand in a route of ${withArticle(frontDoor)}: the route takes any segment there, and the function checks the text`,
      location: first.binding.location,
    },
  ];
}

function checkHttpMethods(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  const found = projected.flatMap(({ binding, problems }) =>
    problems.flatMap((problem) => (problem.kind === "httpMethod" ? [{ binding, text: problem.httpMethod }] : [])),
  );
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      code: "PL009",
      severity: "warning",
      message: `${withArticle(frontDoor)} has no routes for HTTP method ${listSome(found.map(({ text }) => `"${text}"`))}: the route takes ANY method, and AWS may refuse this one before the function sees it`,
      location: first.binding.location,
      help: "add a binding with GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS",
    },
  ];
}

function checkPaths(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  const found = (kind: "reserved" | "length") =>
    projected.flatMap(({ binding, problems }) =>
      problems.flatMap((problem) => (problem.kind === kind ? [{ binding, text: `"${problem.text}"` }] : [])),
    );
  const reserved = found("reserved");
  const long = found("length");
  return [
    ...reserved.slice(0, 1).map(
      ({ binding }): Diagnostic => ({
        code: "PL013",
        severity: "warning",
        message: `${withArticle(frontDoor)} answers ${listSome(reserved.map(({ text }) => text))} itself: no request for it reaches a function`,
        location: binding.location,
        help: "give the RPC another path, or a further one in additional_bindings",
      }),
    ),
    ...long.slice(0, 1).map(
      ({ binding }): Diagnostic => ({
        code: "PL014",
        severity: "info",
        message: `too long for a condition of ${withArticle(frontDoor)}: ${listSome(long.map(({ text }) => text))}: the rule takes whatever begins like it, and the function checks the rest`,
        location: binding.location,
      }),
    ),
  ];
}
