/** The usage plan of a REST API with routes that ask for an API key. */
import type { Plan, UsagePlan } from "../plan.js";
import { settingDefaults } from "../setting-defaults.js";
import { authsOf, type RoutedPlan } from "./auth-groups.js";

/** The plan of the configuration, or one without limits: keys count in a usage plan alone. Undefined where no route asks for one. */
export function usagePlanOf(plan: RoutedPlan & Pick<Plan, "deployment">): UsagePlan | undefined {
  if (!authsOf(plan).some(({ apiKey }) => apiKey === true)) return undefined;
  return plan.deployment.usagePlan ?? settingDefaults.usagePlan;
}
