/** Differences between routes of the user's own. */
import { expect, test } from "vitest";
import { compareOwnRoutes } from "../../src/diff/compare-own-routes.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { ownRoutes, plan, small } from "../deploy/plans.js";

const [health, , callback] = ownRoutes;

function compare(before: PlanOptions["routes"], after: PlanOptions["routes"]): string[] {
  const [old, now] = [before, after].map((routes = []) => plan(small, {}, { routes }));
  if (old === undefined || now === undefined) return [];
  return compareOwnRoutes(old, now).map(({ breaking, id, message }) => `${breaking ? "!" : " "} ${id}: ${message}`);
}

test("the same routes", () => {
  expect(compare(ownRoutes, ownRoutes)).toEqual([]);
});

test("new ones, gone ones, and other answers", () => {
  if (health === undefined || callback === undefined) throw new Error("no routes");
  const sick = { kind: "fixed", fixed: { status: 503, headers: [], body: "" } } as const;
  expect(compare([health], [{ ...health, answer: sick }, callback])).toEqual([
    "  route-added POST /callbacks/*: POST /callbacks/* is new: a route of the configuration",
    "! route-answered GET /healthz: GET /healthz of the configuration has another answer",
  ]);
  expect(compare([callback], [])).toEqual([
    "! route-removed POST /callbacks/*: POST /callbacks/*, a route of the configuration, is gone",
  ]);
});
