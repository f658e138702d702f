/**
 * The JSON decoder of a message: one pass over the members of the object, in either spelling of each name.
 * https://protobuf.dev/programming-guides/json/
 */
import type { Field, Message } from "../../model/api-model.js";
import { isObject } from "../../plan/codecs/flat-messages.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { Lines, Statement } from "../print/code-file.js";
import { binary, call, element, entry, list, type Member, object, literal } from "../print/expression.js";
import {
  assign,
  block,
  caseBlock,
  caseOf,
  constant,
  declareFunction,
  defaultCase,
  forInDo,
  guard,
  returns,
  run,
  switchOn,
  throws,
  tryCatch,
  variable,
} from "../print/statement.js";
import { textName } from "./json-member.js";
import { acceptsNull, fieldDecoder, mayBeUnknown } from "./json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { orderProperties } from "../objects/field-order.js";
import { assignField, assignWhere, isChosen } from "../objects/field-access.js";
import { freshMessage, freshSlots } from "../objects/initial-value.js";
import { indexMessage } from "../objects/message-index.js";
import { type FieldView, type MessageView, viewMessage } from "../objects/message-view.js";
import { isUnion } from "../objects/oneof-member.js";
import { messageType } from "../objects/type-text.js";
import { jsonDecoderName } from "../objects/modules.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `export function decodeShelf(json: JsonInput): Shelf`. */
export function messageDecoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const type = messageType(context, message.fullName);
  const view = viewMessage(context, message);
  if (view.fields.length === 0) return declareDecoder(context, planned, type, emptyBody(context, view));
  return declareDecoder(context, planned, type, [
    ...(planned.recursive ? [stopCounting(context)] : []),
    readObject(context, view),
    initialMessage(context, view, type),
    ...loop(context, planned, view),
  ]);
}

/** A decoder with its doc comment. */
export function declareDecoder(
  context: EmitContext,
  planned: Pick<MessagePlan, "name">,
  type: string,
  body: readonly Lines[],
): Lines[] {
  const json = useRuntimeType(context, "json", "JsonInput");
  return [
    `/** Reads ${article(planned.name)} from JSON; throws DecodeError. */`,
    ...declareFunction(`export function ${jsonDecoderName(planned)}`, [`json: ${json}`], type, body),
  ];
}

