/** Names of the API that would be one name in the language that is generated. */
import type { Diagnostic } from "../diagnostics.js";
import type { Plan } from "../plan/plan.js";
import { checkMembers } from "./names/check-members.js";

/** Findings about names, before anything is written. In Go the names of messages are those of the user's own generated code. */
export function checkNames(plan: Plan): Diagnostic[] {
  return plan.go === undefined ? checkMembers(plan.files) : [];
}
