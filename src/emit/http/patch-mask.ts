/**
 * Update masks derived from the JSON body of a PATCH (grpc-gateway's patch feature): `<module>.mask.ts` with
 * `addXPaths(json, prefix, paths)` for every message that such a body can hold.
 */
import type { Field, Message } from "../../model/api-model.js";
import { wellKnownFacts, wellKnownType } from "../../model/well-known-types.js";
import type { MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import type { Lines, Statement, EmittedFile } from "../print/code-file.js";
import { call, callMethod, type Expression, literal, template } from "../print/expression.js";
import { block, caseOf, declareFunction, defaultCase, forInDo, run, switchOn } from "../print/statement.js";
import { finishModule, startModule } from "../objects/generated-module.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { maskModule } from "../objects/modules.js";
import { use } from "./param-value.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `addShelfPaths`: adds the paths of the members of a Shelf in JSON. */
export function pathAdderName(planned: Pick<MessagePlan, "name">): string {
  return `add${planned.name}Paths`;
}

/** The local name of the path adder of a message. */
export function pathAdder(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return use(context, maskModule(context.plan.layout, module), pathAdderName(plan));
}

/** One module per planned module with a message that a masked body can hold. */
export function emitPatchMasks(scope: EmitScope): EmittedFile[] {
  const masked = maskedMessages(scope);
  return scope.plan.modules.flatMap((module) => {
    const messages = module.messages.filter((planned) => masked.has(planned));
    return messages.length === 0 ? [] : [emitModule(scope, module, messages)];
  });
}

/** Every message that a masked body can hold outside lists, maps and well-known types. */
function maskedMessages(scope: EmitScope): ReadonlySet<MessagePlan> {
  const found = new Set<MessagePlan>();
  // A list of its own: how deep messages hold messages is up to the user.
  const waiting = scope.plan.methods.flatMap(({ bindings, style }) =>
    bindings.flatMap(({ masked }) => (masked === undefined ? [] : [{ fullName: masked.bodyType, style }])),
  );
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
    const { style } = body;
    const { plan } = scope.index.message(body.fullName, style);
    if (found.has(plan)) continue;
    found.add(plan);
    for (const field of plan.message.fields) {
      if (kindOf(field) === "message" && field.shape.kind === "message")
        waiting.push({ fullName: field.shape.fullName, style });
    }
  }
  return found;
}

function emitModule(scope: EmitScope, module: ModulePlan, messages: readonly MessagePlan[]): EmittedFile {
  const path = maskModule(scope.plan.layout, module);
  const declared = [...messages.map(pathAdderName), "json", "prefix", "paths", "name"];
  const context = startModule(scope, module.style, path, module.file.path, declared);
  for (const planned of messages) context.file.printAll([...adder(context, planned), ""]);
  return finishModule(context);
}

function adder(context: EmitContext, planned: MessagePlan): Lines[] {
  const object = useRuntimeType(context, "json", "JsonInputObject");
  const paths = planned.message.fields.length === 0 ? "_paths" : "paths";
  return [
    `/** Adds the paths of the fields that the JSON of a ${planned.name} sets to an update mask. */`,
    ...declareFunction(
      `export function ${pathAdderName(planned)}`,
      [`json: ${object}`, "prefix: string", `${paths}: string[]`],
      "void",
      adderLoop(context, planned.message),
    ),
  ];
}

/** A message without fields has no path to add: every member is unknown. */
function adderLoop(context: EmitContext, { fields }: Message): Lines[] {
  const refusal = run(call(runtime(context, "refuseUnknownPath"), "name", "prefix"));
  if (fields.length === 0) return [forInDo("name", "json", refusal)];
  const cases = [...fields.flatMap((field) => fieldCase(context, field)), ...defaultCase([refusal])];
  return block("for (const name in json)", switchOn("name", cases));
}

function fieldCase(context: EmitContext, field: Field): Lines[] {
  const names = field.jsonName === field.name ? [field.name] : [field.name, field.jsonName];
  return caseOf(names.map(literal), [addPath(context, field), "break;"]);
}

function addPath(context: EmitContext, field: Field): Statement {
  const path = template({ value: "prefix" }, field.name);
  const add = (name: RuntimeExport<"patch-mask">, ...more: readonly Expression[]): Statement =>
    run(call(runtime(context, name), "json[name]", path, "paths", ...more));
  switch (kindOf(field)) {
    case "leaf":
      return add("addLeafPath");
    case "whole":
      return run(callMethod("paths", "push", path));
    case "struct":
      return add(context.plan.rules.gateway === "2.30" ? "addFullStructPaths" : "addStructPaths");
    case "message": {
      const fullName = field.shape.kind === "message" ? field.shape.fullName : "";
      return add("addMessagePaths", pathAdder(context, fullName));
    }
  }
}

/**
 * The kind of a field in a mask: its own path and never an object, its own path for any value, the paths of its leaves,
 * or those of its members.
 */
function kindOf({ shape }: Field): "leaf" | "whole" | "struct" | "message" {
  if (shape.kind === "list" || shape.kind === "map") return "whole";
  if (shape.kind !== "message") return "leaf";
  return wellKnownFacts(wellKnownType(shape.fullName))?.inMask ?? "message";
}

function runtime(context: EmitContext, name: RuntimeExport<"patch-mask">): string {
  return useRuntime(context, "patch-mask", name);
}
