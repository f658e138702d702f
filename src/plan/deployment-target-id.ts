/** The ids of deployment targets; flags, configuration and tests read this list. */
import { settingDefaults } from "./setting-defaults.js";

/** The tools that deploy what is generated. */
export const targetIds = ["sam", "cloudformation", "terraform", "cdk"] as const;

/** One of `targetIds`. */
export type TargetId = (typeof targetIds)[number];

/** The target of a project that names none. */
export const defaultTarget: TargetId = settingDefaults.deployment.target;

/** The file of a target, where the project names none. Further files of a target are beside it. */
export const defaultTemplates: Readonly<Record<TargetId, string>> = {
  sam: settingDefaults.top.template,
  cloudformation: settingDefaults.top.template,
  terraform: "terraform/main.tf.json",
  cdk: "cdk/api.ts",
};
