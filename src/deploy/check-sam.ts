/** What CloudFormation or the API would refuse, said before deploying. */
import type { Diagnostic } from "../diagnostics.js";
import { frontDoorOf } from "../front-door/front-door.js";
import type { Plan } from "../plan/plan.js";
import { checkSettings } from "./check-settings.js";

/** Resources of a CloudFormation stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;

/** Function, role, log group, permission. */
const resourcesPerFunction = 4;

/** API, its stage, its access logs. */
const sharedResources = 3;

/** Findings about the whole deployment; no location, they belong to no line of a .proto file. */
export function checkSam(plan: Plan): Diagnostic[] {
  return [
    ...checkTimeout(plan),
    ...checkResources(plan),
    ...checkAuth(plan),
    ...checkSettings(plan, namesInTemplate(plan)),
  ];
}

/** Parameters of other types and resources: what no text parameter can be called. */
function namesInTemplate({ functions }: Plan): ReadonlySet<string> {
  const own = functions.flatMap(({ logicalId }) =>
    ["Function", "Role", "LogGroup", "Permission"].map((kind) => logicalId + kind),
  );
  return new Set(["HttpApi", "ApiAccessLogs", "JwtIssuer", "JwtAudience", "SubnetIds", "SecurityGroupIds", ...own]);
}

/** How many resources the stack has after SAM's transform. */
export function countResources(plan: Pick<Plan, "functions">): number {
  return sharedResources + resourcesPerFunction * plan.functions.length;
}

function checkTimeout({ deployment }: Plan): Diagnostic[] {
  const frontDoor = frontDoorOf(deployment.frontDoor);
  const limit = frontDoor.limits.seconds;
  if (deployment.timeout < limit) return [];
  return [
    {
      code: "DP001",
      severity: "error",
      message: `functions may take ${deployment.timeout} seconds, but ${frontDoor.article} ${frontDoor.title} gives up after ${limit}: expected a timeout of 1 to ${limit - 1}`,
      help: `set deployment.timeout to ${limit - 2}: the function then answers DEADLINE_EXCEEDED itself`,
    },
  ];
}

function checkResources(plan: Plan): Diagnostic[] {
  const count = countResources(plan);
  if (count <= maxResources) return [];
  const most = Math.floor((maxResources - sharedResources) / resourcesPerFunction);
  return [
    {
      code: "DP002",
      severity: "warning",
      message: `${count} resources for ${plan.functions.length} functions: a CloudFormation stack holds ${maxResources}`,
      help: `choose services with --service, or let RPCs share functions with deployment.functions, so that no stack has more than ${most} functions`,
    },
  ];
}

function checkAuth({ deployment }: Plan): Diagnostic[] {
  if (deployment.auth !== "none") return [];
  return [
    {
      code: "DP003",
      severity: "warning",
      message: "deployment.auth is none: everybody on the internet can call every RPC",
      help: "use iam or jwt, or check credentials in the handlers",
    },
  ];
}
