/** The traffic of RPCs that move, by the settings of all levels. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { Method, Service } from "../../model/api-model.js";
import type { Implementation, MethodPlan, RequestPart, TrafficPlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import { settingDefaults } from "../setting-defaults.js";

/** The traffic of an RPC; undefined where its code answers all requests, or none. */
export function trafficOf(
  service: Service,
  method: Method,
  implementation: Implementation,
  { traffic, serviceOptions, methodOptions }: PlanOptions,
): TrafficPlan | undefined {
  const ofService = serviceOptions.get(service.fullName)?.traffic;
  const ofMethod = methodOptions?.get(method.fullName)?.traffic;
  if (implementation.kind === "proxy" || (traffic ?? ofService ?? ofMethod) === undefined) return undefined;
  const {
    old,
    share,
    testers = [],
    sticky,
    fallback,
    parameter,
  } = {
    ...settingDefaults.traffic,
    ...traffic,
    ...ofService,
    ...ofMethod,
  };
  return {
    old,
    share,
    testers: testers.map(partOf),
    ...(sticky === undefined ? {} : { sticky: partOf(sticky) }),
    fallback: fallback && changesNothing(method),
    ...(parameter === undefined ? {} : { parameter }),
  };
}

function changesNothing({ noSideEffects, bindings }: Method): boolean {
  return noSideEffects === true || bindings.every(({ httpMethod }) => httpMethod === "GET");
}

/** `header:X-Canary=1`. */
function partOf(text: string): RequestPart {
  const [from = "", rest = ""] = splitAt(text, ":");
  const [name, equals] = splitAt(rest, "=");
  const value = equals === undefined ? {} : { equals };
  if (from === "header") return { from, name: name.toLowerCase(), ...value };
  return { from: from === "cookie" ? "cookie" : "query", name, ...value };
}

function splitAt(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** PL033 for an RPC whose traffic is set, although all of it goes to another server. */
export function checkTraffic({ methodOptions, places }: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  return methods.flatMap(({ method: { fullName }, implementation }) => {
    if (implementation.kind !== "proxy" || methodOptions?.get(fullName)?.traffic === undefined) return [];
    const message = `traffic is set for "${fullName}", whose requests ${implementation.dependency} answers (implementation: proxy), expected code of its own`;
    const help = "set implementation to handlers, or to a module#export, for this RPC";
    return [diagnostic("PL033", message, { location: places?.get(fullName), help })];
  });
}
