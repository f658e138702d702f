/** Reaching into message objects whose fields may be members of a oneof. */
import type { Oneof } from "../../model/api-model.js";
import type { Lines, Statement } from "../print/code-file.js";
import { binary, call, every, type Expression, list, member, not, orElse, some, literal } from "../print/expression.js";
import { assign, declareFunction, guard, returns, run, when } from "../print/statement.js";
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
    return when(isSet, [returns(literal(view.field.name))]);
  });
  const parameters = [`message: ${type}`];
  return declareFunction(`function ${name}`, parameters, "string | undefined", [...tests, returns("undefined")]);
}

/**
 * Statements that refuse a second member of a oneof. `allowsSame`: the member itself may be set already (a message that several
 * parameters fill). `finder` names the function of `memberFinder` for a oneof, where the file has one.
 */
export function refuseOtherMembers(
  context: EmitContext,
  view: FieldView,
  target: Expression,
  allowsSame: boolean,
  finder?: (oneof: Oneof) => string,
): Statement[] {
  const { oneof } = view;
  const test = oneof && isOtherSet(context, view, oneof, target, allowsSame, finder);
  if (oneof === undefined || test === undefined) return [];
  return [guard(test, run(call(useRuntime(context, "param", "refuseOneof"), literal(oneof.oneof.name))))];
}

/** A test that a member of the oneof is set, other than the field itself where that is allowed; undefined where there is none. */
function isOtherSet(
  context: EmitContext,
  view: FieldView,
  oneof: OneofView,
  target: Expression,
  allowsSame: boolean,
  finder: ((oneof: Oneof) => string) | undefined,
): Expression | undefined {
  const { field, place, property } = view;
  if (place.kind === "union") {
    const chosen = isChosen(oneof, target);
    const other = binary(member(unionPlace(oneof, target), "case"), "!==", literal(property));
    return allowsSame ? every(chosen, other) : chosen;
  }
  if (finder !== undefined && isCrowded(oneof)) {
    const found = call(finder(oneof.oneof), target);
    const own = literal(field.name);
    return allowsSame ? binary(orElse(found, own), "!==", own) : binary(found, "!==", "undefined");
  }
  const members = oneof.members.filter((each) => !(allowsSame && each === view));
  const [first, ...others] = members.map((each) => readField(context, each, target).isSet);
  return first && some(first, ...others);
}

/** A message field of a message that is made where it is not set. */
export interface Descent {
  /** Statements that make sure that the field is set. */
  readonly lines: Statement[];
  /** The place of the message that it holds. */
  readonly place: Expression;
}

/** Makes sure that a singular message field of `target` is set. */
export function descendIntoField(
  context: EmitContext,
  view: FieldView,
  target: Expression,
  created: Expression,
  finder?: (oneof: Oneof) => string,
): Descent {
  const { oneof, property, nameProperty } = view;
  const refusal = refuseOtherMembers(context, view, target, true, finder);
  if (oneof !== undefined && view.place.kind === "union") {
    const union = unionPlace(oneof, target);
    const chosen = chosenMember(view, created);
    const isUnset = binary(member(union, "case"), "===", "undefined");
    const choose = oneof.form === "cases" ? guard(isUnset, assign(union, chosen)) : assign(union, chosen, "??=");
    return { lines: [choose, ...refusal], place: member(union, "value") };
  }
  const place = member(target, property);
  const { isSet } = readField(context, view, target);
  const create = view.isInherited ? guard(not(isSet), assign(place, created)) : assign(place, created, "??=");
  return { lines: [...refusal, create, ...nameMember(target, nameProperty, property)], place };
}

/** Statements that take members of a oneof, and the property with the member's name, away from `message`. */
export function clearMembers(context: EmitContext, properties: readonly string[]): Statement[] {
  if (keepsUnsetMembers(context)) return properties.map((property) => assign(member("message", property), "undefined"));
  const clear = useRuntime(context, "binary-reader", "clearMembers");
  return [run(call(clear, "message", list(...properties.map(literal))))];
}
