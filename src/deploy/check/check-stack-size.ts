/** The size of a stack against the limits of CloudFormation. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { stackPerService } from "../../plan/functions/check-functions.js";
import type { LimitUse, StackSize } from "../deployment-target.js";

/** Tells whether a stack is within its limits. */
export function fitsInStack({ resources, bytes }: Pick<StackSize, "resources" | "bytes">): boolean {
  return isWithin(resources) && isWithin(bytes);
}

/** Tells whether a number is within its limit. */
export function isWithin({ used, most }: LimitUse): boolean {
  return used <= most;
}

/** DP002 for what no splitting makes small enough: the front door with its routes, and the permissions of its functions. */
export function checkStackSize(stack: StackSize, functions: number): Diagnostic[] {
  if (fitsInStack(stack)) return [];
  const { path, resources, bytes } = stack;
  const much = isWithin(resources)
    ? `${(bytes.used / 1_048_576).toFixed(1)} MB for ${functions} functions, CloudFormation takes one`
    : `${resources.used} resources for ${functions} functions, CloudFormation takes ${resources.most}`;
  return [
    diagnostic("DP002", `${path} would have ${much}`, {
      help: `${stackPerService}, or let RPCs share functions with deployment.functions`,
    }),
  ];
}
