/** The deployment targets by id, and what a plan needs of the one that it names. */
import type { Diagnostic } from "../diagnostics.js";
import type { TargetId } from "../plan/deployment-target-id.js";
import type { Plan } from "../plan/plan.js";
import { checkPlan } from "./check/check-plan.js";
import { checkSettings } from "./check/check-settings.js";
import { cdkTarget } from "./cdk/cdk.js";
import { cloudFormationTarget } from "./cloudformation/cloudformation.js";
import type { Deployment, DeploymentTarget } from "./deployment-target.js";
import { buildResources } from "./resources/build-resources.js";
import { samTarget } from "./sam/sam.js";
import { terraformTarget } from "./terraform/terraform.js";

/** A target is filed under its own id. */
export const deploymentTargets: Readonly<Record<TargetId, DeploymentTarget>> = {
  sam: samTarget,
  cloudformation: cloudFormationTarget,
  terraform: terraformTarget,
  cdk: cdkTarget,
};

/** The deployment of a plan. Findings have no location: they belong to no line of a .proto file. */
export function deployPlan(plan: Plan): Omit<Deployment, "takenNames" | "nameOf"> {
  const target = deploymentTargets[plan.deployment.target];
  const { files, diagnostics, stacks, takenNames, nameOf } = target.deploy(buildResources(plan), plan.layout);
  const settings = checkSettings(plan, { takenNames, nameOf });
  return { files, diagnostics: [...checkPlan(plan), ...diagnostics, ...settings], stacks };
}

/** The findings of `deployPlan`. */
export function checkDeployment(plan: Plan): readonly Diagnostic[] {
  return deployPlan(plan).diagnostics;
}
