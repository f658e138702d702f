/**
 * AWS SAM: one template with a front door and a function, role, log group and permission for each function of the plan.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
import { stackTarget } from "../cloudformation/stack-target.js";
import type { DeploymentTarget } from "../deployment-target.js";
import type { Layout } from "../../plan/plan.js";
import { samDialect } from "./sam-dialect.js";

/** `sam build` bundles each function; `sam deploy` packs and deploys. */
export const samTarget: DeploymentTarget = stackTarget("sam", "AWS SAM", ({ template }) =>
  samDialect(rootFrom(template)),
);

/** The project's root as seen from the template: paths in it are relative to its folder. */
function rootFrom(template: Layout["template"]): string {
  const depth = template.split("/").length - 1;
  return depth === 0 ? "./" : "../".repeat(depth);
}
