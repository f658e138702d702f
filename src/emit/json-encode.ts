/**
 * The JSON encoder of a message: one object literal in field order, so that JSON.stringify does the rest in one go. What
 * is printed for unset fields, under which names and how enums look is decided here, not at run time.
 */
import type { Field, Message } from "../model/api-model.js";
import type { MessagePlan } from "../plan/plan.js";
import { type Lines, propertyKey } from "./code-file.js";
import { type EmitContext, messageFields } from "./emit-scope.js";
import { fieldProperty, isInherited, readField, unionOf } from "./field-access.js";
import { elementWriter, fieldEncoder } from "./json-value.js";
import { callText, layOutFunction } from "./layout.js";
import { jsonEncoderName, runtimeModule } from "./modules.js";
import { elementOf, isLong, nativeType } from "./native-type.js";
import { replyType } from "./type-text.js";

/** `export function encodeShelf(message: Shelf): JsonValue`. */
export function messageEncoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const fields = messageFields(context, message, context.style);
  const members = fields.map((field) => fieldMember(context, message, field));
  if (members.length === 0) return [...encoderHead(context, planned, "_message"), ["return {};"], "}"];
  return [...encoderHead(context, planned, "message"), ["return {", members, "};"], "}"];
}

/** Doc comment and signature of an encoder. */
export function encoderHead(context: EmitContext, planned: MessagePlan, parameter: string): string[] {
  const json = context.file.useType(runtimeModule(context.plan.layout, "json"), "JsonValue");
  const type = replyType(context, planned.message.fullName);
  return [
    `/** The JSON form of ${planned.name}, for JSON.stringify; throws EncodeError. */`,
    ...layOutFunction(jsonEncoderName(planned), `${parameter}: ${type}`, [json]),
  ];
}

function fieldMember(context: EmitContext, message: Message, field: Field): string {
  const { value, isSet } = readField(context, message, field, "message");
  const key = propertyKey(memberName(context, field));
  const isShadowed =
    isInherited(fieldProperty(field, context.style)) && unionOf(message, field, context.style) === undefined;
  const call = fieldEncoder(
    context,
    field,
    isShadowed && field.presence === "implicit" ? `${isSet} ? ${value} : undefined` : value,
  );
  if (field.presence !== "implicit") {
    const otherwise = unsetMember(context, field);
    return writesUnset(context, field, otherwise)
      ? `${key}: ${callText(call)},`
      : `${key}: ${isSet} ? ${callText(call)} : ${otherwise},`;
  }
  if (context.plan.transcoding.emitDefaults) return `${key}: ${callText(call)},`;
  const unless = context.file.use(runtimeModule(context.plan.layout, "json-write"), "unlessEmpty");
  return `${key}: ${unless}(${callText(call)}, ${zeroJson(context, field)}),`;
}

/** The member's name: the JSON name, or the declared one under `originalNames`. */
function memberName(context: EmitContext, field: Field): string {
  if (field.extendee !== undefined) return `[${field.fullName}]`;
  return context.plan.transcoding.originalNames ? field.name : field.jsonName;
}

/** What stands for a field that is not set: null for a message outside oneofs when defaults are printed, else no member. */
function unsetMember(context: EmitContext, field: Field): string {
  const isMessage = field.shape.kind === "message" && field.oneof === undefined && field.extendee === undefined;
  return isMessage && context.plan.transcoding.emitDefaults && field.presence === "explicit" ? "null" : "undefined";
}

/** Whether the writer itself gives what stands for an unset field: a native Value prints null for undefined. */
function writesUnset(context: EmitContext, field: Field, otherwise: string): boolean {
  return otherwise === "null" && field.shape.kind === "message" && nativeType(context, elementOf(field)) === "Value";
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
