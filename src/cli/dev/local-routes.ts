/** The functions of a plan as they run in this process, and what leads to them. */
import { standIns } from "../../emit/functions/captured-servers.js";
import { entryPoint } from "../../emit/entry-point.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import { plainBundle } from "../../plan/functions/plan-bundle.js";
import type { FunctionPlan, Plan } from "../../plan/plan.js";
import { simulatedDoors } from "../../simulator/doors.js";
import type { RoutingTable } from "../../simulator/simulated-door.js";
import type { LocalFunction } from "./local-functions.js";

/** Routes, rules and bindings of the deployed door, each with the function that it leads to. */
export function routingTable(plan: Plan): RoutingTable<LocalFunction> {
  const targets = functionsById(plan);
  const leading = <Row>(functionId: string, row: Row): (Row & { readonly target: LocalFunction })[] => {
    const target = targets.get(functionId);
    return target === undefined ? [] : [{ ...row, target }];
  };
  const keys = [
    ...plan.functions.flatMap(({ id, routeKeys }) => routeKeys.map((key) => ({ key, functionId: id }))),
    ...plan.ownRoutes.flatMap(({ keys: own, functionId }) => own.map((key) => ({ key, functionId }))),
    ...plan.unrouted.routes,
  ];
  return {
    routes: keys.flatMap(({ key: { httpMethod, path }, functionId }) => leading(functionId, { httpMethod, path })),
    rules: plan.listenerRules.flatMap(({ functionId, ...rule }) => leading(functionId, rule)),
    bindings: plan.routes.flatMap(({ functionId, binding: { httpMethod, template } }) =>
      leading(functionId, { httpMethod, template }),
    ),
  };
}

/** Every function of the plan, the one without RPCs too. */
export function functionsById(plan: Plan): ReadonlyMap<string, LocalFunction> {
  const { withoutRpcs } = plan.unrouted;
  const others = withoutRpcs === undefined ? [] : [{ ...withoutRpcs, streams: false, bundle: plainBundle }];
  const own = [...plan.ownFunctions, ...plan.authorizers].map((fn) => ({ ...fn, streams: false }));
  const all = [...functionsWithRpcs(plan), ...others, ...own];
  return new Map(all.map((planned) => [planned.id, localFunction(plan, planned)]));
}

/** A function of the plan as it runs in this process. */
function localFunction(plan: Plan, planned: Pick<FunctionPlan, "id" | "streams" | "bundle" | "limits">): LocalFunction {
  const { deployment, layout } = plan;
  const { id, streams, bundle } = planned;
  const { timeout, memorySize } = limitsOf(planned, deployment);
  const local = {
    id,
    entry: entryPoint(plan, id).file,
    bundle: { format: bundle.format, standIns: standIns(layout, bundle), external: plan.build.external },
    timeout,
    memorySize,
  };
  const streamsTo = simulatedDoors[deployment.frontDoor].streaming;
  return streams && streamsTo !== undefined ? { ...local, streamsTo } : local;
}
