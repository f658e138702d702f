import { fc } from "../support/property.js";
import { describe, expect, it } from "vitest";
import { alb } from "../../src/front-door/alb.js";
import type { FrontDoor } from "../../src/front-door/front-door.js";
import { httpApi } from "../../src/front-door/http-api.js";
import { restApi } from "../../src/front-door/rest-api.js";
import { routeIdentity, type RouteKey } from "../../src/front-door/route-key.js";
import { completeResources } from "../../src/plan/complete-resources.js";
import { groupMethods } from "../../src/plan/group-functions.js";
import { planListenerRules } from "../../src/plan/listener-rules.js";
import type { MethodPlan } from "../../src/plan/plan.js";
import { type ProjectedBinding, projectBindings } from "../../src/plan/plan-routes.js";
import { prefersBinding, type RoutePrecedence } from "../../src/plan/route-precedence.js";
import { chooseAlbRule } from "../../src/simulator/alb-rules.js";
import { chooseHttpApiRoute } from "../../src/simulator/http-api-routes.js";
import { chooseRestApiRoute } from "../../src/simulator/rest-api-routes.js";
import { referenceMatcher } from "../http-rule/templates.js";
import { methods } from "./methods.js";

interface Case {
  readonly title: string;
  readonly rpcs: Readonly<Record<string, readonly string[]>>;
  /** RPCs that share a function; those not named have one each. */
  readonly lastDeclared: readonly string[];
  readonly specificity: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: "plain resources",
    rpcs: { Get: ["GET /v1/{name=shelves/*}"], List: ["GET /v1/shelves"], Delete: ["DELETE /v1/{name=shelves/*}"] },
    lastDeclared: [],
    specificity: [],
  },
  {
    title: "verbs of one resource have one route",
    rpcs: {
      Run: ["POST /v1/{name=jobs/*}:run"],
      Stop: ["POST /v1/{name=jobs/*}:stop"],
      Get: ["GET /v1/{name=jobs/*}"],
    },
    lastDeclared: ["Run+Stop"],
    specificity: ["Run+Stop"],
  },
  {
    title: "a verb after text is text",
    rpcs: { BatchGet: ["GET /v1/books:batchGet"], BatchDelete: ["GET /v1/books:batchDelete"] },
    lastDeclared: [],
    specificity: [],
  },
  {
    title: "names of variables make no difference",
    rpcs: { A: ["GET /v1/{a}"], B: ["GET /v1/{b}:x"] },
    lastDeclared: ["A+B"],
    specificity: ["A+B"],
  },
  {
    title: "text declared after a variable is found by both",
    rpcs: { Get: ["GET /v1/users/{id}"], Me: ["GET /v1/users/me"] },
    lastDeclared: [],
    specificity: [],
  },
  {
    title: "text declared before a variable is shadowed in grpc-gateway, and the function has to see to it",
    rpcs: { Me: ["GET /v1/users/me"], Get: ["GET /v1/users/{id}"] },
    lastDeclared: ["Me+Get"],
    specificity: [],
  },
  {
    title: "two full matches of which neither is the narrower",
    rpcs: { A: ["GET /v1/{x}/b"], B: ["GET /v1/a/{y}"] },
    lastDeclared: ["A+B"],
    specificity: ["A+B"],
  },
  {
    title: "a deep wildcard takes what others leave",
    rpcs: { Files: ["GET /v1/{path=files/**}"], About: ["GET /v1/about"] },
    lastDeclared: [],
    specificity: [],
  },
  {
    title: "a deep wildcard matches no segment too",
    rpcs: { Files: ["GET /v1/{path=files/**}"], List: ["GET /v1/files"] },
    lastDeclared: ["Files+List"],
    specificity: ["Files+List"],
  },
  {
    title: "a later deep wildcard shadows",
    rpcs: { Get: ["GET /v1/files/{id}"], Files: ["GET /v1/{path=files/**}"] },
    lastDeclared: ["Get+Files"],
    specificity: [],
  },
  {
    title: "any method beside one method",
    rpcs: { Any: ["* /v1/x/{id}"], Get: ["GET /v1/x/{id}"] },
    lastDeclared: [],
    specificity: [],
  },
  {
    title: "any method in a narrower place",
    rpcs: { Get: ["GET /v1/x/{id}"], Any: ["* /v1/x/y"] },
    lastDeclared: ["Get+Any"],
    specificity: ["Get+Any"],
  },
  {
    title: "additional bindings join",
    rpcs: {
      A: ["GET /v1/{a}:x", "GET /v2/a"],
      B: ["GET /v1/{a}:y", "POST /v2/{b}:z"],
      C: ["POST /v2/{c}:w"],
      D: ["GET /v3"],
    },
    lastDeclared: ["A+B+C"],
    specificity: ["A+B+C"],
  },
];

