/** The functions of a plan, and the routes of an API Gateway API that lead to them. */
import type { FunctionPlan, Plan } from "../../plan/plan.js";
import type { HttpApiRoute } from "../../simulator/http-api-routes.js";
import type { LocalFunction } from "./local-functions.js";

/** Every route key with the function that it leads to. */
export function localRoutes(plan: Plan): HttpApiRoute<LocalFunction>[] {
  const targets = functionsById(plan);
  const keys = [
    ...plan.functions.flatMap(({ id, routeKeys }) => routeKeys.map((key) => ({ key, functionId: id }))),
    ...plan.unrouted.routes,
  ];
  return keys.flatMap(({ key: { httpMethod, path }, functionId }) => {
    const target = targets.get(functionId);
    return target === undefined ? [] : [{ httpMethod, path, target }];
  });
}

/** Every function of the plan, the one without RPCs too. */
export function functionsById(plan: Plan): ReadonlyMap<string, LocalFunction> {
  const { own } = plan.unrouted;
  const all = [...plan.functions, ...(own === undefined ? [] : [{ ...own, streams: false }])];
  return new Map(all.map((planned) => [planned.id, localFunction(plan, planned)]));
}

/** A function of the plan as it runs in this process. */
function localFunction(
  { deployment, layout }: Plan,
  { id, path, streams }: Pick<FunctionPlan, "id" | "path" | "streams">,
): LocalFunction {
  const { timeout, memorySize, frontDoor } = deployment;
  const local = { id, entry: `${layout.outDir}/${path}`, timeout, memorySize };
  const streamsTo = frontDoor === "rest-api" || frontDoor === "function-url" ? frontDoor : undefined;
  return streams && streamsTo !== undefined ? { ...local, streamsTo } : local;
}
