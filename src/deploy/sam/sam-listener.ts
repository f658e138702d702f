/** The rules of a load balancer's listener, as the SAM template shows them. */
import { createHash } from "node:crypto";
import { everything } from "../../front-door/alb-path.js";
import type { Plan } from "../../plan/plan.js";
import { logicalIds } from "./logical-ids.js";
import { rpcNames } from "./rpc-names.js";
import { yamlString } from "./yaml-text.js";

/** A rule. Scalars are YAML text already. */
export interface RuleView {
  readonly priority: number;
  /** Host names; "" for any. */
  readonly hosts: string;
  /** RPCs of the function that it leads to. */
  readonly rpcs: string;
  /** `GET, HEAD`; "" for any. */
  readonly httpMethods: string;
  readonly pathPatterns: readonly string[];
  readonly pathRegexes: readonly string[];
  readonly jwt: boolean;
  /** Logical id of the listener, or of the parameter that names it. */
  readonly listener: string;
  /** Logical id of the function, without suffix. */
  readonly target: string;
}

/** The rules by priority. */
export function ruleViews(plan: Plan): RuleView[] {
  const { listenerRules, functions, unrouted, deployment } = plan;
  const ids = logicalIds(plan);
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  const wide = new Map(unrouted.routes.map((route) => [route.key.httpMethod, route]));
  return listenerRules.map(({ priority, functionId, httpMethods, pathPatterns, pathRegexes }) => {
    const fn = byId.get(functionId);
    const route = pathPatterns[0] === everything ? wide.get(httpMethods[0] ?? "ANY") : undefined;
    const isOpen = route?.open ?? false;
    const rest = isOpen ? "preflights of browsers" : "requests that match no RPC";
    return {
      priority,
      hosts: deployment.hosts.map(yamlString).join(", "),
      rpcs: route === undefined || (!isOpen && fn !== undefined) ? rpcNames(fn?.methods ?? []) : rest,
      httpMethods: httpMethods.map(yamlString).join(", "),
      pathPatterns: pathPatterns.map(yamlString),
      pathRegexes: pathRegexes.map(yamlString),
      jwt: deployment.auth === "jwt" && !isOpen,
      listener: deployment.loadBalancer === "own" ? "Listener" : "ListenerArn",
      target: ids.get(functionId) ?? "",
    };
  });
}

/** Longest name of a target group, without the part that tells stacks apart. */
const maxGroupName = 32 - "-12345678".length;

/** The function's id where it is short enough; what is cut off is told apart by a hash. */
export function targetGroupName(functionId: string): string {
  if (functionId.length <= maxGroupName) return functionId;
  const hash = createHash("sha256").update(functionId).digest("hex").slice(0, 8);
  return `${functionId.slice(0, maxGroupName - 9).replace(/-$/, "")}-${hash}`;
}