function article(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

function emptyBody(context: EmitContext, view: MessageView): Lines[] {
  const read = call(use(context, "readObject"), "json");
  const result = returns(freshMessage(context, view, ""));
  if (context.plan.transcoding.unknownFields === "ignore") return [run(read), result];
  return [forInDo("key", read, run(call(use(context, "refuseUnknownField"), "key"))), result];
}

/** `const message: Shelf = { … };` */
export function initialMessage(context: EmitContext, view: MessageView, type: string): Statement {
  return constant("message", freshMessage(context, view, type), type);
}

/** Tells whether a decoder counts the characters of its members. */
export function countsMembers(context: EmitContext, { message, recursive }: MessagePlan): boolean {
  return isObject(message) && !recursive && viewMessage(context, message).fields.length > 0;
}

/** The first statement in decoders of types that can contain themselves. */
export function stopCounting(context: EmitContext): Statement {
  return run(call(counter(context, "stopCounting")));
}

function counter(context: EmitContext, name: "countMember" | "stopCounting"): string {
  return useRuntime(context, "json-length", name);
}

/** `const object = readObject(json, 5);`, with what the message takes, which is bounded. */
function readObject(context: EmitContext, view: MessageView): Statement {
  const slots = freshSlots(view);
  return constant("object", call(use(context, "readObject"), "json", ...(slots === 0 ? [] : [`${slots}`])));
}

function loop(context: EmitContext, { message, recursive }: MessagePlan, view: MessageView): Lines[] {
  const fields = view.fields.map(({ field }) => field);
  const skipsNull = context.plan.transcoding.unknownFields === "ignore" && !fields.some(acceptsNull);
  const required = fields.filter((field) => field.presence === "required");
  return [
    ...oneofFlags(view),
    variable("key", literal("")),
    ...tryCatch(
      block("for (key in object)", [
        constant("value", element("object", "key")),
        ...(recursive ? [] : [run(call(counter(context, "countMember"), "key", "value"))]),
        ...(skipsNull ? ["if (value === null) continue;"] : []),
        ...switchOn("key", [
          ...view.fields.flatMap((each) => fieldCase(context, message, each, skipsNull)),
          ...unknownCase(context),
        ]),
      ]),
      [pathError(context, message, fields)],
    ),
    ...required.map((field) => requirement(context, message, field)),
    ...orderProperties(context, view, "message"),
    returns("message"),
  ];
}

/** Tells whether a member of a oneof was seen; `union` styles see it in the message itself. */
function oneofFlags({ oneofs }: MessageView): Statement[] {
  return oneofs.filter((oneof) => !isUnion(oneof)).map(({ flag }) => variable(flag, "false"));
}

function fieldCase(context: EmitContext, message: Message, view: FieldView, skipsNull: boolean): Lines[] {
  const names = acceptedNames(message, view.field);
  const body = [
    ...spellingCheck(context, names),
    ...(skipsNull || acceptsNull(view.field) ? [] : ["if (value === null) break;"]),
    ...oneofCheck(context, view),
    ...assignment(context, view),
    "break;",
  ];
  return (isTwoSteps(context, view) ? caseBlock : caseOf)(names.map(literal), body);
}

/** The JSON name, then the proto name and that of a group where they are others that no other field has for its JSON name. */
function acceptedNames(message: Message, field: Field): string[] {
  if (field.extendee !== undefined) return [`[${field.fullName}]`];
  const { byJsonName } = indexMessage(message);
  const others = [field.name, textName(message, field)].filter((name) => !byJsonName.has(name));
  return [...new Set([field.jsonName, ...others])];
}

function spellingCheck(context: EmitContext, names: readonly string[]): Statement[] {
  return names.slice(1).flatMap((name, index) =>
    names.slice(0, index + 1).map((other) => {
      const refusal = call(use(context, "refuseOtherSpelling"), "object", literal(other));
      return guard(binary("key", "===", literal(name)), run(refusal));
    }),
  );
}

function oneofCheck(context: EmitContext, { oneof, place }: FieldView): Statement[] {
  if (oneof === undefined) return [];
  const refusal = run(call(use(context, "refuseSecondMember"), literal(oneof.oneof.name)));
  if (place.kind === "union") return [guard(isChosen(oneof, "message"), refusal)];
  return [guard(oneof.flag, refusal), assign(oneof.flag, "true")];
}

/** Tells whether a decoded value is a constant first, because it is looked at before it is stored. */
function isTwoSteps(context: EmitContext, { field, leavesOutZero }: FieldView): boolean {
  return leavesOutZero || mayBeUnknown(context, field);
}

function assignment(context: EmitContext, view: FieldView): Lines[] {
  const decoded = fieldDecoder(context, view, "value");
  if (!isTwoSteps(context, view)) return assignField(context, view, "message", decoded);
  const store = mayBeUnknown(context, view.field)
    ? assignWhere(context, view, "message", "decoded", binary("decoded", "!==", "undefined"))
    : assignField(context, view, "message", "decoded");
  return [constant("decoded", decoded), ...store];
}

function unknownCase(context: EmitContext): Lines[] {
  if (context.plan.transcoding.unknownFields === "ignore") return [];
  return defaultCase([run(call(use(context, "refuseUnknownField"), "key"))]);
}

/** `throw inField(error, key, …)` with the proto names that cannot be told from the JSON names. */
function pathError(context: EmitContext, message: Message, fields: readonly Field[]): Statement {
  const names = fields.flatMap((field) => oddNames(message, field));
  return throws(call(use(context, "inField"), "error", "key", ...(names.length === 0 ? [] : [object(...names)])));
}

/** The members `jsonName: "proto_name"` for spellings whose snake case is not the proto name. */
function oddNames(message: Message, field: Field): Member[] {
  if (field.extendee !== undefined) return [];
  const names = new Set([field.jsonName, field.name, textName(message, field)]);
  const spellings = [...names].filter((spelling) => snakeCase(spelling) !== field.name);
  return spellings.map((spelling) => entry(spelling, literal(field.name)));
}

/** The snake case of a key, as in the runtime's `inField`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function requirement(context: EmitContext, message: Message, field: Field): Statement {
  const names = list(...acceptedNames(message, field).map(literal));
  return run(call(use(context, "refuseMissing"), "object", literal(field.name), names));
}

function use(context: EmitContext, name: RuntimeExport<"json-read">): string {
  return useRuntime(context, "json-read", name);
}
