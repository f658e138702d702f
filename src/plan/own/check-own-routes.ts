/** Checks of routes of the user's own: what takes requests of an RPC, or of another one of them. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { templateShape } from "../../http-rule/format-path-template.js";
import { findCommonPath } from "../../http-rule/overlap.js";
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { Plan } from "../plan.js";
import type { OwnRouteOptions } from "../plan-options.js";

/** Somebody else's route. */
interface Other {
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly name: string;
}

/** PL030 for each route that conflicts. One without variables may stand among those that a variable of an RPC matches: it goes before. */
export function checkOwnRoutes({ routes }: Plan, own: readonly OwnRouteOptions[]): Diagnostic[] {
  const rpcs = routes.map(({ method: { service, method }, binding: { httpMethod, template } }): Other => {
    return { httpMethod, template, name: `of ${service.name}.${method.name}` };
  });
  return own.flatMap((route, at) => {
    const earlier = own
      .slice(0, at)
      .map((other): Other => ({ ...other, name: "of another route of the configuration" }));
    const other = [...rpcs, ...earlier].find((candidate) => conflicts(route, candidate));
    if (other === undefined) return [];
    const path = findCommonPath(route.template, other.template) ?? route.template.source;
    return [
      diagnostic(
        "PL030",
        `${route.httpMethod} ${route.template.source} takes requests ${other.name} (${other.httpMethod} ${other.template.source}), such as ${path}`,
        { location: route.location, help: "give the route a path that no RPC has, or one without variables" },
      ),
    ];
  });
}

function conflicts(own: OwnRouteOptions, other: Other): boolean {
  const methodsMeet = own.httpMethod === other.httpMethod || own.httpMethod === "*" || other.httpMethod === "*";
  if (!methodsMeet) return false;
  if (templateShape(own.template) === templateShape(other.template)) return true;
  const hasVariables = own.template.segments.some(({ kind }) => kind !== "literal");
  return hasVariables && findCommonPath(own.template, other.template) !== undefined;
}
