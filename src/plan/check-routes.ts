/** What the user should know about the routes and functions of a plan before deploying it. */
import type { Diagnostic, Location } from "../diagnostics.js";
import type { FrontDoor, ProjectionProblem } from "../front-door/front-door.js";
import { routeIdentity } from "../front-door/route-key.js";
import type { Variable } from "../http-rule/path-template.js";
import type { Service } from "../model/api-model.js";
import type { FunctionPlan, Plan } from "./plan.js";
import type { ProjectedBinding } from "./plan-routes.js";

/** Published migrations found 35 to 40 functions the point at which to think again. */
const manyFunctions = 35;

/** Findings about routes and functions; none of them stops generation. */
export function checkRoutes(
  plan: Pick<Plan, "functions" | "methods">,
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
): Diagnostic[] {
  return [
    ...checkFunctionCount(plan.functions),
    ...checkRouteCount(plan.functions, frontDoor),
    ...checkPathVariables(projected, frontDoor),
    ...checkStreaming(plan, frontDoor),
    ...projected.flatMap((binding) => binding.problems.map((problem) => describeProblem(problem, binding, frontDoor))),
  ];
}

function checkFunctionCount(functions: readonly FunctionPlan[]): Diagnostic[] {
  if (functions.length <= manyFunctions) return [];
  const services = countByService(functions);
  return [
    {
      code: "PL004",
      severity: "warning",
      message: `${functions.length} functions in one deployment: expected at most ${manyFunctions}, beyond which deploying and watching them gets slow`,
      help:
        services.length > 1
          ? `deploy a stack per service with --service: ${listServices(services)}`
          : "split the service in the .proto file by resource, and deploy a stack per service",
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

function checkRouteCount(functions: readonly FunctionPlan[], frontDoor: FrontDoor): Diagnostic[] {
  const routes = new Set(functions.flatMap((fn) => fn.routeKeys.map(routeIdentity)));
  if (routes.size <= frontDoor.limits.routes) return [];
  return [
    {
      code: "PL005",
      severity: "warning",
      message: `${routes.size} routes: an ${frontDoor.title} holds ${frontDoor.limits.routes} unless AWS raises the quota`,
      help: "choose services with --service so that each stack has an API of its own, or ask AWS for a higher quota",
    },
  ];
}

/** One finding per service: every binding would say the same. */
function checkPathVariables(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  if (!frontDoor.decodesPath) return [];
  const byService = new Map<Service, { binding: ProjectedBinding; variable: Variable; count: number }>();
  for (const binding of projected) {
    for (const variable of freeVariables(binding)) {
      const known = byService.get(binding.method.service);
      if (known === undefined) byService.set(binding.method.service, { binding, variable, count: 1 });
      else known.count++;
    }
  }
  return [...byService].map(([service, { binding, variable, count }]): Diagnostic => {
    const others = count === 1 ? "" : ` and ${count - 1} more of ${service.name}`;
    return {
      code: "PL006",
      severity: "warning",
      message: `path variable "${variable.fieldPath.join(".")}" of ${binding.method.method.name}${others} can hold any text, but an ${frontDoor.title} decodes the path: a value with "/", "?" or "%" does not arrive whole`,
      location: locateVariable(binding, variable),
      help: "restrict such ids to characters that need no escape, or pass them in the query or body",
    };
  });
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

/** Text variables without a collection in their pattern: `{id}` and `{name=**}`, unlike `{name=shelves/*}`. */
function freeVariables({ binding }: ProjectedBinding): Variable[] {
  const { variables, segments } = binding.template;
  return binding.pathParams.flatMap(({ variable, fields }) => {
    const captured = variables[variable];
    const shape = fields.at(-1)?.shape;
    const isText = shape?.kind === "scalar" && (shape.scalar === "string" || shape.scalar === "bytes");
    if (captured === undefined || !isText) return [];
    const pattern = segments.slice(captured.start, captured.end);
    const single = pattern.length === 1 && pattern[0]?.kind === "wildcard";
    return single || pattern.some((segment) => segment.kind === "deepWildcard") ? [captured] : [];
  });
}

function checkStreaming(plan: Pick<Plan, "methods">, frontDoor: FrontDoor): Diagnostic[] {
  if (frontDoor.streams) return [];
  return plan.methods
    .filter(({ method }) => method.serverStreaming)
    .map(({ method }) => ({
      code: "PL007",
      severity: "warning",
      message: `${method.name} streams its replies, but an ${frontDoor.title} sends a response whole: the caller gets all of them at the end, at most 6 MB within ${frontDoor.limits.seconds} seconds`,
      location: method.location,
      help: "keep streams behind this front door short, or page the results",
    }));
}

function describeProblem(problem: ProjectionProblem, { binding }: ProjectedBinding, frontDoor: FrontDoor): Diagnostic {
  switch (problem.kind) {
    case "literal":
      return {
        code: "PL008",
        severity: "info",
        message: `"${problem.text}" in "${binding.template.source}" cannot stand in a route of an ${frontDoor.title}: the route takes any segment there, and the function checks the text`,
        location: binding.location,
      };
    case "httpMethod":
      return {
        code: "PL009",
        severity: "warning",
        message: `an ${frontDoor.title} has no routes for HTTP method "${problem.httpMethod}": the route takes ANY method, and AWS may refuse this one before the function sees it`,
        location: binding.location,
        help: "add a binding with GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS",
      };
    default:
      return problem satisfies never;
  }
}
