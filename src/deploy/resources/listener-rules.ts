/** The rules of a load balancer's listener, with what a reader wants to know of them. */
import { everything, regexBelow } from "../../front-door/alb-path.js";
import { hostsOf } from "../../plan/door-settings.js";
import type { ListenerRule, Plan } from "../../plan/plan.js";
import { ownRouteNames } from "./functions.js";
import { ruleAuth } from "./rule-auth.js";
import type { RuleResource } from "./resource-model.js";
import { rpcNames } from "./rpc-names.js";
import { settingValue } from "./statements.js";

/** The rules by priority. */
export function ruleResources(plan: Plan): RuleResource[] {
  const { listenerRules, functions, ownFunctions, ownRoutes, unrouted, deployment } = plan;
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  const { fallback } = unrouted;
  const hosts = hostsOf(deployment).map(settingValue);
  const wide = new Map(unrouted.routes.map((route) => [route.key.httpMethod, route]));
  const own = new Map(
    ownFunctions.map(({ id }) => [id, ownRouteNames(ownRoutes.filter((each) => each.functionId === id))]),
  );
  return listenerRules.map((rule) => {
    const { functionId, httpMethods, pathPatterns } = rule;
    const fn = byId.get(functionId);
    const route = pathPatterns[0] === everything ? wide.get(httpMethods[0] ?? "ANY") : undefined;
    const isOpen = route?.open ?? false;
    const rest = isOpen ? "preflights of browsers" : "requests that match no RPC";
    return {
      ...rule,
      ...pathsBelow(rule, deployment.domain?.basePath ?? ""),
      hosts,
      rpcs:
        own.get(functionId) ??
        (route === undefined || (!isOpen && fn !== undefined) ? rpcNames(fn?.methods ?? []) : rest),
      auth: ruleAuth(
        ownFunctions.find(({ id }) => id === functionId)?.auth ??
          route?.auth ??
          fn?.auth ??
          fallback?.auth ??
          deployment.auth,
      ),
    };
  });
}

/** A load balancer strips nothing: rules ask for the paths that clients send. Patterns for odd paths begin with `*`. */
function pathsBelow(
  { pathPatterns, pathRegexes }: ListenerRule,
  basePath: string,
): Pick<RuleResource, "pathPatterns" | "pathRegexes"> {
  if (basePath === "") return { pathPatterns, pathRegexes };
  return {
    pathPatterns: pathPatterns.map((path) => `${basePath}${path.startsWith("*") ? "/" : ""}${path}`),
    pathRegexes: pathRegexes.map((regex) => regexBelow(basePath, regex)),
  };
}
