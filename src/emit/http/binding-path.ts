/** One path variable into its field, as lines. */
import type { Binding, Message, PathParam } from "../../model/api-model.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, readField, replaceField } from "../objects/field-access.js";
import { type FieldView, viewField, viewNamed } from "../objects/message-view.js";
import { refuseOtherKinds, withNativeField } from "../objects/native-field.js";
import type { NativeForm } from "../objects/native-type.js";
import { descendIntoField, refuseOtherMembers } from "../objects/oneof-member.js";
import { useRuntime } from "../objects/runtime.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { callText } from "../print/layout.js";
import { newMessage } from "./new-message.js";
import { parseElement, type TextOrigin } from "./param-value.js";

/** A path variable on its way into a message. */
interface Assignment {
  readonly view: FieldView;
  /** The place of the message, as an expression. */
  readonly place: string;
  /** The local that holds the captured text. */
  readonly variable: string;
  /** `shelf.theme`, for errors. */
  readonly path: string;
  /** Whether the body or another variable may have set a member of the same oneof. */
  readonly mayBeSet: boolean;
}

/** Lines that set the field of `request` from `variable`, the local that holds the captured text. */
export function bindPathParam(
  context: EmitContext,
  request: Message,
  binding: Binding,
  param: PathParam,
  variable: string,
): Lines[] {
  const lines: Lines[] = [];
  const path = param.fields.map(({ name }) => name).join(".");
  const mayBeSet = binding.body.kind !== "none" || binding.pathParams.length > 1;
  let message = request;
  let place = "request";
  for (const [index, field] of param.fields.entries()) {
    const view = viewField(context, message, field);
    const assignment = { view, place, variable, path, mayBeSet };
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

function setLeaf(context: EmitContext, assignment: Assignment): Lines[] {
  const { view, place, variable, mayBeSet } = assignment;
  const check = mayBeSet ? refuseOthers(context, assignment) : [];
  const text = parsedText(context, view, assignment);
  if (!view.leavesOutZero) return [...check, ...assignField(context, view, place, text)];
  const value = `${variable}Value`;
  const assign = mayBeSet ? replaceField : assignField;
  return [...check, `const ${value} = ${text};`, ...assign(context, view, place, value)];
}

/** Lines that refuse another member of the same oneof. */
function refuseOthers(context: EmitContext, { view, place }: Assignment): Lines[] {
  return view.place.kind === "plain"
    ? refuseOtherKinds(context, view.place.native, view.field, place)
    : refuseOtherMembers(context, view, place, true);
}

/** A field of a message that is a plain value: `inner` makes the whole value of the field. */
function setInside(context: EmitContext, assignment: Assignment, native: NativeForm, inner: FieldView): Lines[] {
  const { view, place, mayBeSet } = assignment;
  const { value, isSet } = readField(context, view, place);
  const isMember = view.place.kind === "union";
  const current = isMember ? `${isSet} ? ${value} : undefined` : value;
  const check = mayBeSet
    ? [
        ...refuseOtherMembers(context, view, place, true),
        ...refuseOtherKinds(context, native, inner.field, isMember ? `(${current})` : current),
      ]
    : [];
  const text = parsedText(context, inner, assignment);
  const next = withNativeField(context, native, inner.field, text, current);
  return [...check, ...assignField(context, view, place, next)];
}

/** The value of `field` that the captured text stands for, as an expression. */
function parsedText(context: EmitContext, view: FieldView, { variable, path }: Assignment): string {
  const { field } = view;
  if (field.shape.kind === "scalar" && field.shape.scalar === "string") return variable;
  const origin = path.includes(".") ? "path" : "topLevelPath";
  const args = [stringLiteral(path), variable, parser(context, view, origin)];
  return callText({ callee: useRuntime(context, "path-variable", "parseVariable"), args });
}

/** A function from text to the field's value, as an expression. */
function parser(context: EmitContext, { field, element }: FieldView, origin: TextOrigin): string {
  if (field.shape.kind !== "list") return asFunction(parseElement(context, element, "text", origin), "text");
  const item = asFunction(parseElement(context, element, "item", origin), "item");
  const split = `${useRuntime(context, "path-variable", "splitList")}(text)`;
  return item === "(item) => item" ? `(text) => ${split}` : `(text) => ${split}.map(${item})`;
}

/** `parseInt32` for `parseInt32(text)`. */
function asFunction(expression: string, parameter: string): string {
  const call = /^(\w+)\((\w+)\)$/.exec(expression);
  if (call?.[1] !== undefined && call[2] === parameter) return call[1];
  return expression.startsWith("{") ? `(${parameter}) => (${expression})` : `(${parameter}) => ${expression}`;
}