function groupNames(rpcs: Case["rpcs"], precedence: RoutePrecedence): string[] {
  const planned = methods(rpcs);
  return groupMethods(planned, projectBindings(planned, httpApi), { frontDoor: httpApi, precedence })
    .filter((group) => group.length > 1)
    .map((group) => group.map(({ method }) => method.name).join("+"));
}

it.each(cases)("$title", ({ rpcs, lastDeclared, specificity }) => {
  expect(groupNames(rpcs, "lastDeclared")).toEqual(lastDeclared);
  expect(groupNames(rpcs, "specificity")).toEqual(specificity);
});

/** How a door may decide between routes that both match a request, within what AWS documents. */
type Door = (routes: readonly Target[], method: string, path: string) => Target | undefined;

interface Target {
  readonly httpMethod: string;
  readonly path: string;
  readonly target: readonly MethodPlan[];
}

function byRank(rank: (route: Target) => number): Door {
  return (routes, method, path) =>
    routes
      .filter((route) => route.httpMethod === "ANY" || route.httpMethod === method)
      .filter((route) => routeMatches(route.path, path))
      .sort((a, b) => rank(b) - rank(a))[0];
}

function routeMatches(route: string, path: string): boolean {
  const pattern = route
    .replace(/\{[^}]*\+\}/g, "__GREEDY__")
    .replace(/\{[^}]*\}/g, "__ONE__")
    .replaceAll(/[.:$]/g, "\\$&")
    .replaceAll("__GREEDY__", ".+")
    .replaceAll("__ONE__", "[^/]+");
  return new RegExp(`^${pattern}$`).test(path);
}

const variables = (path: string): number => path.split("{").length - 1;
const fromTheLeft = (path: string): number =>
  path.split("/").reduce((rank, part) => rank * 2 + (part.startsWith("{") ? 0 : 1), 0);
const fullFirst = ({ path }: Target): number => (path.includes("+}") ? 0 : 1e6);
const methodFirst = ({ httpMethod }: Target): number => (httpMethod === "ANY" ? 0 : 1e9);

const doors: Readonly<Record<string, Door>> = {
  simulator: (routes, method, path) => {
    const chosen = chooseHttpApiRoute(routes, method, path);
    return routes.find((route) => route.target === chosen?.target);
  },
  "fewer variables": byRank(
    (route) =>
      fullFirst(route) + 1000 * route.path.split("/").length - 10 * variables(route.path) + methodFirst(route) / 1e9,
  ),
  "text from the left": byRank((route) => fullFirst(route) + fromTheLeft(route.path) * 2 + methodFirst(route) / 1e9),
  "method before anything": byRank((route) => methodFirst(route) + fullFirst(route) + fromTheLeft(route.path)),
};

const segment = fc.constantFrom("a", "b", "*", "*", "{x}", "{y=a/*}", "{z=*/b}");
const rule = fc
  .record({
    httpMethod: fc.constantFrom("GET", "GET", "GET", "POST", "*"),
    segments: fc.array(segment, { minLength: 1, maxLength: 3 }),
    deep: fc.constantFrom("", "", "", "/**", "/{w=**}", "/{w=a/**}"),
    verb: fc.constantFrom("", "", ":m", ":n", ":m:n"),
  })
  .map(({ httpMethod, segments, deep, verb }) => `${httpMethod} /${segments.join("/")}${deep}${verb}`);
