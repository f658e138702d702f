/**
 * Setters that bind query parameters and path variables to messages: `<module>.params.ts` with `createX()`,
 * `setXParam(message, param, at)`, `withXParam(value, param, at)` for messages that are plain values and, for enums,
 * `parseX(text)`. Straight-line switches over field names, only for the fields that a URL can reach.
 */
import type { Field, Oneof, ScalarType } from "../../model/api-model.js";
import { defaultJsonName } from "../../proto/json-name.js";
import type { MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import type { Lines, EmittedFile } from "../print/code-file.js";
import { binary, call, callMethod, conditional, type Expression, literal } from "../print/expression.js";
import {
  assign,
  caseBlock,
  caseOf,
  constant,
  declareFunction,
  defaultCase,
  forOfDo,
  returns,
  run,
  switchOn,
  when,
} from "../print/statement.js";
import { finishModule, startModule } from "../objects/generated-module.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { orderProperties } from "../objects/field-order.js";
import { assignField, mapObject, pushItem, readField, replaceField } from "../objects/field-access.js";
import { freshMessage } from "../objects/initial-value.js";
import { type FieldView, viewMessage } from "../objects/message-view.js";
import { type HeldMessage, type NativeForm, nativeInFields } from "../objects/native-type.js";
import { messageType } from "../objects/type-text.js";
import { paramsModule } from "../objects/modules.js";
import { crowdedOneofs, descendIntoField, memberFinder, refuseOtherMembers } from "../objects/oneof-member.js";
import { enumParser } from "./param-enum.js";
import { valueSetter, valueSetterName } from "./param-native.js";
import { enumParserName, hasTextForm, isTestedMember, parseElement, scalarParsers, use } from "./param-value.js";
import { requirer, requirerName } from "./required-fields.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `createShelf`: a message in which nothing is set. */
export function creatorName(planned: Pick<MessagePlan, "name">): string {
  return `create${planned.name}`;
}

/** `setShelfParam`: sets the field that a query parameter names. */
export function paramSetterName(planned: Pick<MessagePlan, "name">): string {
  return `set${planned.name}Param`;
}

/** One module per planned module that a URL reaches into. */
export function emitParams(scope: EmitScope): EmittedFile[] {
  return scope.plan.modules
    .filter((module) => [...module.messages, ...module.enums].some((planned) => planned.params))
    .map((module) => emitModule(scope, module));
}

function emitModule(scope: EmitScope, module: ModulePlan): EmittedFile {
  const path = paramsModule(scope.plan.layout, module);
  const messages = module.messages.filter((planned) => planned.params);
  const enums = module.enums.filter((planned) => planned.params);
  const declared = [
    ...messages.flatMap((planned) => [creatorName(planned), paramSetterName(planned), valueSetterName(planned)]),
    ...messages.map(requirerName),
    ...messages.flatMap((planned) => planned.message.oneofs.map((oneof) => memberFinderName(planned, oneof))),
    ...enums.map(enumParserName),
    ...["message", "param", "at", "text", "value", "key", "entry"],
  ];
  const context = startModule(scope, module.style, path, module.file.path, declared);
  for (const planned of messages) {
    if (viewMessage(context, planned.message).native === undefined)
      context.file.printAll([
        ...creator(context, planned),
        "",
        ...setter(context, planned),
        "",
        ...requirer(context, planned),
        ...memberFinders(context, planned),
      ]);
    const native = nativeInFields(planned.message, module.style);
    if (native !== undefined) context.file.printAll([...valueSetter(context, planned, native), ""]);
  }
  for (const planned of enums) context.file.printAll([...enumParser(context, planned), ""]);
  return finishModule(context);
}

/** `memberOfShelf_kind`: a oneof and a message in it cannot have one name, so neither can these. */
function memberFinderName(planned: MessagePlan, oneof: Pick<Oneof, "name">): string {
  return `memberOf${planned.name}_${oneof.name}`;
}

function memberFinders(context: EmitContext, planned: MessagePlan): Lines[] {
  const type = messageType(context, planned.message.fullName);
  return crowdedOneofs(viewMessage(context, planned.message)).flatMap((oneof) => [
    ...memberFinder(context, memberFinderName(planned, oneof.oneof), type, oneof),
    "",
  ]);
}

function creator(context: EmitContext, planned: MessagePlan): Lines[] {
  const type = messageType(context, planned.message.fullName);
  const message = freshMessage(context, viewMessage(context, planned.message), type, true);
  return [
    `/** A ${planned.name} in which nothing is set. */`,
    ...declareFunction(`export function ${creatorName(planned)}`, [], type, [returns(message)]),
  ];
}

function setter(context: EmitContext, planned: MessagePlan): Lines[] {
  const { transcoding } = context.plan;
  const type = messageType(context, planned.message.fullName);
  const param = useRuntimeType(context, "param", "Param");
  const view = viewMessage(context, planned.message);
  const fields = view.fields.flatMap((each) => {
    const action = each.field.extendee === undefined ? actionOn(context, planned, each) : undefined;
    return action === undefined ? [] : [{ field: each.field, action }];
  });
  // The compiler refuses a parameter that nothing uses, unless its name begins with an underscore.
  const message = fields.some(({ action }) => action.kind === "set") ? "message" : "_message";
  const parameters = [`${message}: ${type}`, `param: ${param}`, "at: number"];
  const refuseUnknown = (): Lines[] => defaultCase([run(call(helper(context, "refuseUnknownParam"), "param", "at"))]);
  return [
    `/** Sets the field of a ${planned.name} that a query parameter names from its part \`at\` on; throws DecodeError. */`,
    ...declareFunction(`export function ${paramSetterName(planned)}`, parameters, "void", [
      ...switchOn("param.path[at]", [
        ...caseOf(["undefined"], [returns(call(helper(context, "refuseMessageParam"), "param", "at - 1"))]),
        ...fields.flatMap(({ field, action }) => fieldCase(context, field, action)),
        ...(transcoding.unknownFields === "reject" ? refuseUnknown() : []),
      ]),
      ...(message === "message" ? orderProperties(context, view, message) : []),
    ]),
  ];
}

function helper(context: EmitContext, name: RuntimeExport<"param">): string {
  return useRuntime(context, "param", name);
}

/** The effect of a parameter on the field that it names. */
type Action =
  /** Nothing: the field has no text form, and the parameter is refused. */
  { readonly kind: "refuse" } | SetAction;

/** Sets the field. `declares`: the statements declare a constant, which needs a block. */
interface SetAction {
  readonly kind: "set";
  readonly lines: Lines[];
  readonly declares: boolean;
}

function setBy(lines: Lines[]): SetAction {
  return { kind: "set", lines, declares: false };
}

/** The labels and statements for one field. */
function fieldCase(context: EmitContext, field: Field, action: Action): Lines[] {
  const names = field.jsonName === field.name ? [field.name] : [field.name, field.jsonName];
  const labels = names.map(literal);
  if (action.kind === "refuse")
    return caseOf(labels, [returns(call(helper(context, "refuseMessageParam"), "param", "at"))]);
  const statements = [...oneSpelling(context, field), ...action.lines, "break;"];
  return (action.declares ? caseBlock : caseOf)(labels, statements);
}

/** A name in JSON that does not follow from the field's own: a parameter is known by it, so that the other one is no second field. */
function oneSpelling({ plan }: EmitContext, { name, jsonName }: Field): Lines[] {
  if (plan.rules.gateway === "2.30" || jsonName === defaultJsonName(name)) return [];
  return [assign("param.path[at]", literal(jsonName))];
}

/** Undefined when the query cannot reach the field. */
function actionOn(context: EmitContext, planned: MessagePlan, view: FieldView): Action | undefined {
  const { field, element } = view;
  const { shape } = field;
  switch (shape.kind) {
    case "list":
      return setList(context, view);
    case "map":
      return setMap(context, view, shape.key);
    case "message":
      return element.kind === "message" ? setMessage(context, planned, view, element) : undefined;
    case "scalar":
    case "enum":
      if (!hasTextForm(context, shape, "query")) return undefined;
      return setLeaf(context, planned, view, parseElement(context, shape, leafText(context), "query"));
    default:
      return shape satisfies never;
  }
}

function leafText(context: EmitContext): Expression {
  return call(helper(context, "paramValue"), "param", "at");
}

function setList(context: EmitContext, view: FieldView): Action {
  const { element: item } = view;
  if (!hasTextForm(context, item, "query")) return { kind: "refuse" };
  const values = call(helper(context, "paramValues"), "param", "at");
  const push = pushItem(context, view, "message", parseElement(context, item, "value", "query"));
  return setBy([forOfDo("value", values, push)]);
}

function setMap(context: EmitContext, view: FieldView, key: ScalarType): Action {
  const { element: value } = view;
  if (!hasTextForm(context, value, "query")) return { kind: "refuse" };
  const parsed = parseElement(context, value, "value", "query");
  const isSplit = isTestedMember(context, value);
  const lines = [
    constant("[key, value]", call(helper(context, "paramEntry"), "param", "at")),
    ...(isSplit ? [constant("entry", parsed)] : []),
    run(setEntry(context, view, key, isSplit ? "entry" : parsed)),
  ];
  return { kind: "set", lines, declares: true };
}

/** The call that sets an entry of a map under the constant `key`, a text. */
function setEntry(context: EmitContext, view: FieldView, key: ScalarType, entry: Expression): Expression {
  const map = mapObject(context, view, "message");
  if (view.keyedBy !== undefined) {
    const parsed = parseElement(context, { kind: "scalar", scalar: key, utf8: true }, "key", "query");
    return callMethod(map, "set", parsed, entry);
  }
  const text = key === "string" ? "key" : call("String", call(keyParser(context, key), "key"));
  return call(useRuntime(context, "set-entry", "setEntry"), map, text, entry);
}

function keyParser(context: EmitContext, key: Exclude<ScalarType, "string">): string {
  return useRuntime(context, "parse-scalar", scalarParsers[key]);
}

function setMessage(
  context: EmitContext,
  planned: MessagePlan,
  view: FieldView,
  shape: HeldMessage,
): Action | undefined {
  if (!context.index.message(shape.fullName, context.style).plan.params) return undefined;
  if (view.native !== undefined) return setNative(context, planned, view, shape, view.native);
  const descend = descendIntoField(context, view, "message", creation(context, shape.fullName), (oneof) =>
    memberFinderName(planned, oneof),
  );
  const setNested = use(context, nestedModule(context, shape.fullName), nestedSetter(context, shape.fullName));
  const nested = [...descend.lines, run(call(setNested, descend.place, "param", "at + 1"))];
  if (!hasTextForm(context, shape, "query")) return setBy(nested);
  const leaf = setLeaf(context, planned, view, parseElement(context, shape, leafText(context), "query"));
  return setBy(when(call(helper(context, "isLeaf"), "param", "at"), leaf.lines, nested));
}

/** A message that is a plain value: its setter gives the next one. */
function setNative(
  context: EmitContext,
  planned: MessagePlan,
  view: FieldView,
  { fullName }: HeldMessage,
  native: NativeForm,
): Action {
  const { plan } = context.index.message(fullName, context.style);
  const set = use(context, nestedModule(context, fullName), valueSetterName(plan));
  const { value, isSet } = readField(context, view, "message");
  const isMember = view.place.kind === "union";
  const current = isMember ? conditional(isSet, value, "undefined") : value;
  const next = call(set, current, "param", "at + 1");
  const check = refuseOthers(context, planned, view, true);
  const store = (next: Expression): Lines[] => assignField(context, view, "message", next);
  if (native.kind !== "Value") return setBy([...check, ...store(next)]);
  const isThere = binary("value", "!==", "undefined");
  const lines = [...check, constant("value", next), ...when(isThere, store("value"))];
  return { kind: "set", lines, declares: true };
}

function setLeaf(context: EmitContext, planned: MessagePlan, view: FieldView, parsed: Expression): SetAction {
  const check = refuseOthers(context, planned, view, view.field.shape.kind === "message");
  if (!view.leavesOutZero) return setBy([...check, ...assignField(context, view, "message", parsed)]);
  const assigned = replaceField(context, view, "message", "value");
  return { kind: "set", lines: [...check, constant("value", parsed), ...assigned], declares: true };
}

function refuseOthers(context: EmitContext, planned: MessagePlan, view: FieldView, allowsSame: boolean): Lines[] {
  return refuseOtherMembers(context, view, "message", allowsSame, (oneof) => memberFinderName(planned, oneof));
}

/** The call that makes a message in which nothing is set. */
export function creation(context: EmitContext, fullName: string): Expression {
  const { plan } = context.index.message(fullName, context.style);
  return call(use(context, nestedModule(context, fullName), creatorName(plan)));
}

function nestedModule(context: EmitContext, fullName: string): string {
  return paramsModule(context.plan.layout, context.index.message(fullName, context.style).module);
}

function nestedSetter(context: EmitContext, fullName: string): string {
  return paramSetterName(context.index.message(fullName, context.style).plan);
}
