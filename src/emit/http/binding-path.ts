/** One path variable into its field, as lines. */
import type { Binding, Field, Message, PathParam, WellKnownType } from "../../model/api-model.js";
import { newMessage } from "./new-message.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { callText } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, isTestedBeforeAssignment, readField, replaceField, unionOf } from "../objects/field-access.js";
import { refuseOtherKinds, withNativeField } from "../objects/native-field.js";
import { elementOf, nativeForm, nativeType } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import { descendIntoField, refuseOtherMembers } from "../objects/oneof-member.js";
import { parseElement, type TextOrigin } from "./param-value.js";

/** A path variable on its way into a message. */
interface Assignment {
  readonly message: Message;
  readonly field: Field;
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
    const assignment = { message, field, place, variable, path, mayBeSet };
    const inner = param.fields[index + 1];
    if (inner === undefined) return [...lines, ...setLeaf(context, assignment)];
    const element = elementOf(field);
    if (element.kind !== "message") return [];
    const native = nativeType(context, element);
    if (native !== undefined) return [...lines, ...setInside(context, assignment, native, inner)];
    const descend = descendIntoField(context, message, field, place, newMessage(context, element.fullName));
    lines.push(...descend.lines);
    place = descend.place;
    message = context.index.message(element.fullName, context.style).plan.message;
  }
  return [];
}

function setLeaf(context: EmitContext, assignment: Assignment): Lines[] {
  const { message, field, place, variable, mayBeSet } = assignment;
  const check = mayBeSet ? refuseOthers(context, assignment) : [];
  const text = parsedText(context, field, assignment);
  if (!isTestedBeforeAssignment(context, field))
    return [...check, ...assignField(context, message, field, place, text)];
  const value = `${variable}Value`;
  const assign = mayBeSet ? replaceField : assignField;
  return [...check, `const ${value} = ${text};`, ...assign(context, message, field, place, value)];
}

/** Lines that refuse another member of the same oneof. */
function refuseOthers(context: EmitContext, { message, field, place }: Assignment): Lines[] {
  const native = nativeForm(message, context.style, "alone");
  return native === undefined
    ? refuseOtherMembers(context, message, field, place, true)
    : refuseOtherKinds(context, native, field, place);
}

/** A field of a message that is a plain value: `inner` makes the whole value of `field`. */
function setInside(context: EmitContext, assignment: Assignment, native: WellKnownType, inner: Field): Lines[] {
  const { message, field, place, mayBeSet } = assignment;
  const { value, isSet } = readField(context, message, field, place);
  const isMember = unionOf(message, field, context.style) !== undefined;
  const current = isMember ? `${isSet} ? ${value} : undefined` : value;
  const check = mayBeSet
    ? [
        ...refuseOtherMembers(context, message, field, place, true),
        ...refuseOtherKinds(context, native, inner, isMember ? `(${current})` : current),
      ]
    : [];
  const text = parsedText(context, inner, assignment);
  const next = withNativeField(context, native, inner, text, current);
  return [...check, ...assignField(context, message, field, place, next)];
}

/** The value of `field` that the captured text stands for, as an expression. */
function parsedText(context: EmitContext, field: Field, { variable, path }: Assignment): string {
  if (field.shape.kind === "scalar" && field.shape.scalar === "string") return variable;
  const origin = path.includes(".") ? "path" : "topLevelPath";
  const args = [stringLiteral(path), variable, parser(context, field, origin)];
  return callText({ callee: useRuntime(context, "path-variable", "parseVariable"), args });
}

/** A function from text to the field's value, as an expression. */
function parser(context: EmitContext, field: Field, origin: TextOrigin): string {
  const element = elementOf(field);
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