const routeSet = fc.array(fc.array(rule, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 7 });
const request = fc.record({
  httpMethod: fc.constantFrom("GET", "POST", "PUT"),
  path: fc
    .array(fc.constantFrom("a", "b", "c", "a:m", "b:n", "c:m:n", "a:m:n"), { minLength: 1, maxLength: 6 })
    .map((segments) => `/${segments.join("/")}`),
});

/** Of the bindings that match, the one that answers. */
function answering(
  projected: readonly ProjectedBinding[],
  { httpMethod, path }: { httpMethod: string; path: string },
  precedence: RoutePrecedence,
): ProjectedBinding | undefined {
  const candidates = projected
    .map((item, order) => ({ item, httpMethod: item.binding.httpMethod, template: item.binding.template, order }))
    .filter((candidate) => candidate.httpMethod === "*" || candidate.httpMethod === httpMethod)
    .filter(({ template }) => referenceMatcher(template)(path));
  return candidates.find((a) => candidates.every((b) => a === b || prefersBinding(precedence, a, b)))?.item;
}

/** Rules that say the same twice are errors of the model stage. */
function withoutDuplicates(rules: readonly (readonly string[])[]): (readonly string[])[] {
  const seen = new Set<string>();
  const isNew = (text: string): boolean => {
    const shape = text.replaceAll(/\{\w+\}/g, "*").replaceAll(/\{\w+=|\}/g, "");
    return !seen.has(shape) && seen.add(shape) !== undefined;
  };
  return rules.map((bindings) => bindings.filter(isNew)).filter((bindings) => bindings.length > 0);
}

type Projected = readonly ProjectedBinding[];
type Groups = readonly (readonly [MethodPlan, ...MethodPlan[]])[];

/** Sets up a front door with what was planned for it; gives the RPCs of the function that a request gets to. */
type SetUp = (
  groups: Groups,
  projected: Projected,
  precedence: RoutePrecedence,
) => (httpMethod: string, path: string) => readonly MethodPlan[] | undefined;

function byRoutes(door: Door): SetUp {
  return (groups, projected) => {
    const routes = routesOf(groups, projected);
    return (httpMethod, path) => door(routes, httpMethod, path)?.target;
  };
}

/** The most specific resource first; what it lacks is refused. */
function byResources(rank: (route: Target) => number): Door {
  return (routes, method, path) => {
    const matching = routes.filter((route) => routeMatches(route.path, path)).sort((a, b) => rank(b) - rank(a));
    const resource = matching.filter((route) => route.path === matching[0]?.path);
    return (
      resource.find((route) => route.httpMethod === method) ?? resource.find((route) => route.httpMethod === "ANY")
    );
  };
}

const byRules: SetUp = (groups, projected, precedence) => {
  const functions = groups.map((group) => ({ id: group[0].id, methods: group }));
  const rules = planListenerRules(projected, functions, alb, precedence);
  expect(new Set(rules.map((rule) => rule.priority)).size).toBe(rules.length);
  for (const { httpMethods, pathPatterns, pathRegexes, priority } of rules) {
    expect(priority >= 1 && priority <= 50_000).toBe(true);
    expect(httpMethods.length + pathPatterns.length + pathRegexes.length).toBeLessThanOrEqual(5);
    expect(Math.max(pathPatterns.length, pathRegexes.length)).toBeLessThanOrEqual(3);
    expect(Math.min(pathPatterns.length, pathRegexes.length)).toBe(0);
  }
  const targets = rules.map(({ functionId, ...rule }) => ({ ...rule, target: functionId }));
  return (httpMethod, path) => {
    const chosen = chooseAlbRule(targets, httpMethod, path);
    return functions.find(({ id }) => id === chosen?.target)?.methods;
  };
};

