/** Differences between routes of the user's own. */
import { templateShape } from "../http-rule/format-path-template.js";
import type { FixedAnswer, Plan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares which of these routes there are, and what fixed ones answer. */
export function compareOwnRoutes(before: Plan, after: Plan): Change[] {
  const [old, now] = [ownRoutes(before), ownRoutes(after)];
  const removed = [...old.keys()].filter((name) => !now.has(name));
  const added = [...now.keys()].filter((name) => !old.has(name));
  const changed = [...now].filter(([name, answer]) => old.has(name) && old.get(name) !== answer);
  return [
    ...removed.map((name) => change("route-removed", name, true, `${name}, a route of the configuration, is gone`)),
    ...added.map((name) => change("route-added", name, false, `${name} is new: a route of the configuration`)),
    ...changed.map(([name]) => change("route-answered", name, true, `${name} of the configuration has another answer`)),
  ];
}

/** The answer of each route, by method and path. */
function ownRoutes({ ownRoutes: routes }: Plan): Map<string, string> {
  return new Map(
    routes.map(({ httpMethod, template, functionId, fixed }) => [
      `${httpMethod} ${templateShape(template)}`,
      fixed === undefined ? functionId : fixedText(fixed),
    ]),
  );
}

function fixedText({ status, headers, body }: FixedAnswer): string {
  return JSON.stringify([status, headers, body]);
}
