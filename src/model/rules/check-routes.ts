/** The routes of all target services against each other. */
import type { Diagnostic, Location } from "../../diagnostics.js";
import { findConflicts, type RouteConflict } from "../../http-rule/conflicts.js";
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { RoutePrecedence } from "../../http-rule/specificity.js";
import type { Service } from "../api-model.js";

/** One binding as a route, with whose it is. */
interface BoundRoute {
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly method: string;
  readonly location: Location;
}

/** HR020; where the last declared answers also HR021 and HR022. `services` stand in order of declaration. */
export function checkRoutes(services: readonly Service[], precedence: RoutePrecedence): Diagnostic[] {
  const routes = services.flatMap(({ methods }) =>
    methods.flatMap(({ fullName, bindings }) =>
      bindings.map(
        ({ httpMethod, template, location }): BoundRoute => ({ httpMethod, template, method: fullName, location }),
      ),
    ),
  );
  return findConflicts(routes).flatMap((conflict) => {
    if (conflict.kind === "duplicate") return [describeDuplicate(conflict)];
    return precedence === "lastDeclared" ? [describeOrder(conflict)] : [];
  });
}

function describeDuplicate({ earlier, later, path }: RouteConflict<BoundRoute>): Diagnostic {
  const same =
    later.template.source === earlier.template.source ? "is bound twice" : `matches the same paths as ${show(earlier)}`;
  return {
    code: "HR020",
    severity: "error",
    message: `${show(later)} ${same}, expected one RPC for ${later.httpMethod} ${path}`,
    location: later.location,
    related: [{ message: `first bound here, to ${earlier.method}`, location: earlier.location }],
    help: "remove one of the two, or change its path or method",
  };
}

function describeOrder({ kind, earlier, later, path }: RouteConflict<BoundRoute>): Diagnostic {
  const shadowed = kind === "shadowed";
  const verb = shadowed ? "is shadowed by" : "shares paths with";
  return {
    code: shadowed ? "HR021" : "HR022",
    severity: "warning",
    message: `${show(earlier)} ${verb} ${show(later)}: both match ${path}`,
    location: earlier.location,
    related: [{ message: `declared later, by ${later.method}`, location: later.location }],
    help: "the last declared answers, as in grpc-gateway; declare the more specific one last, or set transcoding.profile: spec",
  };
}

function show(route: BoundRoute): string {
  return `${route.httpMethod} ${route.template.source}`;
}
