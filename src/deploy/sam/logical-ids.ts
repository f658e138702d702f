/** The names of a plan's functions in a CloudFormation template. */
import { pascalCase, uniqueName, uniqueNames } from "../../plan/naming.js";
import type { Plan } from "../../plan/plan.js";

/** Alphanumeric and unique, without the suffix for the kind of resource, by `FunctionPlan.id`: `LibraryServiceGetShelf`. */
export function logicalIds({
  functions,
  unrouted: { own, fallback },
}: Pick<Plan, "functions" | "unrouted">): Map<string, string> {
  const ids = uniqueNames(new Map(functions.map(({ id }) => [id, pascalCase(id)])));
  for (const more of [own, fallback])
    if (more !== undefined) ids.set(more.id, uniqueName(pascalCase(more.id), new Set(ids.values())));
  return ids;
}
