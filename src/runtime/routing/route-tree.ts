/**
 * A tree of routes for functions with many of them: it is walked by the segments of a path, instead of trying every
 * template.
 */
import { matchPath, type PathPattern, type SplitPath } from "./match-path.js";
import type { Profile } from "./profile.js";
import { type Routable, type RouteTable, scanRoutes } from "./select-route.js";

/**
 * Number of routes from which on a tree is made. Below it, trying one after the other is as fast, and there is nothing
 * to build.
 */
const manyRoutes = 32;

/** Makes the table of ordered routes: a tree if there are many. */
export function tabulateRoutes<Route extends Routable>(ordered: readonly Route[]): RouteTable<Route> {
  return ordered.length < manyRoutes ? scanRoutes(ordered) : treeOfRoutes(ordered);
}

/** Makes a tree of ordered routes. */
export function treeOfRoutes<Route extends Routable>(ordered: readonly Route[]): RouteTable<Route> {
  const tree = growTree(ordered);
  return {
    find: (path, isCandidate, endsSearch) => {
      const route = findInTree(tree, path, isCandidate, endsSearch);
      if (route === undefined || route === "ended") return route;
      const captures = matchPath(route, path);
      return captures && { kind: "found", route, captures };
    },
    list: (path) => listInTree(tree, path).filter((route) => matchPath(route, path) !== undefined),
  };
}

/** Routes in a tree of their segments. */
interface RouteTree<Route> {
  readonly root: Node<Route>;
  /** The routes by verb, for templates that have one. */
  readonly verbs: ReadonlyMap<string, readonly Entry<Route>[]>;
}

/** Members are made when they are needed, because building has to be quick, too. */
interface Node<Route> {
  literals: Map<string, Node<Route>> | undefined;
  wildcard: Node<Route> | undefined;
  /** Templates that end here, in order. */
  ends: Entry<Route>[] | undefined;
  /** Templates that go on with `**`, in order. */
  deep: Entry<Route>[] | undefined;
  /** Position of the first route here or below. */
  readonly first: number;
}

interface Entry<Route> {
  readonly route: Route;
  readonly verb: string;
  /** Position in the order in which routes are tried. */
  readonly position: number;
  /** The segments after `**`. */
  readonly tail: readonly string[];
}

function growTree<Route extends PathPattern>(ordered: readonly Route[]): RouteTree<Route> {
  const root = createNode<Route>(0);
  const verbs = new Map<string, Entry<Route>[]>();
  for (const [position, route] of ordered.entries()) {
    const { segments, verb } = route;
    const deep = segments.indexOf("**");
    const node = descend(root, segments, deep === -1 ? segments.length : deep, position);
    if (deep === -1) node.ends = append(node.ends, { route, verb, position, tail: [] });
    else node.deep = append(node.deep, { route, verb, position, tail: segments.slice(deep + 1) });
    if (verb !== "") verbs.set(verb, append(verbs.get(verb), { route, verb, position, tail: [] }));
  }
  return { root, verbs };
}

function createNode<Route>(first: number): Node<Route> {
  return { literals: undefined, wildcard: undefined, ends: undefined, deep: undefined, first };
}

/**
 * The node of a template's first segments, made if it doesn't exist. Routes come in order, so the maker of a node is
 * its first route.
 */
function descend<Route>(root: Node<Route>, segments: readonly string[], count: number, position: number): Node<Route> {
  let node = root;
  for (let index = 0; index < count; index++) {
    const segment = segments[index] ?? "";
    let next = segment === "*" ? node.wildcard : node.literals?.get(segment);
    if (next === undefined) {
      next = createNode<Route>(position);
      if (segment === "*") node.wildcard = next;
      else node.literals = (node.literals ?? new Map<string, Node<Route>>()).set(segment, next);
    }
    node = next;
  }
  return node;
}

function append<Route>(entries: Entry<Route>[] | undefined, entry: Entry<Route>): Entry<Route>[] {
  if (entries === undefined) return [entry];
  entries.push(entry);
  return entries;
}

/** The state of a walk over the tree. */
interface Search<Route> {
  readonly isCandidate: (route: Route) => boolean;
  best: Entry<Route> | undefined;
}

/**
 * The first route in order that is a candidate and matches the path. `"ended"` if a route before it ends the search;
 * only routes whose verb is the whole last segment of the path are asked.
 */
function findInTree<Route extends PathPattern>(
  tree: RouteTree<Route>,
  path: SplitPath,
  isCandidate: (route: Route) => boolean,
  endsSearch: Profile["endsSearch"],
): Route | "ended" | undefined {
  const search: Search<Route> = { isCandidate, best: undefined };
  searchTree(tree, path, search);
  if (endsSearch === false) return search.best?.route;
  const last = path.segments[path.segments.length - 1] ?? "";
  const verbOnly = last.startsWith(":") ? tree.verbs.get(last.slice(1)) : undefined;
  const end = verbOnly?.find(({ route }) => isCandidate(route) && endsSearch(route, path));
  if (end !== undefined && end.position < (search.best?.position ?? Number.POSITIVE_INFINITY)) return "ended";
  return search.best?.route;
}

/** Every route that matches the path, in no particular order. */
function listInTree<Route>(tree: RouteTree<Route>, path: SplitPath): readonly Route[] {
  const found: Route[] = [];
  const isCandidate = (route: Route): boolean => {
    found.push(route);
    return false;
  };
  searchTree(tree, path, { isCandidate, best: undefined });
  return found;
}

/** Walks once with the path as it is, and once for every verb that its last segment may end in. */
function searchTree<Route>(tree: RouteTree<Route>, { segments }: SplitPath, search: Search<Route>): void {
  walk(tree.root, segments, "", 0, search);
  const last = segments[segments.length - 1] ?? "";
  if (!last.includes(":")) return;
  for (const verb of tree.verbs.keys()) {
    const colon = last.length - verb.length - 1;
    if (colon > 0 && last.endsWith(`:${verb}`))
      walk(tree.root, [...segments.slice(0, -1), last.slice(0, colon)], verb, 0, search);
  }
}

/** Takes every branch that may hold an earlier route than the best so far. */
function walk<Route>(
  node: Node<Route>,
  path: readonly string[],
  verb: string,
  at: number,
  search: Search<Route>,
): void {
  if (search.best !== undefined && node.first > search.best.position) return;
  if (node.deep !== undefined) consider(node.deep, path, verb, at, search);
  const segment = path[at];
  if (segment === undefined) {
    if (node.ends !== undefined) consider(node.ends, path, verb, at, search);
    return;
  }
  const literal = node.literals?.get(segment);
  if (literal !== undefined) walk(literal, path, verb, at + 1, search);
  if (node.wildcard !== undefined) walk(node.wildcard, path, verb, at + 1, search);
}

function consider<Route>(
  entries: readonly Entry<Route>[],
  path: readonly string[],
  verb: string,
  at: number,
  search: Search<Route>,
): void {
  for (const entry of entries) {
    if (search.best !== undefined && entry.position > search.best.position) return;
    if (entry.verb !== verb || !matchesTail(entry.tail, path, at) || !search.isCandidate(entry.route)) continue;
    search.best = entry;
    return;
  }
}

/** Tells whether the path, from `at` on, ends in the segments behind `**`. */
function matchesTail(tail: readonly string[], path: readonly string[], at: number): boolean {
  if (tail.length === 0) return true;
  const start = path.length - tail.length;
  return start >= at && tail.every((expected, index) => expected === "*" || expected === path[start + index]);
}
