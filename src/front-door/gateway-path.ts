/**
 * The paths of both kinds of API Gateway: variables for whole segments only, and a greedy one at the end.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
import type { Segment, Variable } from "../http-rule/path-template.js";
import type { Binding } from "../model/api-model.js";
import type { Projection, ProjectionProblem } from "./front-door.js";
import type { RouteKey } from "./route-key.js";

const routedMethods: ReadonlySet<string> = new Set(["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"]);

/** The routes of a binding; what cannot be said exactly is widened. */
export function projectToGateway(binding: Binding): Projection {
  const problems: ProjectionProblem[] = [];
  const httpMethod = routedMethods.has(binding.httpMethod) ? binding.httpMethod : "ANY";
  if (httpMethod === "ANY" && binding.httpMethod !== "*")
    problems.push({ kind: "httpMethod", httpMethod: binding.httpMethod });
  const names = parameterNames(binding);
  const project = (segments: readonly Segment[]): RouteKey => {
    const { path, exact } = projectPath(segments, binding.template.verb, names, problems);
    const precision = exact && (httpMethod !== "ANY" || binding.httpMethod === "*") ? "exact" : "widened";
    return { httpMethod, path, precision };
  };
  const { segments } = binding.template;
  const whole = project(segments);
  // `{proxy+}` needs a segment, `**` does not.
  const endsDeep = segments.at(-1)?.kind === "deepWildcard";
  return { keys: endsDeep ? [whole, project(segments.slice(0, -1))] : [whole], problems: distinct(problems) };
}

/** Writes the segments as a route path. `exact`: the route takes no more than the template does. */
function projectPath(
  segments: readonly Segment[],
  verb: string,
  names: readonly string[],
  problems: ProjectionProblem[],
): { path: string; exact: boolean } {
  const parts: string[] = [];
  let exact = segments.length > 0 || verb === "";
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const name = names[index] ?? "segment";
    if (segment.kind === "deepWildcard") {
      parts.push(`{${name}+}`);
      return { path: `/${parts.join("/")}`, exact: exact && last && verb === "" };
    }
    const text = segment.kind === "literal" ? segment.text + (last && verb !== "" ? `:${verb}` : "") : undefined;
    if (text !== undefined && isRouteText(text)) {
      parts.push(text);
      continue;
    }
    if (text !== undefined) problems.push({ kind: "literal", text });
    if (text !== undefined || (last && verb !== "")) exact = false;
    parts.push(`{${name}}`);
  }
  return { path: `/${parts.join("/")}`, exact };
}

/** The characters that API Gateway is known to take literally; "" only stands for the path `/`. */
function isRouteText(text: string): boolean {
  return /^[A-Za-z0-9_.,:$-]*$/.test(text);
}

/**
 * A variable name for each segment, unique within the template and made from the field that captures it: `name`, or `name1`,
 * `name2` where one field captures several. The function matches the path itself, so the names are for people only.
 */
function parameterNames({ template }: Binding): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  for (const [index, segment] of template.segments.entries()) {
    const variable = template.variables.find(({ start, end }) => start <= index && index < end);
    const base = variable?.fieldPath.join("_") ?? (segment.kind === "literal" ? "literal" : "segment");
    const several = variable !== undefined && countWildcards(template.segments, variable) > 1;
    let name = several ? `${base}1` : base;
    for (let next = 2; segment.kind !== "literal" && taken.has(name); next++) name = `${base}${next}`;
    if (segment.kind !== "literal") taken.add(name);
    names.push(segment.kind === "literal" ? `literal${index + 1}` : name);
  }
  return names;
}

function countWildcards(segments: readonly Segment[], { start, end }: Variable): number {
  return segments.slice(start, end).filter((segment) => segment.kind !== "literal").length;
}

function distinct(problems: readonly ProjectionProblem[]): ProjectionProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
