/** A field as a member of a JSON object: its name, how it is read, and what is printed when it is not set. */
import type { Field, Message } from "../../model/api-model.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { fieldProperty, isInherited, readField, unionOf } from "../objects/field-access.js";

/** The member's name: the JSON name, or the declared one under `originalNames`. */
export function memberName(context: EmitContext, field: Field): string {
  if (field.extendee !== undefined) return `[${field.fullName}]`;
  return context.plan.transcoding.originalNames ? field.name : field.jsonName;
}

/**
 * What is printed for a field that is not set (or zero, where that is the same): its zero, null for a message outside of oneofs
 * when defaults are printed, or no member.
 */
export function whenUnset(context: EmitContext, field: Field): "zero" | "null" | "nothing" {
  const { emitDefaults } = context.plan.transcoding;
  if (!emitDefaults) return "nothing";
  if (field.presence === "implicit") return "zero";
  const isMessage = field.shape.kind === "message" && field.oneof === undefined && field.extendee === undefined;
  return isMessage && field.presence === "explicit" ? "null" : "nothing";
}

/** `readField` of `message`, safe from what every object inherits under the field's name. */
export function readMember(
  context: EmitContext,
  message: Message,
  field: Field,
): { readonly value: string; readonly isSet: string } {
  const { value, isSet } = readField(context, message, field, "message");
  const isShadowed =
    isInherited(fieldProperty(field, context.style)) && unionOf(message, field, context.style) === undefined;
  return { value: isShadowed && field.presence === "implicit" ? `${isSet} ? ${value} : undefined` : value, isSet };
}
