/**
 * AWS SAM: one template with a front door and a function, role, log group and permission for each function of the plan.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
import { rootFrom, stackTarget } from "../cloudformation/stack-target.js";
import type { DeploymentTarget } from "../deployment-target.js";
import { samDialect } from "./sam-dialect.js";

/** `sam deploy` uploads the zips and deploys; with `build.by: sam`, `sam build` bundles each function before. */
export const samTarget: DeploymentTarget = stackTarget("sam", "AWS SAM", ({ template }) =>
  samDialect(rootFrom(template)),
);
