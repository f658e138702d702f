/** JSON codec of google.protobuf.Any: a switch over the message types that the plan allows in one. */
import type { Message, WellKnownType } from "../../model/api-model.js";
import type { MessagePlan } from "../../plan/plan.js";
import type { PlannedMessage } from "../../plan/plan-index.js";
import { styleKey } from "../../plan/plan-index.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { decoderHead, initialMessage, stopCounting } from "./json-decode.js";
import { writer } from "./json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, readField } from "../objects/field-access.js";
import { messageType } from "../objects/type-text.js";
import {
  binaryDecoderName,
  binaryEncoderName,
  binaryModule,
  jsonBuilderName,
  jsonDecoderName,
  jsonModule,
  runtimeModule,
} from "../objects/modules.js";

/** `decodeAny`: the packed message is read from JSON and written as bytes. */
export function anyDecoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const type = messageType(context, message.fullName);
  const packable = packedTypes(context, (plan) => plan.decodeJson && plan.encodeBinary);
  const cases = packable.flatMap(({ module, plan }) => {
    const decode = context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
    const encode = context.file.use(binaryModule(context.plan.layout, module), binaryEncoderName(plan));
    const json = hasOwnForm(plan.message) ? `${use(context, "readAnyValue")}(members)` : "members";
    return [`case ${stringLiteral(plan.message.fullName)}:`, [`return ${encode}(${decode}(${json}));`]];
  });
  if (cases.length === 0) return [...decoderHead(context, planned, type), emptyOnly(context, message, type), "}"];
  const members = context.file.useType(runtimeModule(context.plan.layout, "json"), "JsonInputObject");
  return [
    ...decoderHead(context, planned, type),
    [
      stopCounting(context),
      `const { typeUrl, members } = ${use(context, "readAny")}(json);`,
      initialMessage(context, message, type),
      'if (typeUrl === "") return message;',
      ...assignNamed(context, message, "type_url", "typeUrl"),
      `const packed = packAny(typeUrl, members);`,
      ...assignNamed(context, message, "value", bytesFrom(context, "packed")),
      "return message;",
    ],
    "}",
    "",
    `function packAny(typeUrl: string, members: ${members}): Uint8Array {`,
    [
      `switch (${use(context, "typeOfUrl")}(typeUrl)) {`,
      [...cases, "default:", [`return ${use(context, "refuseAnyType")}(typeUrl);`]],
      "}",
    ],
    "}",
  ];
}

/** Where the plan allows no message in an Any, only the empty one can be read. */
function emptyOnly(context: EmitContext, message: Message, type: string): Lines[] {
  return [
    `const { typeUrl } = ${use(context, "readAny")}(json);`,
    `if (typeUrl !== "") ${use(context, "refuseAnyType")}(typeUrl);`,
    initialMessage(context, message, type),
    "return message;",
  ];
}

/** The body of `jsonOfAny`: the packed bytes are read and written as JSON. */
export function anyJson(context: EmitContext, message: Message): Lines[] {
  const read = (name: string): string => {
    const field = message.fields.find((candidate) => candidate.name === name);
    return field === undefined ? "undefined" : readField(context, message, field, "message").value;
  };
  const readable = packedTypes(context, (plan) => plan.buildJson && plan.decodeBinary);
  const cases = readable.flatMap(({ module, plan }) => {
    const build = context.file.use(jsonModule(context.plan.layout, module), jsonBuilderName(plan));
    const decode = context.file.use(binaryModule(context.plan.layout, module), binaryDecoderName(plan));
    const write = use(context, hasOwnForm(plan.message) ? "writeAnyValue" : "writeAnyMessage");
    return [
      `case ${stringLiteral(plan.message.fullName)}:`,
      [`return ${write}(typeUrl, packed, ${decode}, ${build});`],
    ];
  });
  const refusal = `return ${use(context, "failOnAnyType")}(typeUrl);`;
  const start = [
    `const typeUrl = ${writer(context, "writeString")}(${read("type_url")});`,
    'if (typeUrl === "") return {};',
  ];
  if (cases.length === 0) return [...start, refusal];
  return [
    ...start,
    `const packed = ${writer(context, "bytesOf")}(${read("value")});`,
    `switch (${use(context, "typeOfUrl")}(typeUrl)) {`,
    [...cases, "default:", [refusal]],
    "}",
  ];
}

/** The planned types of `plan.anyTypes` that have the codecs of one direction in this style. */
function packedTypes(context: EmitContext, hasCodecs: (plan: MessagePlan) => boolean): PlannedMessage[] {
  const names = new Set(context.plan.anyTypes);
  const key = styleKey(context.style);
  const types = context.plan.modules
    .filter((module) => styleKey(module.style) === key)
    .flatMap((module) => module.messages.map((plan) => ({ module, plan })))
    .filter(({ plan }) => names.has(plan.message.fullName) && hasCodecs(plan));
  return types.sort((a, b) => (a.plan.message.fullName < b.plan.message.fullName ? -1 : 1));
}

/** Whether the JSON of a type is no object of its fields, so that an Any holds it as `value`. */
export function hasOwnForm(message: Message): boolean {
  return (message.wellKnown satisfies WellKnownType | undefined) !== undefined;
}

function bytesFrom(context: EmitContext, bytes: string): string {
  switch (context.style.bytes) {
    case "Uint8Array":
      return bytes;
    case "Buffer":
      return `Buffer.from(${bytes})`;
    case "String":
      return `Buffer.from(${bytes}).toString("base64")`;
    case "Array":
      return `[...${bytes}]`;
    default:
      return context.style.bytes satisfies never;
  }
}

function use(context: EmitContext, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, "any"), name);
}

/** Lines that store `value` as the field called `name`. */
export function assignNamed(context: EmitContext, message: Message, name: string, value: string): Lines[] {
  const field = message.fields.find((candidate) => candidate.name === name);
  return field === undefined ? [] : assignField(context, message, field, "message", value);
}
