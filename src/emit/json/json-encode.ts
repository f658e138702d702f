/**
 * The JSON encoders of a message: its text, and the object of its fields, of which JSON.stringify prints many in one go. What is
 * printed for unset fields, under which names and how enums look is decided here, not at run time.
 */
import type { Field, Message } from "../../model/api-model.js";
import type { MessagePlan } from "../../plan/plan.js";
import { type Lines, propertyKey } from "../print/code-file.js";
import { type EmitContext, messageFields } from "../objects/emit-scope.js";
import { flatText } from "./json-flat-text.js";
import { memberName, readMember, whenUnset } from "./json-member.js";
import { elementWriter, fieldWriter, writer } from "./json-value.js";
import { wellKnownJson } from "./json-well-known.js";
import { callText, layOutFunction } from "../print/layout.js";
import { jsonBuilderName, jsonEncoderName } from "../objects/modules.js";
import { elementOf, isLong, nativeType } from "../objects/native-type.js";
import { replyType } from "../objects/type-text.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";

/** `export function encodeShelf(message: Shelf): string`. */
export function textEncoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const fields = messageFields(context, planned.message, context.style);
  const parameter = fields.length === 0 ? "_message" : "message";
  const type = replyType(context, planned.message.fullName);
  return [
    `/** The JSON text of ${planned.name}; throws EncodeError. */`,
    ...layOutFunction(jsonEncoderName(planned), `${parameter}: ${type}`, ["string"]),
    fields.length === 0 ? ['return "{}";'] : textBody(context, planned, fields),
    "}",
  ];
}

function textBody(context: EmitContext, planned: MessagePlan, fields: readonly Field[]): Lines[] {
  if (planned.flat) return [`return ${flatText(context, planned.message, fields)};`];
  const print = useRuntime(context, "json-text", "jsonText");
  if (planned.buildJson) return [`return ${print}(${jsonBuilderName(planned)}(message));`];
  return [`return ${print}({`, members(context, planned.message, fields), "});"];
}

/** `export function jsonOfShelf(message: Shelf): JsonValue`. */
export function jsonBuilder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const fields = messageFields(context, message, context.style);
  const parameter = fields.length === 0 ? "_message" : "message";
  const json = useRuntimeType(context, "json", "JsonValue");
  return [
    `/** ${planned.name} as a part of what \`jsonText\` prints; throws EncodeError. */`,
    ...layOutFunction(jsonBuilderName(planned), `${parameter}: ${replyType(context, message.fullName)}`, [json]),
    wellKnownJson(context, message) ?? objectBody(context, message, fields),
    "}",
  ];
}

function objectBody(context: EmitContext, message: Message, fields: readonly Field[]): Lines[] {
  return fields.length === 0 ? ["return {};"] : ["return {", members(context, message, fields), "};"];
}

function members(context: EmitContext, message: Message, fields: readonly Field[]): string[] {
  return fields.map(
    (field) => `${propertyKey(memberName(context, message, field))}: ${memberValue(context, message, field)},`,
  );
}

/** The expression of a field's JSON; undefined if there is to be no member. */
function memberValue(context: EmitContext, message: Message, field: Field): string {
  const { value, isSet } = readMember(context, message, field);
  const call = callText(fieldWriter(context, field, value));
  const unset = whenUnset(context, field);
  switch (unset) {
    case "zero":
      return call;
    case "null":
      // A native Value is null where it is undefined.
      return nativeType(context, elementOf(field)) === "Value" ? call : `${isSet} ? ${call} : null`;
    case "nothing":
      if (field.presence !== "implicit") return `${isSet} ? ${call} : undefined`;
      return `${writer(context, "unlessEmpty")}(${call}, ${zeroJson(context, field)})`;
    default:
      return unset satisfies never;
  }
}

/** The JSON form of the zero, which `emitDefaults: false` leaves out. */
function zeroJson(context: EmitContext, field: Field): string {
  const { shape } = field;
  if (shape.kind === "scalar") {
    if (isLong(shape.scalar)) return '"0"';
    return shape.scalar === "string" || shape.scalar === "bytes" ? '""' : shape.scalar === "bool" ? "false" : "0";
  }
  return shape.kind === "enum" ? `${elementWriter(context, shape)}(0)` : "null";
}
