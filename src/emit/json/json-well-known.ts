/** JSON codecs of the well-known types, whose JSON form is not an object of their fields. https://protobuf.dev/programming-guides/json/ */
import type { Field, Message, WellKnownType } from "../../model/api-model.js";
import type { MessagePlan } from "../../plan/plan.js";
import type { Lines } from "../print/code-file.js";
import { anyDecoder, anyJson, assignNamed } from "./json-any.js";
import { decoderHead, initialMessage, messageDecoder, stopCounting } from "./json-decode.js";
import { elementReader, elementWriter, fieldDecoder, fieldWriter, writer } from "./json-value.js";
import { callText } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { readField } from "../objects/field-access.js";
import { zeroValue } from "../objects/initial-value.js";
import { messageAlone, nativeType } from "../objects/native-type.js";
import { messageType } from "../objects/type-text.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";

/** The decoder of a message that has a JSON form of its own. */
export function wellKnownDecoder(context: EmitContext, planned: MessagePlan, wellKnown: WellKnownType): Lines[] {
  const { message } = planned;
  const type = messageType(context, message.fullName);
  const self = messageAlone(message.fullName);
  if (nativeType(context, self) !== undefined) {
    return [...decoderHead(context, planned, type), [`return ${elementReader(context, self)}(json);`], "}"];
  }
  if (wellKnown === "Any") return anyDecoder(context, planned);
  if (wellKnown === "Empty") return messageDecoder(context, planned);
  const body = wellKnown === "Value" ? valueSwitch(context, message) : partAssignments(context, message, wellKnown);
  const nests = wellKnown === "Struct" || wellKnown === "ListValue";
  return [
    ...decoderHead(context, planned, type),
    [...(nests ? [stopCounting(context)] : []), initialMessage(context, message, type), ...body, "return message;"],
    "}",
  ];
}

function partAssignments(context: EmitContext, message: Message, wellKnown: WellKnownType): Lines[] {
  if (wellKnown === "Timestamp" || wellKnown === "Duration") {
    const read = useRuntime(context, ...timeFunctions[wellKnown].read);
    return [
      `const { seconds, nanos } = ${read}(json);`,
      ...assignNamed(context, message, "seconds", longFromNumber(context, "seconds")),
      ...assignNamed(context, message, "nanos", "nanos"),
    ];
  }
  const [field] = message.fields;
  if (field === undefined) return [];
  const isMask = wellKnown === "FieldMask";
  const readMask = (): string => useRuntime(context, "field-mask", "readFieldMask");
  const call = isMask ? { callee: readMask(), args: ["json"] } : fieldDecoder(context, field, "json");
  return [`const decoded = ${callText(call)};`, ...assignNamed(context, message, field.name, "decoded")];
}

const timeFunctions = {
  Timestamp: { read: ["timestamp", "readTimestamp"], format: ["timestamp", "formatTimestamp"] },
  Duration: { read: ["duration", "readDuration"], format: ["duration", "formatDuration"] },
} as const;

function longFromNumber(context: EmitContext, number: string): string {
  switch (context.style.longs) {
    case "BigInt":
      return `BigInt(${number})`;
    case "String":
      return `String(${number})`;
    case "Number":
      return number;
    case "Long":
      return `${context.file.use("npm:long", "default")}.fromNumber(${number})`;
    default:
      return context.style.longs satisfies never;
  }
}

function valueSwitch(context: EmitContext, message: Message): Lines[] {
  const set = (name: string, value: (field: Field) => string): Lines[] => {
    const field = message.fields.find((candidate) => candidate.name === name);
    return field === undefined ? [] : assignNamed(context, message, name, value(field));
  };
  const read = (field: Field): string => callText(fieldDecoder(context, field, "json"));
  const zero = (field: Field): string => (field.shape.kind === "enum" ? zeroValue(context, field.shape) : "null");
  return [
    "if (json === null) {",
    set("null_value", zero),
    '} else if (typeof json === "string") {',
    set("string_value", read),
    '} else if (typeof json === "boolean") {',
    set("bool_value", read),
    "} else if (Array.isArray(json)) {",
    set("list_value", read),
    '} else if (typeof json === "object") {',
    set("struct_value", read),
    "} else {",
    set("number_value", read),
    "}",
  ];
}

/** The body of what builds the JSON of a message that has a form of its own; undefined for an object of the fields. */
export function wellKnownJson(context: EmitContext, message: Message): Lines[] | undefined {
  const { wellKnown } = message;
  if (wellKnown === undefined || wellKnown === "Empty") return undefined;
  const self = messageAlone(message.fullName);
  if (nativeType(context, self) !== undefined) return [`return ${elementWriter(context, self)}(message);`];
  if (wellKnown === "Any") return anyJson(context, message);
  return wellKnown === "Value" ? valueReturns(context, message) : [partsReturn(context, message, wellKnown)];
}

function partsReturn(context: EmitContext, message: Message, wellKnown: WellKnownType): string {
  const read = (field: Field): string => readField(context, message, field, "message").value;
  const runtime = (...symbol: RuntimeSymbol): string => useRuntime(context, ...symbol);
  const parts = message.fields.map(read);
  if (wellKnown === "Timestamp" || wellKnown === "Duration") {
    const format = runtime(...timeFunctions[wellKnown].format);
    return `return ${format}(${parts.map((part) => `Number(${part} ?? 0)`).join(", ")});`;
  }
  if (wellKnown === "FieldMask") return `return ${runtime("field-mask", "writeFieldMask")}(${parts.join(", ")});`;
  const [field] = message.fields;
  return field === undefined ? "return null;" : `return ${callText(fieldWriter(context, field, read(field)))};`;
}

function valueReturns(context: EmitContext, message: Message): Lines[] {
  const fields = message.fields.filter((field) => field.shape.kind !== "enum");
  const returns = fields.map((field) => {
    const { value, isSet } = readField(context, message, field, "message");
    const isNumber = field.name === "number_value";
    const call = isNumber
      ? { callee: writer(context, "writeJsonValue"), args: [value] }
      : fieldWriter(context, field, value);
    return `if (${isSet}) return ${callText(call)};`;
  });
  return [...returns, "return null;"];
}
