/** The defaults of deployment settings that neither the configuration nor the command line gives. */
import { defaultFrontDoor } from "../front-door/front-door-id.js";
import { defaultTarget } from "./deployment-target-id.js";
import type { DeploymentPlan } from "./plan.js";

/** The one place of these defaults; `schema.json` and the help of the command line state them, and a test compares. */
export const deploymentDefaults = {
  target: defaultTarget,
  frontDoor: defaultFrontDoor,
  loadBalancer: "own",
  hosts: [],
  rulePriorities: { first: 1, last: 50_000 },
  unrouted: "function",
  runtime: "nodejs24.x",
  architecture: "arm64",
  memorySize: 512,
  timeout: 28,
  logRetentionDays: 30,
  auth: "iam",
  environment: [],
  policies: [],
  vpc: false,
} as const satisfies Partial<DeploymentPlan>;
