/** Lines that put a value that was read where the style of the message has it. */
import type { Field, Message, Oneof } from "../model/api-model.js";
import { oneofPropertyName } from "../plan/naming.js";
import type { MessagePlan } from "../plan/plan.js";
import { statementIndent } from "./binary-frame.js";
import { layOutValue, type ReadExpression, textOf } from "./binary-read-value.js";
import { readerFunction } from "./binary-scalar.js";
import { type Lines, lineWidth, propertyAccess, stringLiteral, wrapList } from "./code-file.js";
import { type EmitContext, fieldProperty, oneofOf, pushItem, unionOf, virtualOneof } from "./message-shape.js";

/** A message whose reader is being emitted. */
export interface ReaderScope {
  readonly context: EmitContext;
  readonly plan: MessagePlan;
  readonly message: Message;
}

/** Lines that store the value of a singular field in `message`. */
export function storeValue(scope: ReaderScope, field: Field, value: ReadExpression): Lines[] {
  const { context, message } = scope;
  const union = unionOf(message, field, context.style);
  const property = fieldProperty(field, context.style);
  if (union !== undefined) return storeChoice(`message${oneofAccess(union, context)}`, stringLiteral(property), value);
  const virtual = virtualOneof(message, field, context.style);
  return [
    ...clearOthers(scope, field),
    ...layOutValue(`message${propertyAccess(property)} = `, value, ";", statementIndent),
    ...(virtual === undefined ? [] : [`message${propertyAccess(virtual)} = ${stringLiteral(property)};`]),
  ];
}

/** Lines that append a value to a list of `message`. */
export function pushValue({ context }: ReaderScope, field: Field, value: ReadExpression): string[] {
  const text = textOf(value);
  const line = pushItem(context, field, "message", text);
  if (statementIndent + line.length <= lineWidth) return [line];
  const head = line.slice(0, line.length - text.length - ");".length);
  return [head, ...layOutValue("", value, ",", statementIndent + 2).map((part) => `  ${part}`), ");"];
}

function storeChoice(target: string, name: string, value: ReadExpression): string[] {
  const line = `${target} = { case: ${name}, value: ${textOf(value)} };`;
  if (statementIndent + line.length <= lineWidth) return [line];
  const members = [`case: ${name},`, ...layOutValue("value: ", value, ",", statementIndent + 2)];
  return [`${target} = {`, ...members.map((member) => `  ${member}`), "};"];
}

/** Access to the property of a oneof: `.choice`. */
export function oneofAccess(oneof: Oneof, context: EmitContext): string {
  return propertyAccess(oneofPropertyName(oneof, context.style));
}

/** In styles with a property per member the last one on the wire wins by taking the others away. */
function clearOthers({ context, message }: ReaderScope, field: Field): string[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined || oneof.fields.length < 2) return [];
  const others = message.fields
    .filter((other) => other.oneof === oneof.name && other !== field)
    .map((other) => stringLiteral(fieldProperty(other, context.style)));
  return wrapList(`${readerFunction(context, "clearMembers")}(message, [`, others, "]);", statementIndent);
}
