/** Deployment targets: what a plan becomes for the tool that deploys it. */
import type { Diagnostic } from "../diagnostics.js";
import type { FrontDoor } from "../front-door/front-door.js";
import type { OutputFile } from "../output/output-tree.js";
import type { Plan } from "../plan/plan.js";
import { sam } from "./sam.js";

/** A tool that deploys. */
export interface DeploymentTarget {
  /** As written in the configuration. */
  readonly id: "sam";
  supports(frontDoor: FrontDoor["id"]): boolean;
  /** What the target cannot deploy. An error means that deploying is certain to fail. */
  check(plan: Plan): Diagnostic[];
  render(plan: Plan): OutputFile[];
}

/** Every deployment target that there is. */
export const deploymentTargets: readonly DeploymentTarget[] = [sam];
