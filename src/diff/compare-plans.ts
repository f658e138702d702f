/** Everything that changes from one version of an API to the next. */
import { compareText } from "../diagnostics.js";
import type { Plan } from "../plan/plan.js";
import type { Change } from "./change.js";
import { compareDeployments } from "./compare-deployments.js";
import { compareMessages } from "./compare-messages.js";
import { compareOwnRoutes } from "./compare-own-routes.js";
import { compareRoutes } from "./compare-routes.js";

/** All changes: the breaking ones first, then by id. */
export function comparePlans(before: Plan, after: Plan): Change[] {
  const all = [
    ...compareRoutes(before, after),
    ...compareOwnRoutes(before, after),
    ...compareMessages(before, after),
    ...compareDeployments(before, after),
  ];
  return all.sort((a, b) => Number(b.breaking) - Number(a.breaking) || compareText(a.id, b.id));
}
