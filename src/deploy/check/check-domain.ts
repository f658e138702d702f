/** Checks of the host name of the API's own. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { maxPathLength } from "../../front-door/alb-path.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { DomainPlan, Plan } from "../../plan/plan.js";
import { ruleResources } from "../resources/listener-rules.js";

/** Findings about `deployment.domain`; none without it. */
export function checkDomain(plan: Plan): Diagnostic[] {
  const { domain } = plan.deployment;
  if (domain === undefined) return [];
  return [
    ...checkDoor(plan, domain),
    ...checkHosts(plan, domain),
    ...checkBasePath(plan, domain),
    ...checkOtherAddress(plan, domain),
    ...checkRules(plan),
  ];
}

/** DP030 for what the front door, or a listener that exists, does not take from this deployment. */
function checkDoor({ deployment: { frontDoor, loadBalancer } }: Plan, { minimumTls, mtls }: DomainPlan): Diagnostic[] {
  const door = frontDoorOf(frontDoor);
  if (frontDoor === "function-url") {
    return [
      diagnostic("DP030", `deployment.domain is set, but ${withArticle(door)} has no domain of its own`, {
        help: "put CloudFront in front of the URL, with the domain and the certificate there, or use another front door",
      }),
    ];
  }
  if (frontDoor === "http-api" && minimumTls === "1.3") {
    return [
      diagnostic("DP030", `deployment.domain.minimumTls is 1.3, but the least of ${withArticle(door)} is 1.2`, {
        help: "leave it out: clients speak TLS 1.3 where they can; a REST API and a load balancer can ask for it",
      }),
    ];
  }
  if (frontDoor !== "alb" || loadBalancer === "own") return [];
  const asked = [...(minimumTls === "1.3" ? ["minimumTls"] : []), ...(mtls === undefined ? [] : ["mtls"])];
  return asked.map((setting) =>
    diagnostic("DP030", `deployment.domain.${setting} is set, but the listener exists already and has its own`, {
      help: "set it on that listener, where it holds for all of its rules, and leave it out here",
    }),
  );
}

/** DP030 for a domain whose requests no rule of the load balancer takes: `hosts` count before it. */
function checkHosts({ deployment: { frontDoor, hosts } }: Plan, { name }: DomainPlan): Diagnostic[] {
  if (frontDoor !== "alb" || hosts.length === 0 || name.kind !== "text") return [];
  if (hosts.some((host) => matchesHost(host, name.text))) return [];
  return [
    diagnostic("DP030", `deployment.domain is ${name.text}, but the rules ask for deployment.hosts, which lack it`, {
      help: "add the name to hosts, or leave hosts out: rules then ask for the domain",
    }),
  ];
}

/** `*` stands for any text and `?` for one character, as in a rule. */
function matchesHost(pattern: string, name: string): boolean {
  const regex = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${regex}$`, "i").test(name);
}

/** DP031 for a domain that puts another path in front than functions leave out. */
function checkBasePath({ deployment: { basePath } }: Plan, domain: DomainPlan): Diagnostic[] {
  if (domain.basePath === undefined || domain.basePath === basePath) return [];
  return [
    diagnostic(
      "DP031",
      `deployment.basePath is ${basePath}, but the domain puts ${domain.basePath} in front: expected one path in both`,
      { help: "leave deployment.basePath out: functions leave out that of the domain" },
    ),
  ];
}

/** DP032 for clients that get around the check of their certificates. */
function checkOtherAddress({ deployment: { frontDoor } }: Plan, { mtls, only }: DomainPlan): Diagnostic[] {
  if (mtls === undefined || only || frontDoor === "alb" || frontDoor === "function-url") return [];
  return [
    diagnostic(
      "DP032",
      "deployment.domain asks clients for certificates, but with only: false the address of execute-api asks for none",
      { help: "leave only out, so that the API answers under its domain alone" },
    ),
  ];
}

/** DP033 for rules whose paths are too long with the base path. */
function checkRules(plan: Plan): Diagnostic[] {
  const paths = ruleResources(plan).flatMap(({ pathPatterns, pathRegexes }) => [...pathPatterns, ...pathRegexes]);
  const long = paths.filter((path) => path.length > maxPathLength);
  const [first] = long;
  if (first === undefined) return [];
  const others = long.length === 1 ? "" : `, and of ${long.length - 1} more rules`;
  return [
    diagnostic(
      "DP033",
      `with the base path of deployment.domain the path of a rule has ${first.length} characters${others}: expected at most ${maxPathLength}: ${first}`,
      { help: "shorten the base path, or tell APIs apart by their host names alone" },
    ),
  ];
}
