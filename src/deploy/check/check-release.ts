/** Checks of releases and of the instances that they keep warm. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { limitsOf } from "../../plan/functions/function-limits.js";
import type { Plan } from "../../plan/plan.js";

/** DP016 and DP017. */
export function checkRelease(plan: Plan): Diagnostic[] {
  return [...checkTarget(plan), ...checkProvisioned(plan)];
}

function checkTarget({ deployment: { target, release } }: Plan): Diagnostic[] {
  if (release === undefined) return [];
  switch (target) {
    case "sam":
    case "cloudformation":
    case "cdk":
      return [];
    case "terraform":
      if (release.traffic === undefined) return [];
      return [
        diagnostic("DP016", "deployment.release.traffic, with target terraform: nothing there starts CodeDeploy", {
          help: "leave traffic out, and give the new version a share with the variables stable_versions and release_weight",
        }),
      ];
    default:
      return target satisfies never;
  }
}

function checkProvisioned(plan: Plan): Diagnostic[] {
  const { deployment } = plan;
  const own = [...plan.ownFunctions, ...plan.authorizers].map((fn) => [fn, fn.limits?.provisionedConcurrency] as const);
  const served = plan.functions.map((fn) => [fn, limitsOf(fn, deployment).provisionedConcurrency] as const);
  const warm = [...served, ...own].flatMap(([fn, count]) => {
    const { reservedConcurrency: reserved } = limitsOf(fn, deployment);
    return count === undefined ? [] : [{ id: fn.id, count, reserved }];
  });
  const [first] = warm;
  if (first === undefined) return [];
  if (deployment.release === undefined) {
    return [
      diagnostic(
        "DP017",
        `function ${first.id} has provisionedConcurrency ${first.count}, but no released version to keep warm`,
        { help: "set deployment.release to true" },
      ),
    ];
  }
  return warm.flatMap(({ id, count, reserved }) =>
    reserved === undefined || count <= reserved
      ? []
      : [
          diagnostic(
            "DP017",
            `function ${id} has provisionedConcurrency ${count}, but reservedConcurrency ${reserved}: Lambda keeps no more warm than it keeps`,
            { help: "raise reservedConcurrency, or lower provisionedConcurrency" },
          ),
        ],
  );
}
