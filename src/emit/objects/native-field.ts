/**
 * Fields of messages that a style represents as plain values: the `value` of a wrapper, the `fields` of a Struct, a member of a Value.
 * Paths, queries and bodies name them as if the message were there.
 */
import type { Field } from "../../model/api-model.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { zeroValue } from "./initial-value.js";
import { elementOf, type NativeForm } from "./native-type.js";
import { useRuntime } from "./runtime.js";
import type { RuntimeExport } from "./runtime-exports.js";

/**
 * The plain value in which the field is set, as an expression. `value` is the field's own value, `current` what there is so far,
 * which may be undefined; both are expressions.
 */
export function withNativeField(
  context: EmitContext,
  native: NativeForm,
  field: Field,
  value: string,
  current: string,
): string {
  const date = (name: RuntimeExport<"date">): string => useRuntime(context, "date", name);
  switch (`${native.kind}.${field.name}`) {
    case "Value.null_value":
      return `${useRuntime(context, "struct-json", "nullOf")}(${value})`;
    case "Timestamp.seconds":
      return `${date("withSeconds")}(${current}, Number(${value}))`;
    case "Timestamp.nanos":
      return `${date("withNanos")}(${current}, ${value})`;
    default:
      return value;
  }
}

/** Lines that refuse a member of a google.protobuf.Value when `current` (an expression) holds another one. */
export function refuseOtherKinds(context: EmitContext, native: NativeForm, field: Field, current: string): Lines[] {
  if (native.kind !== "Value") return [];
  const refuse = useRuntime(context, "param", "refuseOneof");
  return [`if (${current} !== undefined && ${isOtherKind(field, current)}) ${refuse}(${stringLiteral("kind")});`];
}

function isOtherKind(field: Field, current: string): string {
  switch (field.name) {
    case "null_value":
      return `${current} !== null`;
    case "number_value":
      return `typeof ${current} !== "number"`;
    case "string_value":
      return `typeof ${current} !== "string"`;
    case "bool_value":
      return `typeof ${current} !== "boolean"`;
    case "list_value":
      return `!Array.isArray(${current})`;
    default:
      return `(typeof ${current} !== "object" || ${current} === null || Array.isArray(${current}))`;
  }
}

/**
 * The expressions of encoders for a field of a plain value `source` (an expression that narrows), as `readField` gives
 * them.
 */
export function readNativeField(
  context: EmitContext,
  native: NativeForm,
  field: Field,
  source: string,
): { readonly value: string; readonly isSet: string } {
  if (native.kind !== "Value") return { value: source, isSet: `${source} != null` };
  switch (field.name) {
    case "null_value":
      return { value: zeroValue(context, elementOf(field)), isSet: `${source} === null` };
    case "number_value":
      return { value: source, isSet: `typeof ${source} === "number"` };
    case "string_value":
      return { value: source, isSet: `typeof ${source} === "string"` };
    case "bool_value":
      return { value: source, isSet: `typeof ${source} === "boolean"` };
    case "list_value":
      return { value: source, isSet: `Array.isArray(${source})` };
    default:
      return {
        value: source,
        isSet: `typeof ${source} === "object" && ${source} !== null && !Array.isArray(${source})`,
      };
  }
}
