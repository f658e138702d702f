/** Rules of a load balancer's listener that deploying would refuse. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { hostsOf } from "../../plan/door-settings.js";
import type { Plan } from "../../plan/plan.js";

/** Wildcards of all conditions of a rule; the paths of the rules for everything have one. */
const maxWildcards = 5;

/** Findings about priorities and host names. */
export function checkListener({ listenerRules, deployment }: Plan): Diagnostic[] {
  const { rulePriorities } = deployment;
  const hosts = hostsOf(deployment).map((host) => (host.kind === "text" ? host.text : ""));
  const { first, last } = rulePriorities;
  const isShort = new Set(listenerRules.map(({ priority }) => priority)).size < listenerRules.length;
  const diagnostics: Diagnostic[] = [];
  if (isShort || listenerRules.some(({ priority }) => priority < first || priority > last)) {
    diagnostics.push(
      diagnostic(
        "DP010",
        `${listenerRules.length} rules do not fit into the priorities ${first} to ${last}: rules that have to be tried one after the other need room between them`,
        { help: "widen deployment.rulePriorities: ten times the number of rules is enough in most cases" },
      ),
    );
  }
  const wildcards = hosts.join("").replace(/[^*?]/g, "").length + 1;
  if (wildcards > maxWildcards) {
    diagnostics.push(
      diagnostic(
        "DP011",
        `deployment.hosts have ${wildcards - 1} wildcards: expected at most ${maxWildcards - 1}, one of the five of a rule is the path's`,
        { help: "name the hosts, or take one pattern for several" },
      ),
    );
  }
  return diagnostics;
}
