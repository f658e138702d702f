/** Reaching into message objects whose fields may be members of a oneof, as lines. */
import type { Field, Message, Oneof } from "../../model/api-model.js";
import { oneofPropertyName } from "../../plan/naming.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { fieldProperty, isChosen, isInherited, oneofOf, readField, unionOf, virtualOneof } from "./field-access.js";
import { fitLines } from "../print/fit-lines.js";
import { layOutCall } from "../print/layout.js";
import { type IndexedOneof, indexMessage } from "./message-index.js";
import { useRuntime } from "./runtime.js";

/**
 * Most members whose tests are repeated for every member; for more members one function has the tests, because the code
 * would grow by the square.
 */
const mostTests = 12;

/** Tells whether a oneof has so many members. */
export function isCrowded(members: readonly Field[]): boolean {
  return members.length > mostTests;
}

/** The oneofs whose members have a property each, and are too many to be tested wherever one of them is set. */
export function crowdedOneofs(context: EmitContext, message: Message): readonly IndexedOneof[] {
  if (context.style.oneofs === "union" || context.style.oneofs === "cases") return [];
  return [...indexMessage(message).oneofs.values()].filter(({ fields }) => isCrowded(fields));
}

/** `function memberOfShelf_kind(message: Shelf)`, which gives the name of the member that is set. */
export function memberFinder(
  context: EmitContext,
  message: Message,
  name: string,
  type: string,
  oneof: IndexedOneof,
): Lines[] {
  const tests = oneof.fields.flatMap((field): Lines[] => {
    const { isSet } = readField(context, message, field, "message");
    return [`if (${isSet}) {`, [`return ${stringLiteral(field.name)};`], "}"];
  });
  const head = layOutCall("function ", { callee: name, args: [`message: ${type}`] }, ": string | undefined {", 0);
  return [...head, ...fitLines([[...tests, "return undefined;"]], 0), "}"];
}

/**
 * Lines that refuse a second member of a oneof. `allowsSame`: the member itself may be set already (a message that several
 * parameters fill). `finder` names the function of `memberFinder` for a oneof, where the file has one.
 */
export function refuseOtherMembers(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  allowsSame: boolean,
  finder?: (oneof: Oneof) => string,
): Lines[] {
  const oneof = oneofOf(message, field);
  if (oneof === undefined) return [];
  const refusal = `${useRuntime(context, "param", "refuseOneof")}(${stringLiteral(oneof.name)});`;
  if (unionOf(message, field, context.style) !== undefined) {
    const union = `${target}${propertyAccess(oneofPropertyName(oneof, context.style))}`;
    const some = isChosen(context.style, union);
    const other = `${union}.case !== ${stringLiteral(fieldProperty(field, context.style))}`;
    return [`if (${allowsSame ? `${some} && ${other}` : some}) ${refusal}`];
  }
  const all = indexMessage(message).oneofs.get(oneof.name)?.fields ?? [];
  if (finder !== undefined && isCrowded(all)) {
    const found = `${finder(oneof)}(${target})`;
    const own = stringLiteral(field.name);
    return [`if (${allowsSame ? `(${found} ?? ${own}) !== ${own}` : `${found} !== undefined`}) ${refusal}`];
  }
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
  finder?: (oneof: Oneof) => string,
): { readonly lines: Lines[]; readonly place: string } {
  const property = fieldProperty(field, context.style);
  const oneof = unionOf(message, field, context.style);
  const refusal = refuseOtherMembers(context, message, field, target, true, finder);
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
