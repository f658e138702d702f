/** A field as a member of a JSON object: its name, how it is read, and what is printed when it is not set. */
import type { Field, Message } from "../../model/api-model.js";
import type { TranscodingOptions } from "../../plan/plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { type FieldRead, readField } from "../objects/field-access.js";
import type { FieldView } from "../objects/message-view.js";
import { conditional } from "../print/expression.js";

/** The member's name: the JSON name, or the declared one under `originalNames`, which is the message's name for a group. */
export function memberName(context: EmitContext, message: Message, field: Field): string {
  if (field.extendee !== undefined) return `[${field.fullName}]`;
  return context.plan.transcoding.originalNames ? textName(message, field) : field.jsonName;
}

/** The declared name as protobuf's text format has it: of a group, whose field is the lower case of its message, the message's name. */
export function textName(message: Message, { name, shape }: Field): string {
  const element = shape.kind === "list" ? shape.item : shape;
  if (element.kind !== "message" || !element.delimited) return name;
  const own = element.fullName.slice(message.fullName.length + 1);
  return element.fullName === `${message.fullName}.${own}` && own.toLowerCase() === name ? own : name;
}

/**
 * The JSON of an unset field (or zero, if that is the same). With defaults it is its zero, or null if its absence is
 * visible. A member of a oneof, a proto3 `optional` (the only member of its own oneof) and an extension have no member
 * then. https://pkg.go.dev/google.golang.org/protobuf/encoding/protojson#MarshalOptions (EmitUnpopulated)
 */
export function whenUnset(context: WithOptions, field: Field): "zero" | "null" | "nothing" {
  if (!context.plan.transcoding.emitDefaults || field.extendee !== undefined) return "nothing";
  if (field.presence === "implicit") return "zero";
  const isInOneof = field.oneof !== undefined || field.proto3Optional;
  return isInOneof || field.presence === "required" ? "nothing" : "null";
}

/** The options of a context that JSON depends on. */
interface WithOptions {
  readonly plan: { readonly transcoding: Pick<TranscodingOptions, "emitDefaults"> };
}

/** `readField` of `message`, safe from what every object inherits under the field's name. */
export function readMember(context: EmitContext, view: FieldView): FieldRead {
  const { value, isSet } = readField(context, view, "message");
  const isShadowed = view.isInherited && view.place.kind !== "union" && view.field.presence === "implicit";
  return { value: isShadowed ? conditional(isSet, value, "undefined") : value, isSet };
}
