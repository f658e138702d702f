/** Looks for the required fields of a message that path and query have filled: `requireShelf(message)`. JSON and binary look for theirs. */
import type { MessagePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { readField } from "../objects/field-access.js";
import { orderAllProperties } from "../objects/field-order.js";
import { type FieldView, viewMessage } from "../objects/message-view.js";
import { paramsModule } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";
import { messageType } from "../objects/type-text.js";
import type { Lines, Statement } from "../print/code-file.js";
import { call, type Expression, not, literal } from "../print/expression.js";
import { declareFunction, guard, run, when } from "../print/statement.js";
import { use } from "./param-value.js";

/** `requireShelf`: refuses a message without its required fields. */
export function requirerName(planned: Pick<MessagePlan, "name">): string {
  return `require${planned.name}`;
}

/** Tells whether there is something to look for in a message that a request makes empty. */
export function isRequiring(context: EmitContext, fullName: string): boolean {
  const seen = new Set<string>();
  // A list of its own: how deep messages hold messages is up to the user.
  const waiting = [fullName];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const { plan } = context.index.message(name, context.style);
    const view = viewMessage(context, plan.message);
    if (!plan.requires || !plan.params || view.native !== undefined || seen.has(name)) continue;
    seen.add(name);
    if (view.fields.some(isRequired)) return true;
    for (const { field, element } of view.fields)
      if (field.shape.kind === "message" && element.kind === "message") waiting.push(element.fullName);
  }
  return false;
}

function isRequired({ field }: FieldView): boolean {
  return field.presence === "required";
}

/** Whether a singular field holds a message in which there is something to look for. */
function isHolder(context: EmitContext, { field, element }: FieldView): boolean {
  return field.shape.kind === "message" && element.kind === "message" && isRequiring(context, element.fullName);
}

/** The statement that looks for the required fields of `message`. */
export function requireFields(context: EmitContext, fullName: string, message: Expression): Statement {
  return run(call(requirerOf(context, fullName), message));
}

function requirerOf(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return use(context, paramsModule(context.plan.layout, module), requirerName(plan));
}

/** The function; none where there is nothing to look for. */
export function requirer(context: EmitContext, planned: MessagePlan): Lines[] {
  const { fullName } = planned.message;
  if (!isRequiring(context, fullName)) return [];
  const type = messageType(context, fullName);
  const view = viewMessage(context, planned.message);
  const isLate = view.fields.some((field) => isRequired(field) && field.initial !== "none");
  const steps = [
    ...view.fields.flatMap((field) => lookFor(context, field)),
    ...(isLate ? orderAllProperties(context, view, "message") : []),
  ];
  return [
    `/** Refuses a ${planned.name} without its required fields; throws DecodeError. */`,
    ...declareFunction(`export function ${requirerName(planned)}`, [`message: ${type}`], "void", steps),
    "",
  ];
}

function lookFor(context: EmitContext, view: FieldView): Lines[] {
  const name = literal(view.field.name);
  const { value, isSet } = readField(context, view, "message");
  const missing = isRequired(view)
    ? [guard(not(isSet), run(call(useRuntime(context, "param", "refuseUnset"), name)))]
    : [];
  if (!isHolder(context, view) || view.element.kind !== "message") return missing;
  const require = requirerOf(context, view.element.fullName);
  const look = run(call(useRuntime(context, "param", "requireInside"), name, value, require));
  return [...missing, ...when(isSet, [look])];
}
