/**
 * The order of properties in proto-loader's message objects, which are what `toObject` of protobufjs makes: first what every message has
 * (`initialFields`), then what is set, everything by field number.
 * https://github.com/protobufjs/protobuf.js/blob/master/src/converter.js
 */
import type { Field, Message } from "../../model/api-model.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { initialFields } from "./initial-value.js";
import { type FieldView, type MessageView, viewField, viewMessage, viewNamed } from "./message-view.js";
import { useRuntime } from "./runtime.js";
import { isProtoLoaderStyle } from "./value-form.js";

/**
 * Lines that order the properties of the message at `place` (an expression) after they were set in the order of a request; none
 * where at most one can be set, or the style has no order.
 */
export function orderProperties(context: EmitContext, view: MessageView, place: string): Lines[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const later = laterFields(view);
  if (new Set(later.map(choiceOf)).size < 2) return [];
  const orderFields = useRuntime(context, "field-order", "orderFields");
  const fixed = view.fields.length - later.length;
  return [`${orderFields}(${[place, fixed, ...later.map(orderedNames)].join(", ")});`];
}

/** The same for a message that was made without some of what every message has: all of its properties in order. */
export function orderAllProperties(context: EmitContext, view: MessageView, place: string): Lines[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const first = initialFields(context, view).filter(({ initial }) => initial !== "none");
  const order = [...first, ...laterFields(view)].map(orderedNames);
  return [`${useRuntime(context, "field-order", "orderFields")}(${[place, 0, ...order].join(", ")});`];
}

function laterFields({ fields }: MessageView): FieldView[] {
  return fields.filter(({ initial }) => initial === "none").sort((a, b) => a.field.number - b.field.number);
}

function orderedNames({ property, nameProperty }: FieldView): string {
  const names = nameProperty === undefined ? [property] : [property, nameProperty];
  return `[${names.map(stringLiteral).join(", ")}]`;
}

function choiceOf({ field }: FieldView): string {
  return field.proto3Optional ? field.name : (field.oneof ?? field.name);
}

/**
 * The same for the request and every message on the way to fields that were set one after the other; `paths` leads to them from the
 * request.
 */
export function orderAlong(context: EmitContext, request: Message, paths: readonly (readonly Field[])[]): Lines[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const holders = new Map([["request", viewMessage(context, request)]]);
  for (const path of paths) {
    let place = "request";
    let { message } = viewMessage(context, request);
    for (const field of path.slice(0, -1)) {
      const { element, property } = viewField(context, message, field);
      if (element.kind !== "message") break;
      place += propertyAccess(property);
      const holder = viewNamed(context, element.fullName);
      holders.set(place, holder);
      message = holder.message;
    }
  }
  return [...holders].flatMap(([place, view]) => orderProperties(context, view, place));
}
