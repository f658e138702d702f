/** The bindings of a plan as the runtime's router sees them. */
import { segmentTexts } from "../../emit/http/http-bindings.js";
import { profileOf as profileOfOptions } from "../../plan/behaviour.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { Profile } from "../../runtime/routing/profile.js";
import { orderRoutes, type Routable } from "../../runtime/routing/select-route.js";

/** A binding that may answer a request. */
export interface Candidate extends Routable {
  readonly route: RoutePlan;
}

/** The profile of the runtime that the plan asks for. */
export function profileOf(plan: Pick<Plan, "transcoding">): Profile {
  return profileOfOptions(plan.transcoding);
}

/** Bindings, given in order of declaration, in the order in which the profile tries them. */
export function orderCandidates(plan: Pick<Plan, "transcoding">, routes: readonly RoutePlan[]): readonly Candidate[] {
  return orderRoutes(routes.map(toCandidate), profileOf(plan));
}

function toCandidate(route: RoutePlan): Candidate {
  const { httpMethod, template } = route.binding;
  return {
    route,
    httpMethod,
    segments: segmentTexts(template),
    verb: template.verb,
    captures: template.variables.map(({ start, end }) => [start, end] as const),
  };
}
