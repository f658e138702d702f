/**
 * The JSON encoders of a message: its text, and the object of its fields, of which JSON.stringify prints many in one go. What is
 * printed for unset fields, under which names and how enums look is decided here, not at run time.
 */
import type { Field } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { type Lines, propertyKey } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { type FieldView, type MessageView, viewMessage } from "../objects/message-view.js";
import { flatText } from "./json-flat-text.js";
import { memberName, readMember, whenUnset } from "./json-member.js";
import { elementWriter, fieldWriter, writer } from "./json-value.js";
import { wellKnownJson } from "./json-well-known.js";
import { callText, layOutFunction } from "../print/layout.js";
import { jsonBuilderName, jsonEncoderName } from "../objects/modules.js";
import { isLong } from "../objects/native-type.js";
import { replyType } from "../objects/type-text.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";

/** `export function encodeShelf(message: Shelf): string`. */
export function textEncoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const view = viewMessage(context, planned.message);
  const parameter = view.fields.length === 0 ? "_message" : "message";
  const type = replyType(context, planned.message.fullName);
  return [
    `/** The JSON text of ${planned.name}; throws EncodeError. */`,
    ...layOutFunction(jsonEncoderName(planned), `${parameter}: ${type}`, ["string"]),
    view.fields.length === 0 ? ['return "{}";'] : textBody(context, planned, view),
    "}",
  ];
}

function textBody(context: EmitContext, planned: MessagePlan, view: MessageView): Lines[] {
  if (planned.flat) return [`return ${flatText(context, view)};`];
  const print = useRuntime(context, "json-text", "jsonText");
  if (planned.buildJson) return [`return ${print}(${jsonBuilderName(planned)}(message));`];
  return [`return ${print}({`, members(context, view), "});"];
}

/** `export function jsonOfShelf(message: Shelf): JsonValue`. */
export function jsonBuilder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const view = viewMessage(context, message);
  const parameter = view.fields.length === 0 ? "_message" : "message";
  const json = useRuntimeType(context, "json", "JsonValue");
  return [
    `/** ${planned.name} as a part of what \`jsonText\` prints; throws EncodeError. */`,
    ...layOutFunction(jsonBuilderName(planned), `${parameter}: ${replyType(context, message.fullName)}`, [json]),
    wellKnownJson(context, message) ?? objectBody(context, view),
    "}",
  ];
}

function objectBody(context: EmitContext, view: MessageView): Lines[] {
  return view.fields.length === 0 ? ["return {};"] : ["return {", members(context, view), "};"];
}

function members(context: EmitContext, { message, fields }: MessageView): string[] {
  return fields.map(
    (view) => `${propertyKey(memberName(context, message, view.field))}: ${memberValue(context, view)},`,
  );
}

/** The expression of a field's JSON; undefined if there is to be no member. */
function memberValue(context: EmitContext, view: FieldView): string {
  const { field } = view;
  const { value, isSet } = readMember(context, view);
  const call = callText(fieldWriter(context, view, value));
  const unset = whenUnset(context, field);
  switch (unset) {
    case "zero":
      return call;
    case "null":
      // A native Value is null where it is undefined.
      return view.native?.kind === "Value" ? call : `${isSet} ? ${call} : null`;
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
