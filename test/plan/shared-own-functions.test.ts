/** Functions that routes of the user's own share, and what these give them. */
import { expect, it } from "vitest";
import type { OwnRouteOptions } from "../../src/plan/plan-options.js";
import { cors, ownRoutes, plan, render, small } from "../deploy/plans.js";

/** The callback of the tests with another handler, path, variables and permissions. */
function callback(path: string, module: string, variables: Readonly<Record<string, string>>): OwnRouteOptions {
  const [fixed, other, route] = ownRoutes;
  if (fixed === undefined || other === undefined || route?.answer.kind !== "function") throw new Error("no callback");
  const environment = Object.entries(variables).map(([name, text]) => ({
    name,
    value: { kind: "text", text } as const,
  }));
  const actions = [`s3:${Object.keys(variables).join("")}`];
  const policies = [{ kind: "statement", actions, resources: [{ kind: "text", text: "arn" }] } as const];
  const template = { ...fixed.template, source: path, segments: [{ kind: "literal", text: path.slice(1) } as const] };
  const answer = { ...route.answer, handler: { module, exportName: "handler" }, environment, policies };
  return { ...route, template, answer };
}

it("gives handlers of one name in different folders a function each", () => {
  const routes = [callback("/a", "src/pay/callback.ts", {}), callback("/b", "src/mail/callback.ts", {})];
  const { ownFunctions, ownRoutes: planned } = plan(small, {}, { routes });
  expect(ownFunctions.map(({ id, handler }) => [id, handler?.module])).toEqual([
    ["callback", "src/pay/callback.ts"],
    ["callback2", "src/mail/callback.ts"],
  ]);
  expect(planned.map(({ functionId }) => functionId)).toEqual(["callback", "callback2"]);
});

it("gives a function what all of its routes have: variables, of which the last counts, and permissions", () => {
  const module = "src/callback.ts";
  const routes = [callback("/a", module, { A: "1", B: "1" }), callback("/b", module, { B: "2" })];
  const [own, ...others] = plan(small, {}, { routes }).ownFunctions;
  expect(others).toEqual([]);
  expect(own?.environment.map(({ name, value }) => [name, value])).toEqual([
    ["A", { kind: "text", text: "1" }],
    ["B", { kind: "text", text: "2" }],
  ]);
  expect(own?.policies.map((policy) => policy.kind === "statement" && policy.actions)).toEqual([["s3:AB"], ["s3:B"]]);
});

it("lets preflights through to a route for every method that asks for credentials", () => {
  const route = { ...callback("/a", "src/callback.ts", {}), httpMethod: "*", auth: "iam" } as const;
  const settings = { auth: "none", cors } as const;
  expect(render(plan(small, settings, { routes: [route] }))).toContain("preflights of browsers");
  expect(render(plan(small, settings, { routes: [{ ...route, httpMethod: "GET" }] }))).not.toContain("preflights of");
});
