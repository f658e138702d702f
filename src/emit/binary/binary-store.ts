/** Lines that put a value that was read where the style of the message has it. */
import type { Field, Message, Oneof } from "../../model/api-model.js";
import { oneofPropertyName } from "../../plan/naming.js";
import type { MessagePlan } from "../../plan/plan.js";
import { clearName } from "./binary-names.js";
import { readerFunction } from "./binary-scalar.js";
import { crowdedOneofs, isCrowded } from "../objects/oneof-member.js";
import { type Lines, propertyAccess, stringLiteral, wrapList } from "../print/code-file.js";
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
function clearOthers({ context, plan, message }: ReaderScope, field: Field): string[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined || oneof.fields.length < 2) return [];
  const all = indexMessage(message).oneofs.get(oneof.name)?.fields ?? [];
  if (isCrowded(all)) return [`${clearName(plan, oneof.name)}(message, ${stringLiteral(propertyOf(context, field))});`];
  const members = all.filter((other) => other !== field).map((other) => propertyOf(context, other));
  const properties = [...members, ...choiceName(context, oneof)];
  if (context.style.absentMessages === "property")
    return properties.map((property) => `message${propertyAccess(property)} = undefined;`);
  return [`${readerFunction(context, "clearMembers")}(message, [${properties.map(stringLiteral).join(", ")}]);`];
}

/** The property that names the member that is set goes with it, since it follows it. */
function choiceName({ style }: EmitContext, oneof: Oneof): string[] {
  return style.oneofs === "virtual" ? [oneofPropertyName(oneof, style)] : [];
}

function propertyOf(context: EmitContext, field: Field): string {
  return fieldProperty(field, context.style);
}

/** The functions that take away the members of a oneof but one: for oneofs whose members are many. */
export function emitClearings({ context, plan, message }: ReaderScope, type: string): Lines[] {
  return crowdedOneofs(context, message).flatMap(({ oneof, fields }) => {
    const parameters = [`message: ${type}`, "kept: string"];
    return [
      "",
      ...wrapList(`function ${clearName(plan, oneof.name)}(`, parameters, "): void {"),
      clearings(context, oneof, fields),
      "}",
    ];
  });
}

function clearings(context: EmitContext, oneof: Oneof, fields: readonly Field[]): Lines[] {
  const properties = fields.map((field) => propertyOf(context, field));
  if (context.style.absentMessages === "property") {
    return properties.flatMap((property): Lines[] => [
      `if (kept !== ${stringLiteral(property)}) {`,
      [`message${propertyAccess(property)} = undefined;`],
      "}",
    ]);
  }
  const clear = readerFunction(context, "clearMembers");
  const members = properties.flatMap((property): Lines[] => {
    const name = stringLiteral(property);
    return [`if (kept !== ${name}) {`, [`${clear}(message, [${name}]);`], "}"];
  });
  const choice = choiceName(context, oneof).map((name) => `${clear}(message, [${stringLiteral(name)}]);`);
  return [...members, ...choice];
}
