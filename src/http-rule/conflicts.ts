/** Conflicts of routes: duplicates, and routes whose order of declaration decides which one answers. */
import { templateShape } from "./format-path-template.js";
import { covers, findCommonPath } from "./overlap.js";
import type { PathTemplate } from "./path-template.js";
import { createRouteTrie } from "./route-trie.js";
import { compareSpecificity } from "./specificity.js";

/** The claim of a binding: one HTTP method (`*` for all) on the paths of one template. */
export interface Route {
  readonly httpMethod: string;
  readonly template: PathTemplate;
}

/** Two routes in order of declaration. `path` is a path that both match. */
export interface RouteConflict<R extends Route> {
  /**
   * `duplicate`: same method, same paths. The other two: `earlier` is the more specific one, so a transcoder that goes by
   * specificity gives it the common paths, but one that goes by declaration (grpc-gateway: the last declared wins) gives
   * them to `later`; these are all paths of `earlier` (`shadowed`) or some (`ambiguous`).
   */
  readonly kind: "duplicate" | "shadowed" | "ambiguous";
  readonly earlier: R;
  readonly later: R;
  readonly path: string;
}

/** All conflicts among `routes`, which stand in order of declaration; ordered by the later route, then by the earlier. */
export function findConflicts<R extends Route>(routes: readonly R[]): RouteConflict<R>[] {
  const conflicts: RouteConflict<R>[] = [];
  const lastOfShape = new Map<string, R>();
  const trie = createRouteTrie();
  for (const [index, later] of routes.entries()) {
    const shape = `${later.httpMethod} ${templateShape(later.template)}`;
    const before = lastOfShape.get(shape);
    if (before !== undefined) {
      conflicts.push({ kind: "duplicate", earlier: before, later, path: commonPath(before, later) ?? "/" });
      // A third one is compared with the second.
      lastOfShape.set(shape, later);
      continue;
    }
    lastOfShape.set(shape, later);
    for (const candidate of trie.overlapping(later.template)) {
      const conflict = compareRoutes(routes[candidate], later);
      if (conflict !== undefined) conflicts.push(conflict);
    }
    trie.add(index, later.template);
  }
  return conflicts;
}

function compareRoutes<R extends Route>(earlier: R | undefined, later: R): RouteConflict<R> | undefined {
  if (earlier === undefined) return undefined;
  const order = compareSpecificity(earlier.template, later.template) || compareMethods(earlier, later);
  const path = order < 0 ? commonPath(earlier, later) : undefined;
  if (path === undefined) return undefined;
  const shadowed = takesMethod(later, earlier.httpMethod) && covers(later.template, earlier.template);
  return { kind: shadowed ? "shadowed" : "ambiguous", earlier, later, path };
}

function commonPath(a: Route, b: Route): string | undefined {
  const methods = takesMethod(a, b.httpMethod) || takesMethod(b, a.httpMethod);
  return methods ? findCommonPath(a.template, b.template) : undefined;
}

function takesMethod(route: Route, httpMethod: string): boolean {
  return route.httpMethod === "*" || route.httpMethod === httpMethod;
}

/** A named method goes before `*`. */
function compareMethods(a: Route, b: Route): number {
  return Number(a.httpMethod === "*") - Number(b.httpMethod === "*");
}
