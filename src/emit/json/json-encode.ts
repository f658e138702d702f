/**
 * The JSON encoders of a message: its text, and the object of its fields, of which JSON.stringify prints many in one go. What is
 * printed for unset fields, under which names and how enums look is decided here, not at run time.
 */
import type { Field } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { type Lines, propertyKey, type Statement } from "../print/code-file.js";
import { call, conditional, type Expression, object, literal } from "../print/expression.js";
import { declareFunction, memberLine, returns } from "../print/statement.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { type FieldView, type MessageView, viewMessage } from "../objects/message-view.js";
import { flatText } from "./json-flat-text.js";
import { memberName, readMember, whenUnset } from "./json-member.js";
import { elementWriter, fieldWriter, writer } from "./json-value.js";
import { wellKnownJson } from "./json-well-known.js";
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
    ...declareFunction(
      `export function ${jsonEncoderName(planned)}`,
      [`${parameter}: ${type}`],
      "string",
      view.fields.length === 0 ? [returns(literal("{}"))] : textBody(context, planned, view),
    ),
  ];
}

function textBody(context: EmitContext, planned: MessagePlan, view: MessageView): Lines[] {
  if (planned.flat) return [returns(flatText(context, view))];
  const print = useRuntime(context, "json-text", "jsonText");
  if (planned.buildJson) return [returns(call(print, call(jsonBuilderName(planned), "message")))];
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
    ...declareFunction(
      `export function ${jsonBuilderName(planned)}`,
      [`${parameter}: ${replyType(context, message.fullName)}`],
      json,
      wellKnownJson(context, message) ?? objectBody(context, view),
    ),
  ];
}

function objectBody(context: EmitContext, view: MessageView): Lines[] {
  return view.fields.length === 0 ? [returns(object())] : ["return {", members(context, view), "};"];
}

function members(context: EmitContext, { message, fields }: MessageView): Statement[] {
  return fields.map((view) =>
    memberLine(propertyKey(memberName(context, message, view.field)), memberValue(context, view)),
  );
}

/** The expression of a field's JSON; undefined if there is to be no member. */
function memberValue(context: EmitContext, view: FieldView): Expression {
  const { field } = view;
  const { value, isSet } = readMember(context, view);
  const written = fieldWriter(context, view, value);
  const unset = whenUnset(context, field);
  switch (unset) {
    case "zero":
      return written;
    case "null":
      // A native Value is null where it is undefined.
      return view.native?.kind === "Value" ? written : conditional(isSet, written, "null");
    case "nothing":
      if (field.presence !== "implicit") return conditional(isSet, written, "undefined");
      return call(writer(context, "unlessEmpty"), written, zeroJson(context, field));
    default:
      return unset satisfies never;
  }
}

/** The JSON form of the zero, which `emitDefaults: false` leaves out. */
function zeroJson(context: EmitContext, field: Field): Expression {
  const { shape } = field;
  if (shape.kind === "scalar") {
    if (isLong(shape.scalar)) return literal("0");
    return shape.scalar === "string" || shape.scalar === "bytes"
      ? literal("")
      : shape.scalar === "bool"
        ? "false"
        : "0";
  }
  return shape.kind === "enum" ? call(elementWriter(context, shape), "0") : "null";
}
