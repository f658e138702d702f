/** One path variable into its field, as lines. */
import type { Binding, Field, Message, PathParam } from "../../model/api-model.js";
import { newMessage } from "./binding-decode.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { callText } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, isTestedBeforeAssignment } from "../objects/field-access.js";
import { elementOf } from "../objects/native-type.js";
import { runtimeModule } from "../objects/modules.js";
import { descendIntoField, refuseOtherMembers } from "../objects/oneof-member.js";
import { parseElement } from "./param-value.js";
import type { RuntimeModule } from "../objects/runtime-paths.js";

/** Lines that set the field of `request` from `variable`, the local that holds the captured text. */
export function bindPathParam(
  context: EmitContext,
  request: Message,
  binding: Binding,
  param: PathParam,
  variable: string,
): Lines[] {
  const lines: Lines[] = [];
  let message = request;
  let place = "request";
  for (const field of param.fields.slice(0, -1)) {
    if (field.shape.kind !== "message") return [];
    const descend = descendIntoField(context, message, field, place, newMessage(context, field.shape.fullName));
    lines.push(...descend.lines);
    place = descend.place;
    message = context.index.message(field.shape.fullName, context.style).plan.message;
  }
  const leaf = param.fields.at(-1);
  if (leaf === undefined) return [];
  return [...lines, ...setLeaf(context, binding, message, leaf, place, variable, param)];
}

function setLeaf(
  context: EmitContext,
  binding: Binding,
  message: Message,
  field: Field,
  place: string,
  variable: string,
  param: PathParam,
): Lines[] {
  const mayBeSet = binding.body.kind !== "none" || binding.pathParams.length > 1;
  const check = mayBeSet ? refuseOtherMembers(context, message, field, place, true) : [];
  const isText = field.shape.kind === "scalar" && field.shape.scalar === "string";
  if (isText) return [...check, ...assignField(context, message, field, place, variable)];
  const path = param.fields.map(({ name }) => name).join(".");
  const args = [stringLiteral(path), variable, parser(context, field)];
  const call = callText({ callee: runtime(context, "path-variable", "parseVariable"), args });
  const assigned = assignField(context, message, field, place, call);
  const isPlain = !isTestedBeforeAssignment(context, field) && String(assigned[0]).endsWith(` = ${call};`);
  if (isPlain) return [...check, ...assigned];
  const value = `${variable}Value`;
  return [...check, `const ${value} = ${call};`, ...assignField(context, message, field, place, value)];
}

/** A function from text to the field's value, as an expression. */
function parser(context: EmitContext, field: Field): string {
  const element = elementOf(field);
  if (field.shape.kind !== "list") return asFunction(parseElement(context, element, "text", "path"), "text");
  const item = asFunction(parseElement(context, element, "item", "path"), "item");
  const split = `${runtime(context, "path-variable", "splitList")}(text)`;
  return item === "(item) => item" ? `(text) => ${split}` : `(text) => ${split}.map(${item})`;
}

/** `parseInt32` for `parseInt32(text)`. */
function asFunction(expression: string, parameter: string): string {
  const call = /^(\w+)\((\w+)\)$/.exec(expression);
  if (call?.[1] !== undefined && call[2] === parameter) return call[1];
  return expression.startsWith("{") ? `(${parameter}) => (${expression})` : `(${parameter}) => ${expression}`;
}

function runtime(context: EmitContext, module: RuntimeModule, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, module), name);
}
