import { deployPlan } from "../../src/deploy/targets.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan } from "../../src/plan/plan.js";

/** The files of a plan's deployment, whatever its findings. */
export function renderDeployment(plan: Plan): readonly OutputFile[] {
  return deployPlan(plan).files;
}
