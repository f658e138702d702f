/** The `encode` function of a binding: reply to JSON, or to a body that is passed on. */
import type { Field } from "../../model/api-model.js";
import type { BindingPlan, MethodPlan, ReplyForm } from "../../plan/plan.js";
import { type Lines, lineWidth } from "../print/code-file.js";
import { fitLines } from "../print/fit-lines.js";
import { fieldText, messageText } from "../json/json-value.js";
import { callText, layOutCall } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { readField } from "../objects/field-access.js";
import { type FieldView, viewField, viewNamed } from "../objects/message-view.js";
import type { HeldMessage } from "../objects/native-type.js";
import { elementType } from "../objects/type-text.js";
import { binaryEncoderName, binaryModule } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";

/** The member `encode: …,` or, for google.api.HttpBody, `encodeRaw: …,`. */
export function encodeMember(
  context: EmitContext,
  planned: MethodPlan,
  { binding, reply, binaryReply }: BindingPlan,
): Lines[] {
  const { output } = planned.method;
  if (binding.responseBody !== undefined) return encodeField(context, planned, binding.responseBody, reply);
  if (reply !== "json") return encodeRaw(context, "reply", reply);
  const encode = `encode: ${messageText(context, output)},`;
  return binaryReply ? [encode, ...encodeBinary(context, output)] : [encode];
}

/** The field alone; one that is not set is null in grpc-gateway where that shows, else it has its default, a message that of all its fields. */
function encodeField(context: EmitContext, planned: MethodPlan, field: Field, form: ReplyForm): Lines[] {
  const { message, native } = viewNamed(context, planned.method.output);
  const view = viewField(context, message, field);
  const read = readField(context, view, "reply");
  const isMember = view.place.kind === "union" || native?.kind === "Value";
  const value = isMember ? `${read.isSet} ? ${read.value} : undefined` : read.value;
  const shape = singular(view);
  if (form !== "json") return encodeRaw(context, value, form);
  const argument =
    shape !== undefined && view.native === undefined ? orEmpty(context, shape, isMember ? `(${value})` : value) : value;
  const text = callText(fieldText(context, view, argument));
  if (!context.plan.rules.printsNull || !isOptionalScalar(field)) return fitLines([`encode: (reply) => ${text},`], 6);
  return nullWhere(read.isSet, text);
}

/** `encode: (reply) => (isSet ? text : "null"),`, which has no parentheses where it does not fit into one line. */
function nullWhere(isSet: string, text: string): Lines[] {
  const line = `encode: (reply) => (${isSet} ? ${text} : "null"),`;
  if (6 + line.length <= lineWidth) return [line];
  const moved = `${isSet} ? ${text} : "null",`;
  return ["encode: (reply) =>", 8 + moved.length <= lineWidth ? [moved] : [isSet, [`? ${text}`, ': "null",']]];
}

/** In Go a pointer, nil where the field is not set; a list of bytes is empty then, and a message that of all its fields. */
function isOptionalScalar({ shape, presence, oneof }: Field): boolean {
  if (presence === "implicit" || oneof !== undefined) return false;
  return shape.kind === "enum" || (shape.kind === "scalar" && shape.scalar !== "bytes");
}

/** The shape of a field that holds one message. */
function singular({ field, element }: FieldView): HeldMessage | undefined {
  return field.shape.kind === "message" && element.kind === "message" ? element : undefined;
}

/** Encoders print the default of what is missing. */
function orEmpty(context: EmitContext, shape: HeldMessage, value: string): string {
  return `${value} ?? ({} as ${elementType(context, shape)})`;
}

/** `encodeBinary: protobufReply(encodeShelfBinary),`. */
function encodeBinary(context: EmitContext, fullName: string): string[] {
  const { module, plan } = context.index.message(fullName, context.style);
  const encoder = context.file.use(binaryModule(context.plan.layout, module), binaryEncoderName(plan));
  const reply = useRuntime(context, "protobuf-body", "protobufReply");
  return layOutCall("encodeBinary: ", { callee: reply, args: [encoder] }, ",", 6);
}

const rawWriters = { raw: "rawReply", rawLines: "rawLine", rawAsJson: "rawAsJson" } as const;

function encodeRaw(context: EmitContext, body: string, form: keyof typeof rawWriters): string[] {
  const raw = useRuntime(context, "raw-reply", rawWriters[form]);
  if (body === "reply") return [`encodeRaw: ${raw},`];
  const line = `encodeRaw: (reply) => ${raw}(${body}),`;
  return line.length + 6 <= lineWidth ? [line] : ["encodeRaw: (reply) =>", `  ${raw}(${body}),`];
}
