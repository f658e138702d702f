/**
 * Groups RPCs into functions: one function per RPC, or as the configuration groups them. RPCs that the front door may
 * fail to tell apart go into one function, which matches the path again.
 */
import type { FrontDoor } from "../../front-door/front-door.js";
import { type Element, languageOf, overlaps, type PathLanguage } from "../../front-door/path-language.js";
import { parseRouteKey, type RouteKey, type RoutePattern, routeIdentity } from "../../front-door/route-key.js";
import type { Segment } from "../../http-rule/path-template.js";
import { createRouteTrie } from "../../http-rule/route-trie.js";
import { methodsMeet, surelyPreferred } from "../routes/door-precedence.js";
import type { MethodPlan } from "../plan.js";
import type { ProjectedBinding } from "../routes/plan-routes.js";
import {
  candidateOf,
  type PrecedenceCandidate,
  prefersBinding,
  type BindingPrecedence,
} from "../routes/binding-precedence.js";

/** A route of the door with the bindings that use it. */
interface Route {
  readonly pattern: RoutePattern;
  readonly language: PathLanguage;
  readonly owners: { readonly binding: IndexedBinding; readonly exact: boolean }[];
}

interface IndexedBinding {
  readonly projected: ProjectedBinding;
  /** Position in declaration order. */
  readonly order: number;
  readonly language: PathLanguage;
  readonly patterns: readonly RoutePattern[];
}

/** The rules for groups, in addition to the routes. */
export interface GroupingRules {
  readonly frontDoor: FrontDoor;
  readonly precedence: BindingPrecedence;
  /** RPCs that share a function whatever the door can do. */
  readonly together?: readonly (readonly MethodPlan[])[];
}

/** The groups in the order of their first method; methods in declaration order. */
export function groupMethods(
  methods: readonly MethodPlan[],
  projected: readonly ProjectedBinding[],
  rules: GroupingRules,
): [MethodPlan, ...MethodPlan[]][] {
  const groups = createGroups(methods.map((method) => method.id));
  for (const [first, ...others] of rules.together ?? [])
    for (const other of others) groups.join(first?.id ?? other.id, other.id);
  if (rules.frontDoor.routing !== "none") joinByRoutes(projected, rules, groups);
  return [...groupBy(methods, (method) => groups.find(method.id)).values()];
}

function joinByRoutes(projected: readonly ProjectedBinding[], rules: GroupingRules, groups: Groups): void {
  const bindings = projected.map(indexBinding);
  const routes = collectRoutes(bindings, rules.frontDoor);
  for (const { owners } of routes.all) {
    for (const { binding } of owners.slice(1)) groups.join(idOf(owners[0]?.binding ?? binding), idOf(binding));
  }
  for (const binding of bindings) {
    for (const route of routes.near(binding)) {
      const owner = route.owners[0]?.binding;
      if (owner !== undefined && mayLose(binding, route, rules)) groups.join(idOf(owner), idOf(binding));
    }
  }
}

function indexBinding(projected: ProjectedBinding, order: number): IndexedBinding {
  const language = languageOf(projected.binding.template);
  return { projected, order, language, patterns: projected.keys.map(parseRouteKey) };
}

function idOf(binding: IndexedBinding): string {
  return binding.projected.method.id;
}

/**
 * Tells whether the door may hand to `route` a request that is the binding's: they have one in common, the door is not certain to
 * prefer the binding's own route, and no owner of the route is entitled to all of them.
 */
function mayLose(binding: IndexedBinding, route: Route, { frontDoor, precedence }: GroupingRules): boolean {
  const { pattern, owners } = route;
  if (owners.some(({ binding: owner }) => owner === binding)) return false;
  if (!binding.patterns.some((own) => methodsMeet(own.httpMethod, pattern.httpMethod))) return false;
  if (!overlaps(binding.language, route.language)) return false;
  if (isBehind(binding, route, frontDoor, precedence)) return false;
  return !owners.some(
    ({ binding: owner, exact }) => exact && prefersBinding(precedence, toCandidate(owner), toCandidate(binding)),
  );
}

/** Tells whether the door is certain to try the binding's own routes before `route`. */
function isBehind(
  binding: IndexedBinding,
  { pattern, owners }: Route,
  { routing }: FrontDoor,
  precedence: BindingPrecedence,
): boolean {
  if (routing === "ordered")
    return owners.every(({ binding: owner }) => prefersBinding(precedence, toCandidate(binding), toCandidate(owner)));
  return binding.patterns.every((own) => surelyPreferred(own, pattern, routing === "full-match-first"));
}

function toCandidate({ projected, order }: IndexedBinding): PrecedenceCandidate {
  return candidateOf(projected, order);
}

interface Routes {
  readonly all: readonly Route[];
  /** The routes that a path of the binding may meet. */
  near(binding: IndexedBinding): readonly Route[];
}

function collectRoutes(bindings: readonly IndexedBinding[], frontDoor: FrontDoor): Routes {
  const byIdentity = new Map<string, Route>();
  for (const binding of bindings) {
    for (const key of binding.projected.keys) {
      const identity = routeIdentity(key);
      const route = byIdentity.get(identity) ?? createRoute(key, frontDoor);
      byIdentity.set(identity, route);
      route.owners.push({ binding, exact: key.precision === "exact" });
    }
  }
  const all = [...byIdentity.values()];
  if (frontDoor.routing === "ordered") {
    const widened = all.filter(({ owners }) => owners.some(({ exact }) => !exact));
    return { all, near: () => widened };
  }
  // A path meets routes of its own segments, and what takes several at once.
  const trie = createRouteTrie();
  const open: Route[] = [];
  for (const [id, route] of all.entries()) {
    if (route.pattern.greedy) open.push(route);
    else for (const elements of route.language) trie.add(id, { segments: elements.map(segmentOf) });
  }
  const near = ({ language }: IndexedBinding): readonly Route[] => {
    const ids = new Set(language.flatMap((elements) => trie.overlapping({ segments: elements.map(segmentOf) })));
    return [...[...ids].flatMap((id) => all[id] ?? []), ...open];
  };
  return { all, near };
}

/** A verb ends a segment whose beginning is free. */
function segmentOf(element: Element): Segment {
  switch (element.kind) {
    case "text":
      return { kind: "literal", text: element.text };
    case "any":
    case "verb":
      return { kind: "wildcard" };
    case "many":
      return { kind: "deepWildcard" };
    default:
      return element satisfies never;
  }
}

function createRoute(key: RouteKey, frontDoor: FrontDoor): Route {
  return { pattern: parseRouteKey(key), language: frontDoor.languageOf(key), owners: [] };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

interface Groups {
  find(id: string): string;
  join(a: string, b: string): void;
}

/** Union-find over ids; the representative of a group is its earliest member. */
function createGroups(ids: readonly string[]): Groups {
  const order = new Map(ids.map((id, index) => [id, index]));
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    return root;
  };
  const join = (a: string, b: string): void => {
    const [first, second] = [find(a), find(b)].sort((x, y) => (order.get(x) ?? 0) - (order.get(y) ?? 0));
    if (first !== undefined && second !== undefined && first !== second) parents.set(second, first);
  };
  return { find, join };
}
