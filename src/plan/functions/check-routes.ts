/** Findings about the routes and functions of a plan, to read before deploying it. */
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics.js";
import { type FrontDoor, withArticle } from "../../front-door/front-door.js";
import type { Variable } from "../../http-rule/path-template.js";
import { checkFunctions } from "./check-functions.js";
import { unconstrainedVariables } from "../rpcs/unconstrained-variables.js";
import type { Plan } from "../plan.js";
import { catchesUnrouted } from "../routes/plan-unrouted.js";
import type { FunctionGrouping, PlanOptions } from "../plan-options.js";
import type { ProjectedBinding } from "../routes/plan-routes.js";

/** Findings about routes and functions. Errors are limits that AWS does not raise, and what a door has no way to do. */
export function checkRoutes(
  plan: Pick<
    Plan,
    | "functions"
    | "ownFunctions"
    | "authorizers"
    | "ownRoutes"
    | "unrouted"
    | "methods"
    | "listenerRules"
    | "deployment"
    | "transcoding"
  >,
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
  grouping: FunctionGrouping,
  options: Pick<PlanOptions, "deployment">,
): Diagnostic[] {
  return [
    ...checkFunctions(plan, frontDoor, grouping),
    ...checkPathVariables(projected, frontDoor),
    ...checkStreaming(plan, frontDoor),
    ...checkProjection(projected, frontDoor),
    ...checkRest(plan, frontDoor),
    ...checkOddPaths(plan, frontDoor, options),
    ...checkCompressedRequests(plan, frontDoor),
  ];
}

/** A catch-all that is wanted, and that there cannot be. */
function checkRest(
  { functions, deployment }: Pick<Plan, "functions" | "deployment">,
  frontDoor: FrontDoor,
): Diagnostic[] {
  if (deployment.unrouted === "door" || functions.length === 0) return [];
  if (!catchesUnrouted(deployment)) {
    return [
      diagnostic(
        "PL016",
        "requests that no rule takes are answered by the listener's default action: a rule for all of them would take those of its other users",
        { help: "set deployment.hosts to the host names of this API, or deployment.unrouted to door" },
      ),
    ];
  }
  const taken = functions.flatMap((fn) => fn.routeKeys).find(({ path }) => path.startsWith("/{"));
  if (frontDoor.routing !== "resource-first" || taken === undefined) return [];
  return [
    diagnostic(
      "PL016",
      `requests that match no RPC are answered by ${withArticle(frontDoor)} itself, with 403: next to "${taken.path}" it has no room for a route that takes the rest`,
      { help: "begin all templates with text, such as /v1, or set deployment.unrouted to door" },
    ),
  ];
}

/**
 * Notes odd paths that grpc-gateway reads and the door's routes do not take (PL019), unless the configuration says what
 * answers them.
 */
function checkOddPaths(
  {
    functions,
    transcoding,
    unrouted,
    deployment: planned,
  }: Pick<Plan, "functions" | "transcoding" | "unrouted" | "deployment">,
  frontDoor: FrontDoor,
  { deployment }: Pick<PlanOptions, "deployment">,
): Diagnostic[] {
  const paths = oddPaths[frontDoor.routing];
  const apart = unrouted.fallback?.guarded ?? [];
  if (apart.length > 0) {
    const message = `${listSome(apart.map(({ method }) => method.name))} ${apart.length === 1 ? "asks" : "ask"} for other authentication than the API, and so answer at their own routes only: odd paths of theirs are answered with 404`;
    const help = "clients must not escape their paths, or give them the authentication of the API (deployment.auth)";
    return [diagnostic("PL019", message, { help })];
  }
  if (functions.length < 2 || transcoding.profile !== "grpc-gateway" || paths === undefined) return [];
  if (unrouted.fallback !== undefined && frontDoor.routing === "resource-first") {
    const message = `${withArticle(frontDoor)} takes "1%2Fbooks" for one segment: the function of that route answers 404 where grpc-gateway reads "1/books"`;
    const help = "clients must not escape the slashes of a name, or set deployment.functions to single";
    return [diagnostic("PL019", message, { help })];
  }
  if (deployment.unrouted !== undefined || !catchesUnrouted(planned)) return [];
  const message = `${paths} match no route of ${withArticle(frontDoor)}: 404 with ${functions.length} functions, where grpc-gateway finds the RPC`;
  const help =
    "set deployment.unrouted to rpcs: the function for other requests then has every RPC; or to function, which silences this";
  return [diagnostic("PL019", message, { help })];
}

