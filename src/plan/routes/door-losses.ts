/** The losses of RPCs behind a front door. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { unconstrainedVariables } from "../rpcs/unconstrained-variables.js";
import type { MethodPlan, Plan } from "../plan.js";
import { type ProjectedBinding, projectBindings } from "./plan-routes.js";

/** A loss with the RPCs that suffer it. */
export interface DoorLoss {
  /**
   * `buffered`: replies arrive all at once. `path`: `/`, `?` and `%` in path values do not arrive. `method`: requests may be
   * refused for their HTTP method. `reserved`: the door answers the path itself.
   */
  readonly kind: "buffered" | "path" | "method" | "reserved";
  /** Full names, in declaration order. */
  readonly rpcs: readonly string[];
}

/** The losses of a plan for this door; none without RPCs. */
export function findLosses(plan: Pick<Plan, "methods" | "functions">, frontDoor: FrontDoor): DoorLoss[] {
  const projected = projectBindings(plan.methods, frontDoor);
  const streaming = new Set(plan.functions.filter((fn) => fn.streams).flatMap((fn) => fn.methods));
  const losses: DoorLoss[] = [
    {
      kind: "buffered",
      rpcs: namesOf(plan.methods.filter((method) => method.method.serverStreaming && !streaming.has(method))),
    },
    {
      kind: "path",
      rpcs: frontDoor.decodesPath
        ? methodsWith(projected, ({ binding }) => unconstrainedVariables(binding).length > 0)
        : [],
    },
    { kind: "method", rpcs: methodsWith(projected, (each) => hasProblem(each, "httpMethod")) },
    { kind: "reserved", rpcs: methodsWith(projected, (each) => hasProblem(each, "reserved")) },
  ];
  return losses.filter(({ rpcs }) => rpcs.length > 0);
}

function hasProblem({ problems }: ProjectedBinding, kind: "httpMethod" | "reserved"): boolean {
  return problems.some((problem) => problem.kind === kind);
}

function methodsWith(projected: readonly ProjectedBinding[], applies: (each: ProjectedBinding) => boolean): string[] {
  return namesOf([...new Set(projected.filter(applies).map(({ method }) => method))]);
}

function namesOf(methods: readonly MethodPlan[]): string[] {
  return methods.map(({ method }) => method.fullName);
}
