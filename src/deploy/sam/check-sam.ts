/** What CloudFormation or the API would refuse, said before deploying. */
import type { Diagnostic } from "../../diagnostics.js";
import { frontDoorOf, withArticle } from "../../front-door/front-door.js";
import type { Plan } from "../../plan/plan.js";
import { countFunctions, countOwn } from "../../plan/functions/count-functions.js";
import { checkPayloads } from "./check-payloads.js";
import { checkSettings } from "./check-settings.js";

/** Resources of a CloudFormation stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;

/** Findings about the whole deployment; no location, they belong to no line of a .proto file. */
export function checkSam(plan: Plan): Diagnostic[] {
  return [
    ...checkTimeout(plan),
    ...checkResources(plan),
    ...checkAuth(plan),
    ...checkCors(plan),
    ...checkRules(plan),
    ...checkPayloads(plan),
    ...checkSettings(plan, namesInTemplate(plan)),
  ];
}

/** Parameters of other types and resources: what no text parameter can be called. */
function namesInTemplate({ functions, unrouted, listenerRules }: Plan): ReadonlySet<string> {
  const shared =
    "HttpApi RestApi ApiAccessLogs LoadBalancer LoadBalancerSecurityGroup Listener JwtAudience VpcId LoadBalancerSubnetIds SubnetIds SecurityGroupIds PayloadBucket PayloadBucketPolicy";
  const all = [...functions, ...(unrouted.own === undefined ? [] : [unrouted.own])];
  const own = all.flatMap(({ logicalId }) =>
    ["Function", "Role", "LogGroup", "Permission", "TargetGroup", "Url", "UrlPermission"].map(
      (kind) => logicalId + kind,
    ),
  );
  return new Set([...shared.split(" "), ...own, ...listenerRules.map(({ priority }) => `ListenerRule${priority}`)]);
}

/** How many resources the stack has after SAM's transform. */
export function countResources(plan: Pick<Plan, "functions" | "unrouted" | "listenerRules" | "deployment">): number {
  return sharedResources(plan) + resourcesPerFunction(plan) * countFunctions(plan) + plan.listenerRules.length;
}

/** Those of the front door, and the bucket for large payloads with its policy. */
function sharedResources({ deployment }: Pick<Plan, "deployment">): number {
  return doorResources(deployment) + (deployment.largePayloads?.bucket === "own" ? 2 : 0);
}

function doorResources(deployment: Plan["deployment"]): number {
  switch (deployment.frontDoor) {
    case "http-api": // the API, its stage, its access logs
      return 3;
    case "rest-api": // the same with a deployment
      return 4;
    case "alb": // load balancer, security group, listener
      return deployment.loadBalancer === "own" ? 3 : 0;
    case "function-url":
      return 0;
    default:
      return deployment.frontDoor satisfies never;
  }
}

/** Function, role, log group, and what leads to it. */
function resourcesPerFunction({ deployment }: Pick<Plan, "deployment">): number {
  switch (deployment.frontDoor) {
    case "http-api":
    case "rest-api":
      return 4;
    case "alb":
      return 5;
    case "function-url":
      return deployment.auth === "none" ? 6 : 4;
    default:
      return deployment.frontDoor satisfies never;
  }
}

function checkTimeout({ deployment }: Plan): Diagnostic[] {
  const frontDoor = frontDoorOf(deployment.frontDoor);
  const limit = frontDoor.limits.seconds;
  if (deployment.timeout < limit) return [];
  return [
    {
      code: "DP001",
      severity: "error",
      message: `functions may take ${deployment.timeout} seconds, but ${withArticle(frontDoor)} gives up after ${limit}: expected a timeout of 1 to ${limit - 1}`,
      help: `set deployment.timeout to ${limit - 2}: the function then answers DEADLINE_EXCEEDED itself`,
    },
  ];
}

function checkResources(plan: Plan): Diagnostic[] {
  const count = countResources(plan);
  if (count <= maxResources) return [];
  const most = Math.floor((maxResources - sharedResources(plan)) / resourcesPerFunction(plan)) - countOwn(plan);
  return [
    {
      code: "DP002",
      severity: "warning",
      message: `${count} resources for ${countFunctions(plan)} functions: a CloudFormation stack holds ${maxResources}`,
      help: `choose services with --service, or let RPCs share functions with deployment.functions, so that no stack has more than ${most} functions`,
    },
  ];
}

/** Who can check what: an HTTP API any issuer, a REST API Cognito's tokens; a load balancer no signatures, a URL no tokens. */
const authentication: Readonly<Record<Plan["deployment"]["frontDoor"], readonly Plan["deployment"]["auth"][]>> = {
  "http-api": ["iam", "jwt", "none"],
  "rest-api": ["iam", "jwt", "none"],
  alb: ["jwt", "none"],
  "function-url": ["iam", "none"],
};

function checkAuth({ deployment }: Plan): Diagnostic[] {
  const { auth } = deployment;
  const door = frontDoorOf(deployment.frontDoor);
  const { id } = door;
  const possible = authentication[id];
  if (!possible.includes(auth)) {
    return [
      {
        code: "DP008",
        severity: "error",
        message: `deployment.auth is ${auth}, which ${withArticle(door)} cannot check: expected ${possible.join(" or ")}`,
        help:
          id === "alb"
            ? "set deployment.auth to jwt, or to none where security groups decide who reaches the load balancer"
            : "set deployment.auth to iam, check tokens in an interceptor, or take another front door",
      },
    ];
  }
  if (auth !== "none") return [];
  const who = id === "alb" ? "everybody who reaches the load balancer" : "everybody on the internet";
  return [
    {
      code: "DP003",
      severity: "warning",
      message: `deployment.auth is none: ${who} can call every RPC`,
      help: `use ${possible.filter((kind) => kind !== "none").join(" or ")}, or check credentials in the handlers`,
    },
  ];
}

/** Wildcards of all conditions of a rule; the paths of the rules for everything have one. */
const maxWildcards = 5;

function checkRules({ listenerRules, deployment: { frontDoor, rulePriorities, hosts } }: Plan): Diagnostic[] {
  if (frontDoor !== "alb") return [];
  const { first, last } = rulePriorities;
  const isShort = new Set(listenerRules.map(({ priority }) => priority)).size < listenerRules.length;
  const diagnostics: Diagnostic[] = [];
  if (isShort || listenerRules.some(({ priority }) => priority < first || priority > last)) {
    diagnostics.push({
      code: "DP010",
      severity: "error",
      message: `${listenerRules.length} rules do not fit into the priorities ${first} to ${last}: rules that have to be tried one after the other need room between them`,
      help: "widen deployment.rulePriorities: ten times the number of rules is enough in most cases",
    });
  }
  const wildcards = hosts.join("").replace(/[^*?]/g, "").length + 1;
  if (wildcards > maxWildcards) {
    diagnostics.push({
      code: "DP011",
      severity: "error",
      message: `deployment.hosts have ${wildcards - 1} wildcards: expected at most ${maxWildcards - 1}, one of the five of a rule is the path's`,
      help: "name the hosts, or take one pattern for several",
    });
  }
  return diagnostics;
}

function checkCors({ deployment: { cors } }: Plan): Diagnostic[] {
  if (cors === undefined || !cors.credentials || !cors.origins.includes("*")) return [];
  return [
    {
      code: "DP009",
      severity: "error",
      message: "deployment.cors allows credentials to every origin, which browsers refuse: expected origins by name",
      help: "name the origins whose pages may send cookies, or leave credentials out: bearer tokens need none",
    },
  ];
}