/** Paths that a door's routes do not take, though the function would read them; nothing where there is one function. */
const oddPaths: Readonly<Record<FrontDoor["routing"], string | undefined>> = {
  // It decodes paths before it routes: only empty segments are left, which clients send by mistake. `Plan.emptySegments` has these.
  "full-match-first": undefined,
  "resource-first":
    "paths with escaped text (%73helves, shelves%2F1) and with empty segments (/v1/shelves//books, /v1/shelves/)",
  ordered:
    "paths with escaped text (%73helves, shelves%2F1, 1%3Amerge) and with empty segments (/v1/shelves//books, /v1/shelves/)",
  none: undefined,
};

/** Notes that compression does not work for JSON bodies of requests. */
function checkCompressedRequests(
  { deployment, methods }: Pick<Plan, "deployment" | "methods">,
  frontDoor: FrontDoor,
): Diagnostic[] {
  const readsBodies = methods.some(({ method }) => method.bindings.some(({ body }) => body.kind !== "none"));
  if (deployment.compression === undefined || !frontDoor.damagesCompressedJson || !readsBodies) return [];
  const message = `${withArticle(frontDoor)} passes a body of type application/json on as text, which damages compressed ones: they are answered with 415`;
  const help =
    "clients send JSON uncompressed, or with a type that is no text (any that ends in +json); an Application Load Balancer passes on bytes";
  return [diagnostic("PL021", message, { help })];
}

/** One finding for the whole API: every binding would say the same. */
function checkPathVariables(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  if (!frontDoor.decodesPath) return [];
  const free = projected.flatMap((binding) =>
    unconstrainedVariables(binding.binding).map((variable) => ({ binding, variable })),
  );
  const [first] = free;
  if (first === undefined) return [];
  const names = free.map(
    ({ binding, variable }) => `"${variable.fieldPath.join(".")}" of ${binding.method.method.name}`,
  );
  const subject = names.length === 1 ? "path variable" : `${names.length} path variables:`;
  return [
    diagnostic(
      "PL006",
      `${subject} ${listSome(names)} can hold any text, but ${withArticle(frontDoor)} decodes the path: a value with "/", "?" or "%" does not arrive whole`,
      {
        location: locateVariable(first.binding, first.variable),
        help: "restrict such ids to characters that need no escape, pass them in the query or body, or set deployment.frontDoor to rest-api or alb",
      },
    ),
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
  const isBlocked = frontDoor.streams === "outside-vpc" && deployment.vpc;
  const door = isBlocked ? `${withArticle(frontDoor)} of a function in a VPC` : withArticle(frontDoor);
  const subject = streaming.length === 1 ? "streams its" : "stream their";
  return [
    diagnostic(
      "PL007",
      `${listSome(streaming.map(({ method }) => method.name))} ${subject} replies, but ${door} sends a response whole: the caller gets all of them at the end, at most ${Math.floor(frontDoor.limits.responseBytes / 1_000_000)} MB within ${frontDoor.limits.seconds} seconds`,
      {
        location: first.method.location,
        help: "keep streams behind this front door short, page the results, or set deployment.frontDoor to rest-api or function-url",
      },
    ),
  ];
}

/** Finds what routes cannot express, with one finding for each kind of problem. */
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
    diagnostic(
      "PL008",
      `${texts} cannot stand in a route of ${withArticle(frontDoor)}: the route takes any segment there, and the function checks the text`,
      { location: first.binding.location },
    ),
  ];
}

function checkHttpMethods(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Diagnostic[] {
  const found = projected.flatMap(({ binding, problems }) =>
    problems.flatMap((problem) => (problem.kind === "httpMethod" ? [{ binding, text: problem.httpMethod }] : [])),
  );
  const [first] = found;
  if (first === undefined) return [];
  return [
    diagnostic(
      "PL009",
      `${withArticle(frontDoor)} has no routes for HTTP method ${listSome(found.map(({ text }) => `"${text}"`))}: the route takes ANY method, and AWS may refuse this one before the function sees it`,
      { location: first.binding.location, help: "add a binding with GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS" },
    ),
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
    ...reserved
      .slice(0, 1)
      .map(
        ({ binding }): Diagnostic =>
          diagnostic(
            "PL013",
            `${withArticle(frontDoor)} answers ${listSome(reserved.map(({ text }) => text))} itself: no request for it reaches a function`,
            { location: binding.location, help: "give the RPC another path, or a further one in additional_bindings" },
          ),
      ),
    ...long
      .slice(0, 1)
      .map(
        ({ binding }): Diagnostic =>
          diagnostic(
            "PL014",
            `too long for a condition of ${withArticle(frontDoor)}: ${listSome(long.map(({ text }) => text))}: the rule takes whatever begins like it, and the function checks the rest`,
            { location: binding.location },
          ),
      ),
  ];
}
