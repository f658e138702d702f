/** The functions of a plan, and the routes of an API Gateway API that lead to them. */
import type { FunctionPlan, Plan } from "../../plan/plan.js";
import type { HttpApiRoute } from "../../simulator/http-api-routes.js";
import type { LocalFunction } from "./local-functions.js";

/** Every route key with the function that it leads to. */
export function localRoutes(plan: Plan): HttpApiRoute<LocalFunction>[] {
  return plan.functions.flatMap((planned) => {
    const target = localFunction(plan, planned);
    return planned.routeKeys.map(({ httpMethod, path }) => ({ httpMethod, path, target }));
  });
}

/** A function of the plan as it runs in this process. */
export function localFunction({ deployment, layout }: Plan, { id, path, streams }: FunctionPlan): LocalFunction {
  const { timeout, memorySize, frontDoor } = deployment;
  const local = { id, entry: `${layout.outDir}/${path}`, timeout, memorySize };
  const streamsTo = frontDoor === "rest-api" || frontDoor === "function-url" ? frontDoor : undefined;
  return streams && streamsTo !== undefined ? { ...local, streamsTo } : local;
}
