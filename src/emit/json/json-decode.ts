/**
 * The JSON decoder of a message: one pass over the members of the object, in either spelling of each name.
 * https://protobuf.dev/programming-guides/json/
 */
import type { Field, Message } from "../../model/api-model.js";
import { isObject } from "../../plan/codecs/flat-messages.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { type Lines, propertyKey, stringLiteral } from "../print/code-file.js";
import { textName } from "./json-member.js";
import { acceptsNull, fieldDecoder, mayBeUnknown } from "./json-value.js";
import { callText, layOutFunction } from "../print/layout.js";
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
  return [
    ...decoderHead(context, planned, type),
    view.fields.length === 0
      ? emptyBody(context, view)
      : [
          ...(planned.recursive ? [stopCounting(context)] : []),
          objectLine(context, view),
          initialMessage(context, view, type),
          ...loop(context, planned, view),
        ],
    "}",
  ];
}

/** Doc comment and signature of a decoder. */
export function decoderHead(context: EmitContext, planned: Pick<MessagePlan, "name">, type: string): string[] {
  const json = useRuntimeType(context, "json", "JsonInput");
  return [
    `/** Reads ${article(planned.name)} from JSON; throws DecodeError. */`,
    ...layOutFunction(jsonDecoderName(planned), `json: ${json}`, [type]),
  ];
}

