/** The defaults of the deployment in the planner's form. */
import type { DeploymentPlan } from "./plan.js";
import { settingDefaults } from "./setting-defaults.js";

/** Settings that apply where neither the configuration nor the command line says something else. */
export const deploymentDefaults = {
  ...settingDefaults.deployment,
  auth: { kind: settingDefaults.deployment.auth },
  hosts: [],
  environment: [],
  policies: [],
  vpc: false,
  throttling: { rate: 100, burst: 200 },
} as const satisfies Partial<DeploymentPlan>;
