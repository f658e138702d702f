/** Labels requests with the RPC that answers them, by the runtime's own router over all bindings of a plan. */
import type { Body } from "../../model/api-model.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { LabelRequest, RequestLabel } from "../../migrate/requests/request-label.js";
import { unrouted } from "../../migrate/requests/request-label.js";
import { scanRoutes, selectRoute } from "../../runtime/routing/select-route.js";
import { orderCandidates, profileOf } from "../explain/candidate.js";

/** A route with the texts that its variables capture. */
export interface FoundRoute {
  readonly route: RoutePlan;
  readonly captures: readonly string[];
}

/** Finds the route of a method and a target; undefined where no RPC answers. */
export type FindRoute = (method: string, target: string) => FoundRoute | undefined;

/** Makes a finder over all bindings of the plan. */
export function routeFinder(plan: Plan): FindRoute {
  const profile = profileOf(plan);
  const table = scanRoutes(orderCandidates(plan, plan.routes));
  return (method, target) => {
    const [path = "/"] = target.split("?", 1);
    const selection = selectRoute(table, { method, path, pathIsDecoded: false, headers: {} }, profile);
    return selection.kind === "found" ? { route: selection.route.route, captures: selection.captures } : undefined;
  };
}

/** Makes a labeller of a finder. */
export function requestLabeller(find: FindRoute): LabelRequest {
  return (method, target): RequestLabel => {
    const found = find(method, target);
    const isRead = ["GET", "HEAD"].includes(method);
    if (found === undefined) return { rpc: unrouted, binding: "", safe: isRead, functionId: "" };
    const { method: planned, binding, functionId } = found.route;
    const { output, serverStreaming, noSideEffects } = planned.method;
    return {
      rpc: planned.method.fullName,
      binding: `${binding.httpMethod} ${binding.template.source}`,
      template: binding.template,
      safe: isRead || noSideEffects === true,
      functionId,
      method: { output, serverStreaming },
      input: planned.method.input,
      ...bodyType(planned.method.input, binding.body),
      ...(binding.responseBody === undefined ? {} : { responseBody: binding.responseBody.name }),
    };
  };
}

function bodyType(input: string, body: Body): Pick<RequestLabel, "bodyType"> {
  if (body.kind === "all") return { bodyType: input };
  if (body.kind === "none" || body.field.shape.kind !== "message") return {};
  return { bodyType: body.field.shape.fullName };
}
