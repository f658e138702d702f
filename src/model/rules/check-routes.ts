/** The routes of all target services against each other. */
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics.js";
import { findConflicts, type RouteConflict } from "../../http-rule/conflicts.js";
import { findCommonPath } from "../../http-rule/overlap.js";
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { BindingPrecedence } from "../../http-rule/specificity.js";
import type { Binding, Service } from "../api-model.js";

/** One binding as a route, with whose it is. */
interface BoundRoute {
  readonly httpMethod: string;
  readonly template: PathTemplate;
  readonly service: string;
  readonly method: string;
  readonly location: Location;
  readonly binding: Binding;
}

/** Findings about the routes, and the bindings that get no request because another one has the same route. */
export interface CheckedRoutes {
  readonly diagnostics: readonly Diagnostic[];
  readonly unreachable: ReadonlySet<Binding>;
}

/** HR020; where the last declared answers also HR021 and HR022. `services` stand in order of declaration. */
export function checkRoutes(services: readonly Service[], precedence: BindingPrecedence): CheckedRoutes {
  const routes = services.flatMap(routesOf);
  const conflicts = findConflicts(routes);
  const duplicates = conflicts.filter(({ kind }) => kind === "duplicate");
  if (precedence !== "lastDeclared") return { diagnostics: duplicates.map(refuseDuplicate), unreachable: new Set() };
  const refused = repeatedInService(routes);
  const hidden = duplicates.filter(({ later }) => !refused.has(later));
  const unreachable = new Set(hidden.map(({ earlier }) => earlier.binding));
  const reached = routes.filter(({ binding }) => !unreachable.has(binding));
  const orders = unreachable.size === 0 ? conflicts : findConflicts(reached);
  return {
    diagnostics: [
      ...[...refused].map(([later, earlier]) =>
        refuseDuplicate({ earlier, later, path: findCommonPath(earlier.template, later.template) ?? "/" }),
      ),
      ...hidden.map(describeHidden),
      ...orders.filter(({ kind }) => kind !== "duplicate").map(describeOrder),
    ],
    unreachable,
  };
}

/**
 * Routes with the template of another one of their service, and that one: grpc-gateway refuses them, and takes equal routes of two
 * services, or under other names of their variables.
 */
function repeatedInService(routes: readonly BoundRoute[]): ReadonlyMap<BoundRoute, BoundRoute> {
  const firsts = new Map<string, BoundRoute>();
  const repeated = new Map<BoundRoute, BoundRoute>();
  for (const route of routes) {
    const key = `${route.service} ${show(route)}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, route);
    else repeated.set(route, first);
  }
  return repeated;
}

function routesOf({ fullName: service, methods }: Service): BoundRoute[] {
  return methods.flatMap(({ fullName: method, bindings }) =>
    bindings.map((binding) => {
      const { httpMethod, template, location } = binding;
      return { httpMethod, template, service, method, location, binding };
    }),
  );
}

type Duplicate = Pick<RouteConflict<BoundRoute>, "earlier" | "later" | "path">;

function refuseDuplicate({ earlier, later, path }: Duplicate): Diagnostic {
  return diagnostic(
    "HR020",
    `${show(later)} ${describeSame(earlier, later)}, expected one RPC for ${later.httpMethod} ${path}`,
    {
      severity: "error",
      location: later.location,
      related: [{ message: `first bound here, to ${earlier.method}`, location: earlier.location }],
      help: `remove one of the two, or change its path or method; --skip ${earlier.method} leaves the RPC out`,
    },
  );
}

function describeHidden({ earlier, later }: Duplicate): Diagnostic {
  return diagnostic(
    "HR020",
    `${show(later)} ${describeSame(earlier, later)}: ${later.method} answers, the last declared, as in grpc-gateway`,
    {
      location: later.location,
      related: [{ message: `no request comes here, to ${earlier.method}`, location: earlier.location }],
      help: `remove one of the two, or change its path or method; --skip ${earlier.method} leaves the RPC out`,
    },
  );
}

function describeSame(earlier: BoundRoute, later: BoundRoute): string {
  return later.template.source === earlier.template.source
    ? "is bound twice"
    : `matches the same paths as ${show(earlier)}`;
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
