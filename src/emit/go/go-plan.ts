/** A plan whose code is in Go. */
import type { GoPlan, Plan } from "../../plan/plan.js";
import type { GoPackage } from "../../go/go-project.js";

/** A plan with its Go part. */
export interface PlanInGo extends Plan {
  readonly go: GoPlan;
}

/** Tells whether code is generated in Go. */
export function isInGo(plan: Plan): plan is PlanInGo {
  return plan.go !== undefined;
}

/** Packages that are copied beside the program. */
export const copiedPackages = ["function", "httpevent", "inproc"] as const;

/** A package that is copied beside the program. */
export function copied({ go }: Pick<PlanInGo, "go">, name: (typeof copiedPackages)[number]): GoPackage {
  return { importPath: `${go.importPath}/${name}`, name };
}
