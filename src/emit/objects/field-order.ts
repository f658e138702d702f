/**
 * The order of properties in proto-loader's message objects, which are what `toObject` of protobufjs makes: first what every message has
 * (`initialFields`), then what is set, everything by field number.
 * https://github.com/protobufjs/protobuf.js/blob/master/src/converter.js
 */
import type { Field, Message } from "../../model/api-model.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import { type EmitContext, messageFields } from "./emit-scope.js";
import { fieldProperty, virtualOneof } from "./field-access.js";
import { initialValue } from "./initial-value.js";
import { elementOf, isProtoLoaderStyle } from "./native-type.js";
import { useRuntime } from "./runtime.js";

/**
 * Lines that order the properties of the message at `place` (an expression) after they were set in the order of a request; none
 * where at most one can be set, or the style has no order.
 */
export function orderProperties(context: EmitContext, message: Message, place: string): Lines[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const fields = messageFields(context, message, context.style);
  const later = fields
    .filter((field) => initialValue(context, field) === undefined)
    .sort((a, b) => a.number - b.number);
  const choices = new Set(later.map((field) => (field.proto3Optional ? field.name : (field.oneof ?? field.name))));
  if (choices.size < 2) return [];
  const order = later.map((field) => {
    const names = [fieldProperty(field, context.style), virtualOneof(message, field, context.style)];
    return `[${names.flatMap((name) => (name === undefined ? [] : [stringLiteral(name)])).join(", ")}]`;
  });
  const orderFields = useRuntime(context, "field-order", "orderFields");
  return [`${orderFields}(${[place, fields.length - later.length, ...order].join(", ")});`];
}

/**
 * The same for the request and every message on the way to fields that were set one after the other; `paths` leads to them from the
 * request.
 */
export function orderAlong(context: EmitContext, request: Message, paths: readonly (readonly Field[])[]): Lines[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const holders = new Map([["request", request]]);
  for (const path of paths) {
    let place = "request";
    for (const field of path.slice(0, -1)) {
      const element = elementOf(field);
      if (element.kind !== "message") break;
      place += propertyAccess(fieldProperty(field, context.style));
      holders.set(place, context.index.message(element.fullName, context.style).plan.message);
    }
  }
  return [...holders].flatMap(([place, message]) => orderProperties(context, message, place));
}