function article(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

function emptyBody(context: EmitContext, view: MessageView): Lines[] {
  const result = `return ${freshMessage(context, view, "").text};`;
  if (context.plan.transcoding.unknownFields === "ignore") return [`${use(context, "readObject")}(json);`, result];
  return [`for (const key in ${use(context, "readObject")}(json)) ${use(context, "refuseUnknownField")}(key);`, result];
}

/** `const message: Shelf = { … };` */
export function initialMessage(context: EmitContext, view: MessageView, type: string): string {
  return `const message: ${type} = ${freshMessage(context, view, type).text};`;
}

/** Tells whether a decoder counts the characters of its members. */
export function countsMembers(context: EmitContext, { message, recursive }: MessagePlan): boolean {
  return isObject(message) && !recursive && viewMessage(context, message).fields.length > 0;
}

/** The first statement in decoders of types that can contain themselves. */
export function stopCounting(context: EmitContext): string {
  return `${counter(context, "stopCounting")}();`;
}

function counter(context: EmitContext, name: "countMember" | "stopCounting"): string {
  return useRuntime(context, "json-length", name);
}

/** `const object = readObject(json, 5);`, with what the message takes, which is bounded. */
function objectLine(context: EmitContext, view: MessageView): string {
  const slots = freshSlots(view);
  return `const object = ${use(context, "readObject")}(json${slots === 0 ? "" : `, ${slots}`});`;
}

function loop(context: EmitContext, { message, recursive }: MessagePlan, view: MessageView): Lines[] {
  const fields = view.fields.map(({ field }) => field);
  const skipsNull = context.plan.transcoding.unknownFields === "ignore" && !fields.some(acceptsNull);
  const required = fields.filter((field) => field.presence === "required");
  return [
    ...oneofFlags(view),
    'let key = "";',
    "try {",
    [
      "for (key in object) {",
      [
        "const value = object[key];",
        ...(recursive ? [] : [`${counter(context, "countMember")}(key, value);`]),
        ...(skipsNull ? ["if (value === null) continue;"] : []),
        "switch (key) {",
        [...view.fields.flatMap((each) => fieldCase(context, message, each, skipsNull)), ...unknownCase(context)],
        "}",
      ],
      "}",
    ],
    "} catch (error) {",
    pathError(context, message, fields),
    "}",
    ...required.map((field) => requirement(context, message, field)),
    ...orderProperties(context, view, "message"),
    "return message;",
  ];
}

/** Tells whether a member of a oneof was seen; `union` styles see it in the message itself. */
function oneofFlags({ oneofs }: MessageView): string[] {
  return oneofs.filter((oneof) => !isUnion(oneof)).map(({ flag }) => `let ${flag} = false;`);
}

function fieldCase(context: EmitContext, message: Message, view: FieldView, skipsNull: boolean): Lines[] {
  const names = acceptedNames(message, view.field);
  const body = [
    ...spellingCheck(context, names),
    ...(skipsNull || acceptsNull(view.field) ? [] : ["if (value === null) break;"]),
    ...oneofCheck(context, view),
    ...assignment(context, view),
  ];
  const labels = names.map((name) => `case ${stringLiteral(name)}:`);
  if (!isTwoSteps(context, view)) return [...labels, [...body, "break;"]];
  return [...labels.slice(0, -1), `${labels.at(-1)} {`, [...body, "break;"], "}"];
}

/** The JSON name, then the proto name and that of a group where they are others that no other field has for its JSON name. */
function acceptedNames(message: Message, field: Field): string[] {
  if (field.extendee !== undefined) return [`[${field.fullName}]`];
  const { byJsonName } = indexMessage(message);
  const others = [field.name, textName(message, field)].filter((name) => !byJsonName.has(name));
  return [...new Set([field.jsonName, ...others])];
}

function spellingCheck(context: EmitContext, names: readonly string[]): string[] {
  return names.slice(1).flatMap((name, index) =>
    names.slice(0, index + 1).map((other) => {
      const refusal = `${use(context, "refuseOtherSpelling")}(object, ${stringLiteral(other)});`;
      return `if (key === ${stringLiteral(name)}) ${refusal}`;
    }),
  );
}

function oneofCheck(context: EmitContext, { oneof, place }: FieldView): string[] {
  if (oneof === undefined) return [];
  const refusal = `${use(context, "refuseSecondMember")}(${stringLiteral(oneof.oneof.name)});`;
  if (place.kind === "union") return [`if (${isChosen(oneof, "message")}) ${refusal}`];
  return [`if (${oneof.flag}) ${refusal}`, `${oneof.flag} = true;`];
}

/** Tells whether a decoded value is a constant first, because it is looked at before it is stored. */
function isTwoSteps(context: EmitContext, { field, leavesOutZero }: FieldView): boolean {
  return leavesOutZero || mayBeUnknown(context, field);
}

function assignment(context: EmitContext, view: FieldView): Lines[] {
  const call = callText(fieldDecoder(context, view, "value"));
  if (!isTwoSteps(context, view)) return assignField(context, view, "message", call);
  const assign = mayBeUnknown(context, view.field)
    ? assignWhere(context, view, "message", "decoded", "decoded !== undefined")
    : assignField(context, view, "message", "decoded");
  return [`const decoded = ${call};`, ...assign];
}

function unknownCase(context: EmitContext): Lines[] {
  if (context.plan.transcoding.unknownFields === "ignore") return [];
  return ["default:", [`${use(context, "refuseUnknownField")}(key);`]];
}

/** `throw inField(error, key, …)` with the proto names that cannot be told from the JSON names. */
function pathError(context: EmitContext, message: Message, fields: readonly Field[]): string[] {
  const head = `throw ${use(context, "inField")}(error, key`;
  const rows = fields.flatMap((field) => oddNames(message, field));
  if (rows.length === 0) return [`${head});`];
  return [`${head}, { ${rows.map(([key, name]) => `${key}: ${name}`).join(", ")} });`];
}

/** The members `jsonName: "proto_name"` for spellings whose snake case is not the proto name. */
function oddNames(message: Message, field: Field): [string, string][] {
  if (field.extendee !== undefined) return [];
  const names = new Set([field.jsonName, field.name, textName(message, field)]);
  const spellings = [...names].filter((spelling) => snakeCase(spelling) !== field.name);
  return spellings.map((spelling) => [propertyKey(spelling), stringLiteral(field.name)]);
}

/** The snake case of a key, as in the runtime's `inField`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function requirement(context: EmitContext, message: Message, field: Field): string {
  const names = acceptedNames(message, field).map(stringLiteral);
  return `${use(context, "refuseMissing")}(object, ${stringLiteral(field.name)}, [${names.join(", ")}]);`;
}

function use(context: EmitContext, name: RuntimeExport<"json-read">): string {
  return useRuntime(context, "json-read", name);
}
