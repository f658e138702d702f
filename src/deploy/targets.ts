/** The deployment targets by id, and what a plan needs of the one that it names. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputFile } from "../output/output-tree.js";
import type { TargetId } from "../plan/deployment-target-id.js";
import type { Plan } from "../plan/plan.js";
import { checkPlan } from "./check/check-plan.js";
import { checkSettings } from "./check/check-settings.js";
import { cdkTarget } from "./cdk/cdk.js";
import { cloudFormationTarget } from "./cloudformation/cloudformation.js";
import type { Deployment, DeploymentTarget } from "./deployment-target.js";
import { permissionList } from "./permissions/permission-list.js";
import { buildResources } from "./resources/build-resources.js";
import type { ResourceModel } from "./resources/resource-model.js";
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
  const model = buildResources(plan);
  const { files: own, diagnostics, stacks, takenNames, nameOf } = target.deploy(model, plan.layout);
  const files = plan.deployment.permissionList ? [...own, permissionFile(model, plan.layout)] : own;
  const settings = checkSettings(plan, { takenNames, nameOf });
  return { files, diagnostics: [...checkPlan(plan), ...diagnostics, ...settings], stacks };
}

/** The name of the template that `build` writes into the folder of the zips. */
const builtTemplate = "released.yaml";

/** Files for the folder of the zips in which versions have the names of what they freeze; none unless the target needs them. `codeHashes` are those of zips by function. */
export function builtFiles(plan: Plan, codeHashes: ReadonlyMap<string, string>): readonly OutputFile[] {
  const target = deploymentTargets[plan.deployment.target];
  if (plan.deployment.release === undefined || target.namesVersionsInBuild !== true) return [];
  const model = buildResources(plan);
  const functions = model.functions.map((fn) => {
    const codeHash = codeHashes.get(fn.id);
    return codeHash === undefined ? fn : { ...fn, codeHash };
  });
  const layout = { ...plan.layout, template: `${plan.layout.zips}/${builtTemplate}` };
  return target.deploy({ ...model, functions }, layout).files;
}

/** `template.permissions.txt`, beside the template. */
function permissionFile(model: ResourceModel, { template }: Plan["layout"]): OutputFile {
  const path = `${template.replace(/(?:\.tf)?\.\w+$/, "")}.permissions.txt`;
  return { path, content: permissionList(model), ownership: "generated" };
}

/** The findings of `deployPlan`. */
export function checkDeployment(plan: Plan): readonly Diagnostic[] {
  return deployPlan(plan).diagnostics;
}
