/** Enum values in replies that protobufjs would take. */
import type { Enum } from "../../model/api-model.js";
import type { EmitContext } from "./emit-scope.js";
import { useRuntime } from "./runtime.js";

/** An expression for the number of `value`, which is no value of the enum. */
export function looseEnumNumber(context: EmitContext, { values }: Enum): string {
  const first = values[0]?.number ?? 0;
  const number = useRuntime(context, "loose-integer", "looseEnumNumber");
  return first === 0 ? `${number}(value)` : `${number}(value, ${first})`;
}
