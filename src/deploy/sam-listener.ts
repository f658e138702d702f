/** The rules of a load balancer's listener, as the SAM template shows them. */
import { createHash } from "node:crypto";
import type { Plan } from "../plan/plan.js";
import { rpcNames } from "./rpc-names.js";
import { yamlString } from "./yaml-text.js";

/** A rule. Scalars are YAML text already. */
export interface RuleView {
  readonly priority: number;
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

/** By priority. */
export function ruleViews({ listenerRules, functions, deployment }: Plan): RuleView[] {
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  return listenerRules.map(({ priority, functionId, httpMethods, pathPatterns, pathRegexes }) => {
    const fn = byId.get(functionId);
    return {
      priority,
      rpcs: isPreflight(httpMethods) ? "preflights of browsers" : rpcNames(fn?.methods ?? []),
      httpMethods: httpMethods.map(yamlString).join(", "),
      pathPatterns: pathPatterns.map(yamlString),
      pathRegexes: pathRegexes.map(yamlString),
      jwt: deployment.auth === "jwt" && !isPreflight(httpMethods),
      listener: deployment.loadBalancer === "own" ? "Listener" : "ListenerArn",
      target: fn?.logicalId ?? "",
    };
  });
}

/** A preflight carries no token. */
function isPreflight(httpMethods: readonly string[]): boolean {
  return httpMethods.length === 1 && httpMethods[0] === "OPTIONS";
}

/** Longest name of a target group, without the part that tells stacks apart. */
const maxGroupName = 32 - "-12345678".length;

/** The function's id where it is short enough; what is cut off is told apart by a hash. */
export function targetGroupName(functionId: string): string {
  if (functionId.length <= maxGroupName) return functionId;
  const hash = createHash("sha256").update(functionId).digest("hex").slice(0, 8);
  return `${functionId.slice(0, maxGroupName - 9).replace(/-$/, "")}-${hash}`;
}
