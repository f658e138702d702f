/**
 * Fields of messages that a style represents as plain values: the `value` of a wrapper, the `fields` of a Struct, a member of a Value.
 * Paths, queries and bodies name them as if the message were there.
 */
import type { Field } from "../../model/api-model.js";
import type { Statement } from "../print/code-file.js";
import { binary, call, callMethod, every, type Expression, not, some, literal, typeOf } from "../print/expression.js";
import { guard, run } from "../print/statement.js";
import type { EmitContext } from "./emit-scope.js";
import type { FieldRead } from "./field-access.js";
import { zeroValue } from "./initial-value.js";
import { elementOf, type NativeForm } from "./native-type.js";
import { useRuntime } from "./runtime.js";
import type { RuntimeExport } from "./runtime-exports.js";

/** The plain value in which the field is set to `value`. `current` is what there is so far, which may be undefined. */
export function withNativeField(
  context: EmitContext,
  native: NativeForm,
  field: Field,
  value: Expression,
  current: Expression,
): Expression {
  const date = (name: RuntimeExport<"date">): string => useRuntime(context, "date", name);
  switch (`${native.kind}.${field.name}`) {
    case "Value.null_value":
      return call(useRuntime(context, "struct-json", "nullOf"), value);
    case "Timestamp.seconds":
      return call(date("withSeconds"), current, call("Number", value));
    case "Timestamp.nanos":
      return call(date("withNanos"), current, value);
    default:
      return value;
  }
}

/** Statements that refuse a member of a google.protobuf.Value when `current` holds another one. */
export function refuseOtherKinds(
  context: EmitContext,
  native: NativeForm,
  field: Field,
  current: Expression,
): Statement[] {
  if (native.kind !== "Value") return [];
  const refuse = useRuntime(context, "param", "refuseOneof");
  const isOther = every(binary(current, "!==", "undefined"), isOtherKind(field, current));
  return [guard(isOther, run(call(refuse, literal("kind"))))];
}

function isOtherKind(field: Field, current: Expression): Expression {
  switch (field.name) {
    case "null_value":
      return binary(current, "!==", "null");
    case "number_value":
    case "string_value":
    case "bool_value":
      return binary(typeOf(current), "!==", literal(typesOf[field.name]));
    case "list_value":
      return not(callMethod("Array", "isArray", current));
    default:
      return some(
        binary(typeOf(current), "!==", literal("object")),
        binary(current, "===", "null"),
        callMethod("Array", "isArray", current),
      );
  }
}

const typesOf = { number_value: "number", string_value: "string", bool_value: "boolean" } as const;

/** The expressions of encoders for a field of a plain value `source` (an expression that narrows), as `readField` gives them. */
export function readNativeField(context: EmitContext, native: NativeForm, field: Field, source: Expression): FieldRead {
  if (native.kind !== "Value") return { value: source, isSet: binary(source, "!=", "null") };
  switch (field.name) {
    case "null_value":
      return { value: zeroValue(context, elementOf(field)), isSet: binary(source, "===", "null") };
    case "number_value":
    case "string_value":
    case "bool_value":
      return { value: source, isSet: binary(typeOf(source), "===", literal(typesOf[field.name])) };
    case "list_value":
      return { value: source, isSet: callMethod("Array", "isArray", source) };
    default:
      return {
        value: source,
        isSet: every(
          binary(typeOf(source), "===", literal("object")),
          binary(source, "!==", "null"),
          not(callMethod("Array", "isArray", source)),
        ),
      };
  }
}
