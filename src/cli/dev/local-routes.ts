/** The routes of a plan as the simulated front door takes them. */
import type { Plan } from "../../plan/plan.js";
import type { HttpApiRoute } from "../../simulator/http-api-routes.js";
import type { LocalFunction } from "./local-functions.js";

/** Every route key with the function that it leads to. */
export function localRoutes(plan: Plan): HttpApiRoute<LocalFunction>[] {
  const { timeout, memorySize } = plan.deployment;
  return plan.functions.flatMap((planned) => {
    const target = { id: planned.id, entry: `${plan.layout.outDir}/${planned.path}`, timeout, memorySize };
    return planned.routeKeys.map(({ httpMethod, path }) => ({ httpMethod, path, target }));
  });
}
