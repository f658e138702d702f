import { fc, runs } from "../support/property.js";
import { describe, expect, it } from "vitest";
import { alb } from "../../src/front-door/alb.js";
import type { FrontDoor } from "../../src/front-door/front-door.js";
import { httpApi } from "../../src/front-door/http-api.js";
import { restApi } from "../../src/front-door/rest-api.js";
import { segmentTexts } from "../../src/emit/http/http-bindings.js";
import { templateText } from "../../src/emit/functions/template-text.js";
import { completeResources } from "../../src/plan/routes/complete-resources.js";
import { groupMethods } from "../../src/plan/functions/group-functions.js";
import { planListenerRules } from "../../src/plan/routes/listener-rules.js";
import { headsFromGets } from "../../src/plan/routes/head-from-get.js";
import { distinctTemplates } from "../../src/plan/routes/foreign-templates.js";
import type { DeploymentPlan, FunctionPlan, MethodPlan, UnroutedPlan } from "../../src/plan/plan.js";
import { deploymentDefaults } from "../../src/plan/deployment-defaults.js";
import { planFunctions } from "../../src/plan/functions/plan-functions.js";
import { planUnrouted } from "../../src/plan/routes/plan-unrouted.js";
import { type ProjectedBinding, projectBindings } from "../../src/plan/routes/plan-routes.js";
import { candidateOf, prefersBinding, type BindingPrecedence } from "../../src/plan/routes/binding-precedence.js";
import { chooseAlbRule } from "../../src/simulator/alb-rules.js";
import { chooseHttpApiRoute } from "../../src/simulator/http-api-routes.js";
import { chooseRestApiRoute } from "../../src/simulator/rest-api-routes.js";
import { type Route, type Serve, serveEndpoint } from "../../src/runtime/calls/endpoint.js";
import { grpcGateway, type Profile, spec } from "../../src/runtime/routing/profile.js";
import { unrouted as unroutedEndpoint, withForeignTemplates } from "../../src/runtime/calls/unrouted.js";
import { planOptions } from "../support/plan-options.js";
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

function groupNames(rpcs: Case["rpcs"], precedence: BindingPrecedence): string[] {
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
  /** Id of a function. */
  readonly target: string;
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
    httpMethod: fc.constantFrom("GET", "GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "*"),
    segments: fc.array(segment, { minLength: 1, maxLength: 3 }),
    deep: fc.constantFrom("", "", "", "/**", "/{w=**}", "/{w=a/**}"),
    verb: fc.constantFrom("", "", ":m", ":n", ":m:n"),
  })
  .map(({ httpMethod, segments, deep, verb }) => `${httpMethod} /${segments.join("/")}${deep}${verb}`);
const routeSet = fc.array(fc.array(rule, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 7 });
const request = fc.record({
  httpMethod: fc.constantFrom("GET", "GET", "POST", "PUT", "HEAD", "HEAD", "OPTIONS", "DELETE"),
  path: fc
    .array(fc.constantFrom("a", "b", "c", "a:m", "b:n", "c:m:n", "a:m:n"), { minLength: 1, maxLength: 6 })
    .map((segments) => `/${segments.join("/")}`),
});

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

/** What was planned for a front door. */
interface Planned {
  readonly functions: readonly FunctionPlan[];
  readonly projected: Projected;
  readonly unrouted: UnroutedPlan;
  readonly precedence: BindingPrecedence;
  readonly deployment: DeploymentPlan;
}

/** Sets up a front door with what was planned for it; gives the id of the function that a request gets to. */
type SetUp = (planned: Planned) => (httpMethod: string, path: string) => string | undefined;

