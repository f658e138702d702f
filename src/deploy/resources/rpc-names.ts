/** RPCs as comments name them. */
import type { MethodPlan } from "../../plan/plan.js";
import { plainLine } from "./plain-line.js";

/** A function of a hundred RPCs needs no comment that names them all. */
const maxRpcNames = 200;

/** `LibraryService.GetShelf, LibraryService.ListShelves`, cut where it gets long. */
export function rpcNames(methods: readonly MethodPlan[]): string {
  return plainLine(methods.map(({ service, method }) => `${service.name}.${method.name}`).join(", "), maxRpcNames);
}
