/** One path variable into its field. */
import type { Binding, Message, PathParam } from "../../model/api-model.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, readField, replaceField } from "../objects/field-access.js";
import { type FieldView, viewField, viewNamed } from "../objects/message-view.js";
import { refuseOtherKinds, withNativeField } from "../objects/native-field.js";
import type { NativeForm } from "../objects/native-type.js";
import { descendIntoField, refuseOtherMembers } from "../objects/oneof-member.js";
import { useRuntime } from "../objects/runtime.js";
import type { Statement } from "../print/code-file.js";
import { arrow, call, callMethod, conditional, type Expression, literal } from "../print/expression.js";
import { constant } from "../print/statement.js";
import { newMessage } from "./new-message.js";
import { parseElement, type TextOrigin } from "./param-value.js";

/** A path variable on its way into a message. */
interface Assignment {
  readonly view: FieldView;
  /** The place of the message. */
  readonly place: Expression;
  /** The local that holds the captured text. */
  readonly variable: string;
  /** `shelf.theme`, for errors. */
  readonly path: string;
  readonly origin: TextOrigin;
  /** Whether the body or another variable may have set a member of the same oneof. */
  readonly mayBeSet: boolean;
}

/** Statements that set the field of `request` from `variable`, the local that holds the captured text. */
export function bindPathParam(
  context: EmitContext,
  request: Message,
  binding: Binding,
  param: PathParam,
  variable: string,
): Statement[] {
  const lines: Statement[] = [];
  const path = param.fields.map(({ name }) => name).join(".");
  const origin = param.fields.length > 1 ? "path" : "topLevelPath";
  const mayBeSet = binding.body.kind !== "none" || binding.pathParams.length > 1;
  let message = request;
  let place: Expression = "request";
  for (const [index, field] of param.fields.entries()) {
    const view = viewField(context, message, field);
    const assignment: Assignment = { view, place, variable, path, origin, mayBeSet };
    const inner = param.fields[index + 1];
    if (inner === undefined) return [...lines, ...setLeaf(context, assignment)];
    const { element, native } = view;
    if (element.kind !== "message") return [];
    const held = viewNamed(context, element.fullName);
    if (native !== undefined) {
      const inside = viewField(context, held.message, inner);
      return [...lines, ...setInside(context, assignment, native, inside)];
    }
    const descend = descendIntoField(context, view, place, newMessage(context, element.fullName));
    lines.push(...descend.lines);
    place = descend.place;
    ({ message } = held);
  }
  return [];
}

function setLeaf(context: EmitContext, assignment: Assignment): Statement[] {
  const { view, place, variable, mayBeSet } = assignment;
  const check = mayBeSet ? refuseOthers(context, assignment) : [];
  const text = parsedText(context, view, assignment);
  if (!view.leavesOutZero) return [...check, ...assignField(context, view, place, text)];
  const value = `${variable}Value`;
  const assign = mayBeSet ? replaceField : assignField;
  return [...check, constant(value, text), ...assign(context, view, place, value)];
}

/** Statements that refuse another member of the same oneof. */
function refuseOthers(context: EmitContext, { view, place }: Assignment): Statement[] {
  return view.place.kind === "plain"
    ? refuseOtherKinds(context, view.place.native, view.field, place)
    : refuseOtherMembers(context, view, place, true);
}

/** A field of a message that is a plain value: `inner` makes the whole value of the field. */
function setInside(context: EmitContext, assignment: Assignment, native: NativeForm, inner: FieldView): Statement[] {
  const { view, place, mayBeSet } = assignment;
  const { value, isSet } = readField(context, view, place);
  const current = view.place.kind === "union" ? conditional(isSet, value, "undefined") : value;
  const check = mayBeSet
    ? [...refuseOtherMembers(context, view, place, true), ...refuseOtherKinds(context, native, inner.field, current)]
    : [];
  const text = parsedText(context, inner, assignment);
  const next = withNativeField(context, native, inner.field, text, current);
  return [...check, ...assignField(context, view, place, next)];
}

/** The value of `field` that the captured text stands for. */
function parsedText(context: EmitContext, view: FieldView, { variable, path, origin }: Assignment): Expression {
  const { field } = view;
  if (field.shape.kind === "scalar" && field.shape.scalar === "string") return variable;
  const parse = useRuntime(context, "path-variable", "parseVariable");
  return call(parse, literal(path), variable, parser(context, view, origin));
}

/** A function from text to the field's value. */
function parser(context: EmitContext, { field, element }: FieldView, origin: TextOrigin): Expression {
  if (field.shape.kind !== "list") return asFunction("text", parseElement(context, element, "text", origin));
  const item = parseElement(context, element, "item", origin);
  const split = call(useRuntime(context, "path-variable", "splitList"), "text");
  return arrow("text", item === "item" ? split : callMethod(split, "map", asFunction("item", item)));
}

/** `parseInt32` for `parseInt32(text)`. */
function asFunction(parameter: string, result: Expression): Expression {
  const call = typeof result === "object" && result.kind === "call" && !result.isNew ? result : undefined;
  const [only, second] = call?.args ?? [];
  const isPlain = typeof call?.callee === "string" && only === parameter && second === undefined;
  return isPlain ? call.callee : arrow(parameter, result);
}
