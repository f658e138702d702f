/** Checks for settings that CloudFormation or the API would refuse, before deploying. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { Plan } from "../../plan/plan.js";
import { stackPerService } from "../../plan/functions/check-functions.js";
import { countFunctions, countOwn } from "../../plan/functions/count-functions.js";
import { checkPayloads } from "./check-payloads.js";
import { checkSettings } from "./check-settings.js";
import { logicalIds } from "./logical-ids.js";
import { samDoors } from "./sam-doors.js";

/** Resources of a CloudFormation stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;

/** Findings about the whole deployment; no location, they belong to no line of a .proto file. */
export function checkSam(plan: Plan): Diagnostic[] {
  return [
    ...checkTimeout(plan),
    ...checkResources(plan),
    ...checkAuth(plan),
    ...checkCors(plan),
    ...samDoors[plan.deployment.frontDoor].check(plan),
    ...checkPayloads(plan),
    ...checkSettings(plan, namesInTemplate(plan)),
  ];
}

/** Parameters of other types and resources: what no text parameter can be called. */
function namesInTemplate(plan: Plan): ReadonlySet<string> {
  const shared =
    "HttpApi RestApi ApiAccessLogs LoadBalancer LoadBalancerSecurityGroup Listener JwtAudience VpcId LoadBalancerSubnetIds SubnetIds SecurityGroupIds PayloadBucket PayloadBucketPolicy";
  const own = [...logicalIds(plan).values()].flatMap((id) =>
    ["Function", "Role", "LogGroup", "Permission", "TargetGroup", "Url", "UrlPermission"].map((kind) => id + kind),
  );
  return new Set([
    ...shared.split(" "),
    ...own,
    ...plan.listenerRules.map(({ priority }) => `ListenerRule${priority}`),
  ]);
}

/** The number of resources in the stack after SAM's transform. */
export function countResources(plan: Pick<Plan, "functions" | "unrouted" | "listenerRules" | "deployment">): number {
  const { deployment, listenerRules } = plan;
  const { resourcesPerFunction } = samDoors[deployment.frontDoor];
  return sharedResources(plan) + resourcesPerFunction(deployment) * countFunctions(plan) + listenerRules.length;
}

/** Those of the front door, and the bucket for large payloads with its policy. */
function sharedResources({ deployment }: Pick<Plan, "deployment">): number {
  const { sharedResources: ofDoor } = samDoors[deployment.frontDoor];
  return ofDoor(deployment) + (deployment.largePayloads?.bucket === "own" ? 2 : 0);
}

function checkTimeout({ deployment }: Plan): Diagnostic[] {
  const frontDoor = frontDoorOf(deployment.frontDoor);
  const limit = frontDoor.limits.seconds;
  if (deployment.timeout < limit) return [];
  return [
    diagnostic(
      "DP001",
      `functions may take ${deployment.timeout} seconds, but ${withArticle(frontDoor)} gives up after ${limit}: expected a timeout of 1 to ${limit - 1}`,
      { help: `set deployment.timeout to ${limit - 2}: the function then answers DEADLINE_EXCEEDED itself` },
    ),
  ];
}

function checkResources(plan: Plan): Diagnostic[] {
  const count = countResources(plan);
  if (count <= maxResources) return [];
  const each = samDoors[plan.deployment.frontDoor].resourcesPerFunction(plan.deployment);
  const most = Math.floor((maxResources - sharedResources(plan)) / each) - countOwn(plan);
  return [
    diagnostic(
      "DP002",
      `${count} resources for ${countFunctions(plan)} functions: a CloudFormation stack holds ${maxResources}`,
      {
        help: `${stackPerService}, or let RPCs share functions with deployment.functions, so that no stack has more than ${most} functions`,
      },
    ),
  ];
}

function checkAuth({ deployment }: Plan): Diagnostic[] {
  const { auth } = deployment;
  const door = frontDoorOf(deployment.frontDoor);
  const { kinds, reachedBy, help } = door.authentication;
  if (!kinds.includes(auth)) {
    return [
      diagnostic(
        "DP008",
        `deployment.auth is ${auth}, which ${withArticle(door)} cannot check: expected ${kinds.join(" or ")}`,
        { help },
      ),
    ];
  }
  if (auth !== "none") return [];
  return [
    diagnostic("DP003", `deployment.auth is none: ${reachedBy} can call every RPC`, {
      help: `use ${kinds.filter((kind) => kind !== "none").join(" or ")}, or check credentials in the handlers`,
    }),
  ];
}

function checkCors({ deployment: { cors } }: Plan): Diagnostic[] {
  if (cors === undefined || !cors.credentials || !cors.origins.includes("*")) return [];
  return [
    diagnostic(
      "DP009",
      "deployment.cors allows credentials to every origin, which browsers refuse: expected origins by name",
      { help: "name the origins whose pages may send cookies, or leave credentials out: bearer tokens need none" },
    ),
  ];
}
