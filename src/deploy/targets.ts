/** The deployment targets by id, and what a plan needs of the one that it names. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputFile } from "../output/output-tree.js";
import type { TargetId } from "../plan/deployment-target-id.js";
import type { Plan } from "../plan/plan.js";
import { checkPlan } from "./check/check-plan.js";
import { checkSettings } from "./check/check-settings.js";
import { cloudFormationTarget } from "./cloudformation/cloudformation.js";
import type { DeploymentTarget } from "./deployment-target.js";
import { buildResources } from "./resources/build-resources.js";
import { samTarget } from "./sam/sam.js";
import { terraformTarget } from "./terraform/terraform.js";

/** A target is filed under its own id. */
export const deploymentTargets: Readonly<Record<TargetId, DeploymentTarget>> = {
  sam: samTarget,
  cloudformation: cloudFormationTarget,
  terraform: terraformTarget,
};

/** Findings about the whole deployment; no location, they belong to no line of a .proto file. */
export function checkDeployment(plan: Plan): Diagnostic[] {
  const target = deploymentTargets[plan.deployment.target];
  const model = buildResources(plan);
  return [...checkPlan(plan), ...target.check(model, plan.layout), ...checkSettings(plan, target.names(model))];
}

/** The files of the deployment. */
export function renderDeployment(plan: Plan): OutputFile[] {
  return deploymentTargets[plan.deployment.target].render(buildResources(plan), plan.layout);
}
