/** Checks of who reaches the API at all: web ACL, private endpoint and allow-list. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { askedOf } from "../../plan/auth/auth-groups.js";
import type { DeploymentPlan, Plan } from "../../plan/plan.js";

/** Findings about `deployment.waf`, `endpoint`, `ipv6` and `allow`; none without them. */
export function checkReach(plan: Plan): Diagnostic[] {
  const { deployment } = plan;
  return [
    ...checkFirewall(deployment),
    ...checkEndpoint(deployment),
    ...checkIpv6(deployment),
    ...(deployment.frontDoor === "rest-api" ? checkAllowList(plan) : checkAllow(deployment)),
  ];
}

/** DP030 for a web ACL that nothing can be put behind. */
function checkFirewall({ waf, frontDoor, loadBalancer }: DeploymentPlan): Diagnostic[] {
  if (waf === undefined || frontDoor === "rest-api") return [];
  const door = withArticle(frontDoorOf(frontDoor));
  if (frontDoor !== "alb") {
    return [
      diagnostic("DP030", `deployment.waf is set, but ${door} takes no web ACL`, {
        help: "set deployment.frontDoor to rest-api or alb, or put CloudFront with the web ACL in front",
      }),
    ];
  }
  if (loadBalancer === "own") return [];
  return [
    diagnostic("DP030", "deployment.waf is set, but the load balancer exists already, and has at most one web ACL", {
      help: "associate the web ACL where the load balancer is made, and leave it out here",
    }),
  ];
}

/** DP030 for a private endpoint of another door, and DP035 for one that nobody reaches. */
function checkEndpoint({ endpoint, frontDoor, allow, domain }: DeploymentPlan): Diagnostic[] {
  if (endpoint === "regional") return [];
  if (frontDoor !== "rest-api") {
    const door = withArticle(frontDoorOf(frontDoor));
    return [
      diagnostic("DP030", `deployment.endpoint is private, but ${door} has no private endpoint`, {
        help: "set deployment.frontDoor to rest-api, or to alb, whose own load balancer is internal",
      }),
    ];
  }
  const findings: Diagnostic[] = [];
  if (domain !== undefined)
    findings.push(
      diagnostic("DP030", "deployment.domain is set, but the domain of a private API is of another kind", {
        help: "leave it out: clients in the VPC reach a private API by its own address",
      }),
    );
  if (allow?.vpcEndpoints === undefined)
    findings.push(
      diagnostic("DP035", "deployment.endpoint is private, but no VPC endpoint may call: AWS refuses such an API", {
        help: "name the endpoints of execute-api under deployment.allow.vpcEndpoints: [vpce-0123456789abcdef0]",
      }),
    );
  return findings;
}

/** DP030 for IPv6 of a load balancer that exists, or of an HTTP API that SAM makes: its resource has no setting for it. */
function checkIpv6({ ipv6, frontDoor, loadBalancer, target }: DeploymentPlan): Diagnostic[] {
  if (!ipv6) return [];
  if (frontDoor === "alb" && loadBalancer === "existing")
    return [
      diagnostic("DP030", "deployment.ipv6 is set, but the load balancer exists already and has its own setting", {
        help: "set it on that load balancer, and leave it out here",
      }),
    ];
  if (frontDoor !== "http-api" || target !== "sam") return [];
  return [
    diagnostic("DP030", "deployment.ipv6 is set, but the HTTP API of AWS SAM has no setting for it", {
      help: "set deployment.target to cloudformation, cdk or terraform, or deployment.frontDoor to rest-api",
    }),
  ];
}

/** DP030 for an allow-list of another door. */
function checkAllow({ allow, frontDoor }: DeploymentPlan): Diagnostic[] {
  if (allow === undefined) return [];
  const door = withArticle(frontDoorOf(frontDoor));
  return [
    diagnostic("DP030", `deployment.allow is set, but ${door} has no resource policy`, {
      help: "set deployment.frontDoor to rest-api, or let security groups or a web ACL decide who reaches the API",
    }),
  ];
}

/** DP036 for entries that no request can meet. */
function checkAllowList(plan: Plan): Diagnostic[] {
  const { allow, auth, endpoint } = plan.deployment;
  const findings: Diagnostic[] = [];
  const kinds = new Set(askedOf(plan).map(({ kind }) => kind));
  if (allow?.vpcEndpoints !== undefined && endpoint === "regional")
    findings.push(
      diagnostic(
        "DP036",
        "deployment.allow.vpcEndpoints is set, but no request to a regional API comes through one: nobody could call",
        { help: "set deployment.endpoint to private, or leave the VPC endpoints out" },
      ),
    );
  if (allow !== undefined && kinds.has("iam") && kinds.size > 1)
    findings.push(
      diagnostic(
        "DP036",
        `deployment.allow is set, and routes ask for ${[...kinds].join(" and ")}: the policy lets principals of accounts in, so that callers without a signature cannot call`,
        {
          help: "give all RPCs and routes iam or none of them, or put those with another authentication into an API of their own",
        },
      ),
    );
  if (allow?.accounts !== undefined && !kinds.has("iam"))
    findings.push(
      diagnostic(
        "DP036",
        `deployment.allow.accounts is set, but with auth: ${auth.kind} no request says which account it comes from`,
        { help: "set deployment.auth to iam, or leave the accounts out" },
      ),
    );
  return findings;
}
