/** Reaching into message objects whose fields may be members of a oneof, as lines. */
import type { Field, Message } from "../../model/api-model.js";
import { oneofPropertyName } from "../../plan/naming.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { fieldProperty, isChosen, isInherited, oneofOf, readField, unionOf, virtualOneof } from "./field-access.js";
import { indexMessage } from "./message-index.js";
import { runtimeModule } from "./modules.js";

/**
 * Lines that refuse a second member of a oneof. `allowsSame`: the member itself may be set already (a message that several
 * parameters fill).
 */
export function refuseOtherMembers(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  allowsSame: boolean,
): Lines[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined) return [];
  const refusal = `${context.file.use(runtimeModule(context.plan.layout, "param"), "refuseOneof")}(${stringLiteral(oneof.name)});`;
  if (unionOf(message, field, context.style) !== undefined) {
    const union = `${target}${propertyAccess(oneofPropertyName(oneof, context.style))}`;
    const some = isChosen(context.style, union);
    const other = `${union}.case !== ${stringLiteral(fieldProperty(field, context.style))}`;
    return [`if (${allowsSame ? `${some} && ${other}` : some}) ${refusal}`];
  }
  const all = indexMessage(message).oneofs.get(oneof.name)?.fields ?? [];
  const members = all.filter(({ name }) => !(allowsSame && name === field.name));
  const tests = members.map((member) => readField(context, message, member, target).isSet);
  const [only, second] = tests;
  const test =
    second === undefined ? only : tests.map((term) => (term.includes(" && ") ? `(${term})` : term)).join(" || ");
  return test === undefined ? [] : [`if (${test}) ${refusal}`];
}

/** Lines that make sure a singular message field of `target` is set, and where it is then. */
export function descendIntoField(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  created: string,
): { readonly lines: Lines[]; readonly place: string } {
  const property = fieldProperty(field, context.style);
  const oneof = unionOf(message, field, context.style);
  const refusal = refuseOtherMembers(context, message, field, target, true);
  if (oneof !== undefined) {
    const union = `${target}${propertyAccess(oneofPropertyName(oneof, context.style))}`;
    const chosen = `{ case: ${stringLiteral(property)}, value: ${created} };`;
    const choose =
      context.style.oneofs === "cases"
        ? `if (${union}.case === undefined) ${union} = ${chosen}`
        : `${union} ??= ${chosen}`;
    return { lines: [choose, ...refusal], place: `${union}.value` };
  }
  const place = `${target}${propertyAccess(property)}`;
  const { isSet } = readField(context, message, field, target);
  const create = isInherited(property) ? `if (!(${isSet})) ${place} = ${created};` : `${place} ??= ${created};`;
  const virtual = virtualOneof(message, field, context.style);
  const name = virtual === undefined ? [] : [`${target}${propertyAccess(virtual)} = ${stringLiteral(property)};`];
  return { lines: [...refusal, create, ...name], place };
}
