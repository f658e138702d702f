/** Enums of proto2 and of editions that have named values alone. */
import type { Enum } from "../../model/api-model.js";
import type { EmitContext } from "./emit-scope.js";

/**
 * Tells whether JSON may have the named values of an enum alone. In the grpc-gateway profile every enum is open: Go knows no other, and passes
 * unknown numbers on.
 */
export function isClosedInJson(context: EmitContext, declared: Pick<Enum, "closed">): boolean {
  return declared.closed && context.plan.rules.closesEnums;
}