const setUps: readonly (readonly [FrontDoor, Readonly<Record<string, SetUp>>])[] = [
  [httpApi, Object.fromEntries(Object.entries(doors).map(([name, door]) => [name, byRoutes(door)]))],
  [
    restApi,
    {
      simulator: byRoutes((routes, method, path) => {
        const chosen = chooseRestApiRoute(routes, method, path);
        return routes.find((route) => route.target === chosen?.target);
      }),
      "fewer variables": byRoutes(
        byResources((route) => fullFirst(route) + 1000 * route.path.split("/").length - 10 * variables(route.path)),
      ),
      "text from the left": byRoutes(byResources((route) => fullFirst(route) + fromTheLeft(route.path))),
      "greedy like any variable": byRoutes(byResources((route) => fromTheLeft(route.path))),
    },
  ],
  [alb, { simulator: byRules }],
];

describe.each(setUps.map(([door, models]) => ({ door, models })))("$door.id", ({ door, models }) => {
  it.each(["lastDeclared", "specificity"] as const)(
    "door and function choose what all bindings would (%s)",
    (precedence) => {
      let answered = 0;
      fc.assert(
        fc.property(routeSet, fc.array(request, { minLength: 20, maxLength: 40 }), (rules, requests) => {
          const planned = methods(
            Object.fromEntries(withoutDuplicates(rules).map((bindings, at) => [`M${at}`, bindings])),
          );
          const { projected, groups } = planRoutes(planned, door, precedence);
          if (door === restApi) expect(clashingVariables(projected)).toEqual([]);
          const choosers = Object.entries(models).map(([name, setUp]) => ({
            name,
            choose: setUp(groups, projected, precedence),
          }));
          for (const wanted of requests) {
            const expected = answering(projected, wanted, precedence);
            if (expected === undefined) continue;
            answered++;
            for (const { name, choose } of choosers) {
              const chosen = choose(wanted.httpMethod, wanted.path);
              const own = projected.filter(({ method }) => chosen?.includes(method));
              expect(showBinding(answering(own, wanted, precedence)), `${name}: ${JSON.stringify(wanted)}`).toBe(
                showBinding(expected),
              );
            }
          }
        }),
        { numRuns: 1000 },
      );
      expect(answered).toBeGreaterThan(1000);
    },
  );
});

function showBinding(projected: ProjectedBinding | undefined): string {
  return projected === undefined
    ? "none"
    : `${projected.method.method.name} ${projected.binding.httpMethod} ${projected.binding.template.source}`;
}

function planRoutes(
  planned: readonly MethodPlan[],
  frontDoor: FrontDoor,
  precedence: RoutePrecedence,
): { projected: ProjectedBinding[]; groups: Groups } {
  const plain = projectBindings(planned, frontDoor);
  const projected = frontDoor === restApi ? completeResources(plain, frontDoor, precedence) : plain;
  return { projected, groups: groupMethods(planned, projected, { frontDoor, precedence }) };
}

/** Resources with more than one variable below them, which a REST API refuses. */
function clashingVariables(projected: Projected): string[] {
  const variable = new Map<string, string>();
  return projected.flatMap(({ keys }) =>
    keys.flatMap(({ path }) =>
      [...path.matchAll(/\{[^}]+\}/g)].flatMap(({ 0: name, index }) => {
        const parent = path.slice(0, index);
        const first = variable.get(parent) ?? name;
        variable.set(parent, first);
        return first === name ? [] : [`${parent}: ${first} and ${name}`];
      }),
    ),
  );
}

function routesOf(groups: Groups, projected: Projected): Target[] {
  return groups.flatMap((group) => {
    const keys = projected
      .filter(({ method }) => group.includes(method))
      .flatMap(({ keys }): readonly RouteKey[] => keys);
    const distinct = new Map(keys.map((key) => [routeIdentity(key), key]));
    return [...distinct.values()].map(({ httpMethod, path }) => ({ httpMethod, path, target: group }));
  });
}
