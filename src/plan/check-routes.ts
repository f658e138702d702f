/** What the user should know about the routes and functions of a plan before deploying it. */
import type { Diagnostic, Location } from "../diagnostics.js";
import type { FrontDoor } from "../front-door/front-door.js";
import { routeIdentity } from "../front-door/route-key.js";
import type { Variable } from "../http-rule/path-template.js";
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
    ...checkProjection(projected, frontDoor),
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

/** One finding for the whole API: every binding would say the same. */
function checkPathVariables(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  if (!frontDoor.decodesPath) return [];
  const free = projected.flatMap((binding) => freeVariables(binding).map((variable) => ({ binding, variable })));
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
      message: `${subject} ${listSome(names)} can hold any text, but an ${frontDoor.title} decodes the path: a value with "/", "?" or "%" does not arrive whole`,
      location: locateVariable(first.binding, first.variable),
      help: "restrict such ids to characters that need no escape, or pass them in the query or body",
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
  const streaming = plan.methods.filter(({ method }) => method.serverStreaming);
  const [first] = streaming;
  if (frontDoor.streams || first === undefined) return [];
  const subject = streaming.length === 1 ? "streams its" : "stream their";
  return [
    {
      code: "PL007",
      severity: "warning",
      message: `${listSome(streaming.map(({ method }) => method.name))} ${subject} replies, but an ${frontDoor.title} sends a response whole: the caller gets all of them at the end, at most 6 MB within ${frontDoor.limits.seconds} seconds`,
      location: first.method.location,
      help: "keep streams behind this front door short, or page the results",
    },
  ];
}

/** What routes cannot say, one finding for each kind of problem. */
function checkProjection(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  return [...checkLiterals(projected, frontDoor), ...checkHttpMethods(projected, frontDoor)];
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
      message: `${texts} cannot stand in a route of an ${frontDoor.title}: the route takes any segment there, and the function checks the text`,
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
      message: `an ${frontDoor.title} has no routes for HTTP method ${listSome(found.map(({ text }) => `"${text}"`))}: the route takes ANY method, and AWS may refuse this one before the function sees it`,
      location: first.binding.location,
      help: "add a binding with GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS",
    },
  ];
}
