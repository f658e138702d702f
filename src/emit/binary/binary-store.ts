/** Lines that put a value that was read where the style of the message has it. */
import type { Field, Message, Oneof } from "../../model/api-model.js";
import { oneofPropertyName } from "../../plan/naming.js";
import type { MessagePlan } from "../../plan/plan.js";
import { readerFunction } from "./binary-scalar.js";
import { propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { indexMessage } from "../objects/message-index.js";
import { fieldProperty, oneofOf, unionOf, virtualOneof } from "../objects/field-access.js";

/** A message whose reader is being emitted. */
export interface ReaderScope {
  readonly context: EmitContext;
  readonly plan: MessagePlan;
  readonly message: Message;
}

/** Lines that store the value of a singular field in `message`. */
export function storeValue(scope: ReaderScope, field: Field, value: string): string[] {
  const { context, message } = scope;
  const union = unionOf(message, field, context.style);
  const name = stringLiteral(fieldProperty(field, context.style));
  if (union !== undefined) return [`message${oneofAccess(union, context)} = { case: ${name}, value: ${value} };`];
  const virtual = virtualOneof(message, field, context.style);
  return [
    ...clearOthers(scope, field),
    `message${propertyAccess(fieldProperty(field, context.style))} = ${value};`,
    ...(virtual === undefined ? [] : [`message${propertyAccess(virtual)} = ${name};`]),
  ];
}

/** Access to the property of a oneof: `.choice`. */
export function oneofAccess(oneof: Oneof, context: EmitContext): string {
  return propertyAccess(oneofPropertyName(oneof, context.style));
}

/** In styles with a property per member the last one on the wire wins by taking the others away. */
function clearOthers({ context, message }: ReaderScope, field: Field): string[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined || oneof.fields.length < 2) return [];
  const all = indexMessage(message).oneofs.get(oneof.name)?.fields ?? [];
  const properties = all.filter((other) => other !== field).map((other) => fieldProperty(other, context.style));
  if (context.style.absentMessages === "property")
    return properties.map((property) => `message${propertyAccess(property)} = undefined;`);
  const others = properties.map(stringLiteral);
  return [`${readerFunction(context, "clearMembers")}(message, [${others.join(", ")}]);`];
}
