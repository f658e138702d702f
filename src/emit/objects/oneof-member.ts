/** Reaching into message objects whose fields may be members of a oneof, as lines. */
import type { Oneof } from "../../model/api-model.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import { fitLines } from "../print/fit-lines.js";
import { layOutCall } from "../print/layout.js";
import type { EmitContext } from "./emit-scope.js";
import { chosenMember, isChosen, nameMember, readField, unionPlace } from "./field-access.js";
import type { FieldView, MessageView, OneofView } from "./message-view.js";
import { useRuntime } from "./runtime.js";
import { keepsUnsetMembers } from "./value-form.js";

/**
 * Most members whose tests are repeated for every member; for more members one function has the tests, because the code
 * would grow by the square.
 */
const mostTests = 12;

/** Tells whether a oneof has so many members. */
export function isCrowded({ members }: OneofView): boolean {
  return members.length > mostTests;
}

/** The oneofs whose members have a property each, and are too many to be tested wherever one of them is set. */
export function crowdedOneofs({ oneofs }: MessageView): readonly OneofView[] {
  return oneofs.filter((oneof) => !isUnion(oneof) && isCrowded(oneof));
}

/** Tells whether a oneof is one property, whatever member is set. */
export function isUnion({ form }: OneofView): boolean {
  return form === "union" || form === "cases";
}

/** `function memberOfShelf_kind(message: Shelf)`, which gives the name of the member that is set. */
export function memberFinder(context: EmitContext, name: string, type: string, { members }: OneofView): Lines[] {
  const tests = members.flatMap((view): Lines[] => {
    const { isSet } = readField(context, view, "message");
    return [`if (${isSet}) {`, [`return ${stringLiteral(view.field.name)};`], "}"];
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
  view: FieldView,
  target: string,
  allowsSame: boolean,
  finder?: (oneof: Oneof) => string,
): Lines[] {
  const { field, oneof, place, property } = view;
  if (oneof === undefined) return [];
  const refusal = `${useRuntime(context, "param", "refuseOneof")}(${stringLiteral(oneof.oneof.name)});`;
  if (place.kind === "union") {
    const some = isChosen(oneof, target);
    const other = `${unionPlace(oneof, target)}.case !== ${stringLiteral(property)}`;
    return [`if (${allowsSame ? `${some} && ${other}` : some}) ${refusal}`];
  }
  if (finder !== undefined && isCrowded(oneof)) {
    const found = `${finder(oneof.oneof)}(${target})`;
    const own = stringLiteral(field.name);
    return [`if (${allowsSame ? `(${found} ?? ${own}) !== ${own}` : `${found} !== undefined`}) ${refusal}`];
  }
  const members = oneof.members.filter((member) => !(allowsSame && member === view));
  const tests = members.map((member) => readField(context, member, target).isSet);
  const [only, second] = tests;
  const test =
    second === undefined ? only : tests.map((term) => (term.includes(" && ") ? `(${term})` : term)).join(" || ");
  return test === undefined ? [] : [`if (${test}) ${refusal}`];
}

/** Lines that make sure a singular message field of `target` is set, and where it is then. */
export function descendIntoField(
  context: EmitContext,
  view: FieldView,
  target: string,
  created: string,
  finder?: (oneof: Oneof) => string,
): { readonly lines: Lines[]; readonly place: string } {
  const { oneof, property, nameProperty } = view;
  const refusal = refuseOtherMembers(context, view, target, true, finder);
  if (oneof !== undefined && view.place.kind === "union") {
    const union = unionPlace(oneof, target);
    const chosen = `${chosenMember(view, created)};`;
    const isUnset = oneof.form === "cases" ? `if (${union}.case === undefined) ${union} =` : `${union} ??=`;
    return { lines: [`${isUnset} ${chosen}`, ...refusal], place: `${union}.value` };
  }
  const place = `${target}${propertyAccess(property)}`;
  const { isSet } = readField(context, view, target);
  const create = view.isInherited ? `if (!(${isSet})) ${place} = ${created};` : `${place} ??= ${created};`;
  return { lines: [...refusal, create, ...nameMember(target, nameProperty, property)], place };
}

/** Lines that take members of a oneof, and the property with the member's name, away from `message`. */
export function clearMembers(context: EmitContext, properties: readonly string[]): string[] {
  if (keepsUnsetMembers(context))
    return properties.map((property) => `message${propertyAccess(property)} = undefined;`);
  const clear = useRuntime(context, "binary-reader", "clearMembers");
  return [`${clear}(message, [${properties.map(stringLiteral).join(", ")}]);`];
}
