/**
 * The order of properties in proto-loader's message objects, which are what `toObject` of protobufjs makes: first what every message has
 * (`initialFields`), then what is set, everything by field number.
 * https://github.com/protobufjs/protobuf.js/blob/master/src/converter.js
 */
import type { Field, Message } from "../../model/api-model.js";
import type { Statement } from "../print/code-file.js";
import { call, type Expression, list, member, literal } from "../print/expression.js";
import { run } from "../print/statement.js";
import type { EmitContext } from "./emit-scope.js";
import { initialFields } from "./initial-value.js";
import { type FieldView, type MessageView, viewField, viewMessage, viewNamed } from "./message-view.js";
import { useRuntime } from "./runtime.js";
import { isProtoLoaderStyle } from "./value-form.js";

/**
 * Statements that order the properties of the message at `place` after they were set in the order of a request; none
 * where at most one can be set, or the style has no order.
 */
export function orderProperties(context: EmitContext, view: MessageView, place: Expression): Statement[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const later = laterFields(view);
  if (new Set(later.map(choiceOf)).size < 2) return [];
  return [orderFields(context, place, view.fields.length - later.length, later)];
}

/** The same for a message that was made without some of what every message has: all of its properties in order. */
export function orderAllProperties(context: EmitContext, view: MessageView, place: Expression): Statement[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const first = initialFields(context, view).filter(({ initial }) => initial !== "none");
  return [orderFields(context, place, 0, [...first, ...laterFields(view)])];
}

/** The call: the first `fixed` properties stay where they are. */
function orderFields(context: EmitContext, place: Expression, fixed: number, later: readonly FieldView[]): Statement {
  const order = useRuntime(context, "field-order", "orderFields");
  return run(call(order, place, `${fixed}`, ...later.map(orderedNames)));
}

function laterFields({ fields }: MessageView): FieldView[] {
  return fields.filter(({ initial }) => initial === "none").sort((a, b) => a.field.number - b.field.number);
}

function orderedNames({ property, nameProperty }: FieldView): Expression {
  const names = nameProperty === undefined ? [property] : [property, nameProperty];
  return list(...names.map(literal));
}

function choiceOf({ field }: FieldView): string {
  return field.proto3Optional ? field.name : (field.oneof ?? field.name);
}

/**
 * The same for the request and every message on the way to fields that were set one after the other; `paths` leads to them from the
 * request.
 */
export function orderAlong(context: EmitContext, request: Message, paths: readonly (readonly Field[])[]): Statement[] {
  if (!isProtoLoaderStyle(context.style)) return [];
  const holders = new Map<string, Holder>([["", { place: "request", view: viewMessage(context, request) }]]);
  for (const path of paths) {
    let place: Expression = "request";
    let { message } = viewMessage(context, request);
    for (const [depth, field] of path.slice(0, -1).entries()) {
      const { element, property } = viewField(context, message, field);
      if (element.kind !== "message") break;
      place = member(place, property);
      const view = viewNamed(context, element.fullName);
      holders.set(pathKey(path.slice(0, depth + 1)), { place, view });
      message = view.message;
    }
  }
  return [...holders.values()].flatMap(({ place, view }) => orderProperties(context, view, place));
}

/** A message that is filled, and where it is. */
interface Holder {
  readonly place: Expression;
  readonly view: MessageView;
}

function pathKey(path: readonly Field[]): string {
  return path.map(({ name }) => name).join(".");
}
