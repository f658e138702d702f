/** Statements that put a value that was read where the style of the message has it. */
import type { Message } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { chosenMember, nameMember, unionPlace } from "../objects/field-access.js";
import { type FieldView, type OneofView, viewMessage } from "../objects/message-view.js";
import { clearMembers, crowdedOneofs, isCrowded } from "../objects/oneof-member.js";
import type { Lines, Statement } from "../print/code-file.js";
import { binary, call, type Expression, member, literal } from "../print/expression.js";
import { assign, declareFunction, run, when } from "../print/statement.js";
import { clearName } from "./binary-names.js";

/** A message whose reader is being emitted. */
export interface ReaderScope {
  readonly context: EmitContext;
  readonly plan: MessagePlan;
  readonly message: Message;
}

/** Statements that store the value of a singular field in `message`. */
export function storeValue(scope: ReaderScope, view: FieldView, value: Expression): Statement[] {
  const { place, property, nameProperty } = view;
  if (place.kind === "union") return [assign(unionPlace(place.oneof, "message"), chosenMember(view, value))];
  return [
    ...clearOthers(scope, view),
    assign(member("message", property), value),
    ...nameMember("message", nameProperty, property),
  ];
}

/** In styles with a property per member the last one on the wire wins by taking the others away. */
function clearOthers({ context, plan }: ReaderScope, view: FieldView): Statement[] {
  const { oneof, property } = view;
  if (oneof === undefined || oneof.members.length < 2) return [];
  if (isCrowded(oneof)) return [run(call(clearName(plan, oneof.oneof.name), "message", literal(property)))];
  const others = oneof.members.filter((member) => member !== view).map((member) => member.property);
  return clearMembers(context, [...others, ...choiceName(oneof)]);
}

/** The property that names the member that is set goes with it, since it follows it. */
function choiceName({ form, property }: OneofView): string[] {
  return form === "named" ? [property] : [];
}

/** The functions that take away the members of a oneof but one: for oneofs whose members are many. */
export function emitClearings({ context, plan, message }: ReaderScope, type: string): Lines[] {
  return crowdedOneofs(viewMessage(context, message)).flatMap((oneof) => {
    const name = clearName(plan, oneof.oneof.name);
    const parameters = [`message: ${type}`, "kept: string"];
    return ["", ...declareFunction(`function ${name}`, parameters, "void", clearings(context, oneof))];
  });
}

function clearings(context: EmitContext, oneof: OneofView): Lines[] {
  const members = oneof.members.flatMap(({ property }) =>
    when(binary("kept", "!==", literal(property)), clearMembers(context, [property])),
  );
  const choice = choiceName(oneof);
  return choice.length === 0 ? members : [...members, ...clearMembers(context, choice)];
}