function byRoutes(door: Door): SetUp {
  return (planned) => {
    const routes = routesOf(planned);
    const others = routes.filter(({ path }) => path !== "$default");
    const last = routes.find(({ path }) => path === "$default");
    return (httpMethod, path) => (door(others, httpMethod, path) ?? last)?.target;
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

const byRules: SetUp = ({ functions, projected, unrouted, precedence, deployment }) => {
  const rules = planListenerRules(projected, {
    functions,
    ownRoutes: [],
    frontDoor: alb,
    precedence,
    unrouted,
    deployment,
  });
  expect(new Set(rules.map((rule) => rule.priority)).size).toBe(rules.length);
  for (const { httpMethods, pathPatterns, pathRegexes, priority } of rules) {
    const { first, last } = deployment.rulePriorities;
    expect(priority >= first && priority <= last).toBe(true);
    expect(deployment.hosts.length + httpMethods.length + pathPatterns.length + pathRegexes.length).toBeLessThanOrEqual(
      5,
    );
    expect(Math.max(pathPatterns.length, pathRegexes.length)).toBeLessThanOrEqual(3);
    expect(Math.min(pathPatterns.length, pathRegexes.length)).toBe(0);
  }
  const targets = rules.map(({ functionId, ...rule }) => ({ ...rule, target: functionId }));
  return (httpMethod, path) => chooseAlbRule(targets, httpMethod, path)?.target;
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

const outcomes = fc.constantFrom("501", "405") as fc.Arbitrary<"501" | "405">;

/** Profiles in which something else answers what no binding does. */
const profiles = fc
  .record({ methodNotAllowed: outcomes, headFromGet: fc.boolean(), optionsFromRoutes: fc.boolean() })
  .map((behaviour) => ({ ...behaviour, formPost: false, mediaTypes: "ignore" }) as const);

/** A load balancer shared with others, whose rules have fewer values and priorities. */
const listeners = fc.record({
  hosts: fc.constantFrom([], ["api.example.com"], ["a.example.com", "b.example.com", "*.example.org"]),
  rulePriorities: fc.constantFrom({ first: 1, last: 50_000 }, { first: 2000, last: 2099 }),
});

describe.each(setUps.map(([door, models]) => ({ door, models })))("$door.id", ({ door, models }) => {
  it.each(["lastDeclared", "specificity"] as const)(
    "door and functions answer what one function with all bindings would (%s)",
    async (precedence) => {
      const counts: Record<string, number> = {};
      const requests = fc.array(request, { minLength: 20, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(routeSet, requests, profiles, listeners, async (rules, wanted, behaviour, listener) => {
          const rpcs = methods(
            Object.fromEntries(withoutDuplicates(rules).map((bindings, at) => [`M${at}`, bindings])),
          );
          const profile: Profile = { ...(precedence === "lastDeclared" ? grpcGateway : spec), ...behaviour };
          const planned = planDoor(rpcs, door, profile, listener);
          if (door === restApi) expect(clashingVariables(planned)).toEqual([]);
          const single = serveEndpoint({ profile, routes: rpcs.flatMap(routesOfRpc) });
          const serve = servers(planned, profile);
          for (const [name, setUp] of Object.entries(models)) {
            const choose = setUp(planned);
            for (const { httpMethod, path } of wanted) {
              const expected = await ask(single, httpMethod, path);
              const matcher = answering(planned, httpMethod, path);
              expect(expected.rpc?.split(" ").slice(0, 2).join(" ")).toBe(matcher && showBinding(matcher));
              counts[expected.status] = (counts[expected.status] ?? 0) + 1;
              const id = choose(httpMethod, path);
              // The root of a REST API has a variable of the API's own, and no room for another that takes the rest.
              if (id === undefined && door === restApi && expected.rpc === undefined && hasRootVariable(planned))
                continue;
              const chosen = serve.get(id ?? "");
              const actual = chosen === undefined ? undefined : await ask(chosen, httpMethod, path);
              expect(actual, `${name}: ${httpMethod} ${path} at ${id}`).toEqual(expected);
            }
          }
        }),
        { numRuns: runs(400) },
      );
      for (const status of [200, 204, 404, 405, 501]) expect(counts[status], `${status}`).toBeGreaterThan(runs(100));
    },
    120_000,
  );
});

/** Of the bindings that match, the one that answers. */
function answering({ projected, precedence }: Planned, httpMethod: string, path: string): ProjectedBinding | undefined {
  const candidates = projected
    .map((item, order) => ({ item, ...candidateOf(item, order) }))
    .filter((candidate) => candidate.httpMethod === "*" || candidate.httpMethod === httpMethod)
    .filter(({ template }) => referenceMatcher(template)(path));
  return candidates.find((a) => candidates.every((b) => a === b || prefersBinding(precedence, a, b)))?.item;
}

function showBinding({ method, binding }: ProjectedBinding): string {
  return `${method.method.name} ${binding.template.source}`;
}

interface Answered {
  readonly status: number;
  readonly allow: string | undefined;
  readonly rpc: string | undefined;
}

async function ask(serve: Serve, method: string, path: string): Promise<Answered> {
  const http = { method, path, pathIsDecoded: false, query: "", headers: {}, body: "" };
  const response = await serve(http, { event: {}, lambda: undefined });
  const headers = new Map(response.headers);
  return { status: response.status, allow: headers.get("Allow"), rpc: headers.get("RPC") };
}

/** The bindings of an RPC, answering with their names and variables. */
function routesOfRpc({ method }: MethodPlan): Route[] {
  return method.bindings.map(({ httpMethod, template, index }) => ({
    httpMethod,
    template: template.source,
    segments: segmentTexts(template),
    verb: template.verb,
    captures: template.variables.map(({ start, end }) => [start, end] as const),
    service: "Service",
    method: method.name,
    binding: index,
    body: false,
    answer: async (_, captures) => {
      return { status: 200, headers: [["RPC", `${method.name} ${template.source} ${captures.join()}`]], body: "" };
    },
  }));
}

/** As generated code has them. */
function servers({ functions, unrouted: { withoutRpcs } }: Planned, profile: Profile): Map<string, Serve> {
  const all = functions.flatMap((fn) => fn.methods);
  const bindings = all.flatMap(({ method }) => method.bindings.map((binding) => ({ binding })));
  const serve = functions.map(({ id, methods: own, foreignTemplates }) => {
    const endpoint = { profile, routes: own.flatMap(routesOfRpc) };
    return [
      id,
      serveEndpoint(
        foreignTemplates.length === 0 ? endpoint : withForeignTemplates(endpoint, foreignTemplates.map(templateText)),
      ),
    ] as const;
  });
  const rest = serveEndpoint(unroutedEndpoint(profile, distinctTemplates(bindings).map(templateText)));
  return new Map([...serve, ...(withoutRpcs === undefined ? [] : [[withoutRpcs.id, rest] as const])]);
}

function planDoor(
  rpcs: readonly MethodPlan[],
  frontDoor: FrontDoor,
  { precedence, headFromGet }: Profile,
  listener: Pick<DeploymentPlan, "hosts" | "rulePriorities">,
): Planned {
  const declared = projectBindings(rpcs, frontDoor);
  const plain = headFromGet ? [...declared, ...headsFromGets(declared)] : declared;
  const projected = frontDoor === restApi ? completeResources(plain, frontDoor, precedence) : plain;
  const groups = groupMethods(rpcs, projected, { frontDoor, precedence });
  const deployment: DeploymentPlan = {
    ...deploymentDefaults,
    ...listener,
    apiName: "api",
    frontDoor: frontDoor.id,
    loadBalancer: "own",
    unrouted: "function",
    environment: [],
    policies: [],
    vpc: false,
    cors: undefined as never,
  };
  const functions = planFunctions(groups, projected, {
    frontDoor,
    names: new Map(),
    options: planOptions(),
    index: { files: new Map(), messages: new Map(), enums: new Map(), services: new Map() },
    configured: [],
    deployment,
    precedence,
  });
  // Only `unrouted: rpcs` asks for one.
  const unrouted = planUnrouted(functions, [], deployment, frontDoor, ([first]) => first);
  return { functions, projected, precedence, deployment, unrouted };
}

function hasRootVariable({ functions }: Planned): boolean {
  return functions.some((fn) => fn.routeKeys.some(({ path }) => path.startsWith("/{")));
}

/** Resources with more than one variable below them, which a REST API refuses. */
function clashingVariables(planned: Planned): string[] {
  const variable = new Map<string, string>();
  return routesOf(planned).flatMap(({ path }) =>
    [...path.matchAll(/\{[^}]+\}/g)].flatMap(({ 0: name, index }) => {
      const parent = path.slice(0, index);
      const first = variable.get(parent) ?? name;
      variable.set(parent, first);
      return first === name ? [] : [`${parent}: ${first} and ${name}`];
    }),
  );
}

function routesOf({ functions, unrouted }: Planned): Target[] {
  const keys = [
    ...functions.flatMap(({ id, routeKeys }) => routeKeys.map((key) => ({ key, functionId: id }))),
    ...unrouted.routes,
  ];
  return keys.map(({ key: { httpMethod, path }, functionId }) => ({ httpMethod, path, target: functionId }));
}
