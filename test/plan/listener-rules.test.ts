import { expect, it } from "vitest";
import { alb } from "../../src/front-door/alb.js";
import { planListenerRules } from "../../src/plan/routes/listener-rules.js";
import type { ListenerRule } from "../../src/plan/plan.js";
import { projectBindings } from "../../src/plan/routes/plan-routes.js";
import type { BindingPrecedence } from "../../src/plan/routes/binding-precedence.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { planOptions } from "../support/plan-options.js";
import { methods } from "./methods.js";

const deployment = planGeneration(
  { files: [] },
  { ...planOptions(), deployment: { ...planOptions().deployment, frontDoor: "alb" } },
).plan.deployment;
const everything = { httpMethod: "ANY", path: "/*", precision: "widened" } as const;

type Rpcs = Readonly<Record<string, readonly string[]>>;

/** Rules of a function per RPC, or of one for each prefix of its name up to `_`. */
function rulesOf(rpcs: Rpcs, precedence: BindingPrecedence = "specificity"): ListenerRule[] {
  const planned = methods(rpcs);
  const ids = [...new Set(Object.keys(rpcs).map((name) => name.split("_")[0] ?? name))];
  const functions = ids.map((id) => ({
    id,
    methods: planned.filter(({ method }) => method.name.split("_")[0] === id),
  }));
  const routes = [
    {
      key: everything,
      functionId: ids.length === 1 ? (ids[0] ?? "") : "unrouted",
      open: false,
      auth: { kind: "iam" } as const,
    },
  ];
  return planListenerRules(projectBindings(planned, alb), {
    functions,
    ownRoutes: [],
    frontDoor: alb,
    precedence,
    unrouted: { routes },
    deployment,
  });
}

function show({ functionId, httpMethods, pathPatterns, pathRegexes }: ListenerRule): string {
  return [functionId, httpMethods.join("|") || "ANY", ...pathPatterns, ...pathRegexes].join(" ");
}

const rest = "unrouted ANY /*";

it.each<[title: string, rpcs: Rpcs, rules: readonly string[]]>([
  ["one function takes everything", { A_Get: ["GET /v1/{id}"], A_List: ["POST /v1/a", "GET /v2"] }, ["A ANY /*"]],
  [
    "up to three paths of one function and method are one rule",
    { A: ["GET /v1/a", "GET /v1/b", "GET /v1/c", "GET /v1/d", "PUT /v1/a"], B: ["GET /v2"] },
    ["A GET /v1/a /v1/b /v1/c", "A GET /v1/d", "A PUT /v1/a", "B GET /v2", rest],
  ],
  [
    "patterns and regular expressions do not share a rule as they are",
    { A: ["GET /v1/a.b", "GET /v1/a/{id}"], B: ["GET /v2"] },
    ["A GET ^/v1/a/[^/]*$ ^/v1/a\\.b$", "B GET /v2", rest],
  ],
  [
    "a path does not join an earlier rule across one that it has to give way to",
    { A: ["GET /v1/a", "GET /v1/{id}"], B: ["GET /v1/b"] },
    ["A GET /v1/a", "A GET ^/v1/[^/]*$", "B GET /v1/b", rest],
  ],
])("%s", (_, rpcs, rules) => {
  expect(rulesOf(rpcs).map(show).sort()).toEqual(rules);
});

it("puts what answers first in front", () => {
  const rpcs = { Me: ["GET /v1/users/me"], Get: ["GET /v1/users/{id}"], Any: ["* /v1/{name=**}"] };
  const order = (precedence: BindingPrecedence) => rulesOf(rpcs, precedence).map(({ functionId }) => functionId);
  expect(order("specificity")).toEqual(["Me", "Get", "Any", "unrouted"]);
  expect(order("lastDeclared")).toEqual(["Any", "Get", "Me", "unrouted"]);
});

it("keeps the priorities of the other rules when a route comes or goes", () => {
  const rpcs = { Get: ["GET /v1/users/{id}"], List: ["GET /v1/users"], Me: ["GET /v1/users/me"] };
  const more = { Create: ["POST /v1/users"], ...rpcs, Delete: ["DELETE /v1/users/{id}"] };
  const priorities = (rules: readonly ListenerRule[]) =>
    new Map(rules.map(({ functionId, priority }) => [functionId, priority]));
  const before = priorities(rulesOf(rpcs));
  const after = priorities(rulesOf(more));
  expect([...before].map(([id]) => [id, after.get(id)])).toEqual([...before]);
});
