/** Enum values in replies that protobufjs would take. */
import type { Enum } from "../../model/api-model.js";
import { call, type Expression } from "../print/expression.js";
import type { EmitContext } from "./emit-scope.js";
import { useRuntime } from "./runtime.js";

/** The number of `value`, which is no value of the enum. */
export function looseEnumNumber(context: EmitContext, { values }: Enum): Expression {
  const first = values[0]?.number ?? 0;
  return call(useRuntime(context, "loose-integer", "looseEnumNumber"), "value", ...(first === 0 ? [] : [`${first}`]));
}
