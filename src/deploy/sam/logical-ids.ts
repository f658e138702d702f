/** The names of a plan's functions in a CloudFormation template. */
import { pascalCase, uniqueName, uniqueNames } from "../../plan/naming.js";
import type { Plan } from "../../plan/plan.js";

/** Alphanumeric and unique, without the suffix for the kind of resource, by `FunctionPlan.id`: `LibraryServiceGetShelf`. */
export function logicalIds({
  functions,
  unrouted: { own },
}: Pick<Plan, "functions" | "unrouted">): Map<string, string> {
  const ids = uniqueNames(new Map(functions.map(({ id }) => [id, pascalCase(id)])));
  if (own !== undefined) ids.set(own.id, uniqueName(pascalCase(own.id), new Set(ids.values())));
  return ids;
}
