/** Paths with empty segments, which grpc-gateway takes for values of wildcards, and which no route of an HTTP API takes. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { parseRouteKey } from "../../front-door/route-key.js";
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { EmptySegmentLoss, FunctionPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import type { ProjectedBinding } from "./plan-routes.js";

/**
 * Finds the RPCs that such paths do not reach, in declaration order; none where one function has all RPCs, where the profile is not
 * grpc-gateway's, and where the configuration says what answers requests that no route takes. Behind other doors PL019 speaks of these paths.
 */
export function findEmptySegmentLosses(
  { transcoding, deployment: { unrouted } }: Pick<PlanOptions, "transcoding" | "deployment">,
  functions: readonly FunctionPlan[],
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
): EmptySegmentLoss[] {
  if (frontDoor.routing !== "full-match-first" || functions.length < 2) return [];
  if (transcoding.profile !== "grpc-gateway" || unrouted !== undefined) return [];
  const losses = new Map<string, EmptySegmentLoss>();
  for (const { method, binding, keys } of projected) {
    const at = lostSegment(binding.template, keys);
    if (at === undefined || losses.has(method.method.fullName)) continue;
    const httpMethod = binding.httpMethod === "*" ? "GET" : binding.httpMethod;
    losses.set(method.method.fullName, { method, example: `${httpMethod} ${pathWithout(binding.template, at)}` });
  }
  return [...losses.values()];
}

/** The index of the first segment that no route of the binding takes if it is empty. A greedy route takes what comes after its start. */
function lostSegment({ segments, verb }: PathTemplate, keys: ProjectedBinding["keys"]): number | undefined {
  const starts = keys.map(parseRouteKey).map(({ parts, greedy }) => (greedy ? parts.length : segments.length));
  const greedyFrom = Math.min(...starts);
  const last = segments.length - 1;
  const lost = segments.findIndex(({ kind }, index) => {
    // In front of a verb no segment is empty: `/v1/:merge` has the segment `:merge`.
    if (kind === "literal" || (index === last && verb !== "")) return false;
    return index < greedyFrom || (index === greedyFrom && index === last);
  });
  return lost === -1 ? undefined : lost;
}

/** A path of the template with an empty segment at this place, and `1` for other wildcards. */
function pathWithout({ segments, verb }: PathTemplate, empty: number): string {
  const texts = segments.map((segment, index) => {
    if (segment.kind === "literal") return segment.text;
    return index === empty ? "" : "1";
  });
  return `/${texts.join("/")}${verb === "" ? "" : `:${verb}`}`;
}
