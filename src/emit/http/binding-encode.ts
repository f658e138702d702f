/** The `encode` function of a binding: reply to JSON, or to a body that is passed on. */
import type { Binding, ElementShape, Field } from "../../model/api-model.js";
import { hasBinaryReply } from "../../plan/rpcs/message-bodies.js";
import type { MethodPlan } from "../../plan/plan.js";
import { lineWidth } from "../print/code-file.js";
import { fieldText, messageText } from "../json/json-value.js";
import { callText, layOutCall } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { readField, unionOf } from "../objects/field-access.js";
import { nativeType } from "../objects/native-type.js";
import { messageType } from "../objects/type-text.js";
import { binaryEncoderName, binaryModule, runtimeModule } from "../objects/modules.js";

const httpBody = "google.api.HttpBody";

/** The member `encode: …,` or, for google.api.HttpBody, `encodeRaw: …,`. */
export function encodeMember(context: EmitContext, planned: MethodPlan, binding: Binding): string[] {
  const { output } = planned.method;
  if (binding.responseBody !== undefined) return encodeField(context, planned, binding.responseBody);
  if (output === httpBody) return encodeRaw(context, "reply");
  const encode = `encode: ${messageText(context, output)},`;
  if (context.plan.transcoding.binary !== true || !hasBinaryReply(planned.method, binding)) return [encode];
  return [encode, ...encodeBinary(context, output)];
}

/** The field alone; one that isn't set has its default, a message that of all its fields. */
function encodeField(context: EmitContext, planned: MethodPlan, field: Field): string[] {
  const message = context.index.message(planned.method.output, context.style).plan.message;
  const read = readField(context, message, field, "reply");
  const isMember = unionOf(message, field, context.style) !== undefined;
  const value = isMember ? `${read.isSet} ? ${read.value} : undefined` : read.value;
  const { shape } = field;
  if (shape.kind === "message" && shape.fullName === httpBody) return encodeRaw(context, value);
  const isMessage = shape.kind === "message" && nativeType(context, shape) === undefined;
  const argument = isMessage ? orEmpty(context, shape, isMember ? `(${value})` : value) : value;
  const text = fieldText(context, field, argument);
  const line = `encode: (reply) => ${callText(text)},`;
  if (line.length + 6 <= lineWidth) return [line];
  return ["encode: (reply) =>", ...layOutCall("  ", fieldText(context, field, argument), ",", 8)];
}

/** Encoders print the default of what is missing. */
function orEmpty(context: EmitContext, shape: ElementShape & { readonly kind: "message" }, value: string): string {
  return `${value} ?? ({} as ${messageType(context, shape.fullName)})`;
}

/** `encodeBinary: protobufReply(encodeShelfBinary),`. */
function encodeBinary(context: EmitContext, fullName: string): string[] {
  const { module, plan } = context.index.message(fullName, context.style);
  const encoder = context.file.use(binaryModule(context.plan.layout, module), binaryEncoderName(plan));
  const reply = context.file.use(runtimeModule(context.plan.layout, "protobuf-body"), "protobufReply");
  return layOutCall("encodeBinary: ", { callee: reply, args: [encoder] }, ",", 6);
}

function encodeRaw(context: EmitContext, body: string): string[] {
  const raw = context.file.use(runtimeModule(context.plan.layout, "raw-reply"), "rawReply");
  if (body === "reply") return [`encodeRaw: ${raw},`];
  const line = `encodeRaw: (reply) => ${raw}(${body}),`;
  return line.length + 6 <= lineWidth ? [line] : ["encodeRaw: (reply) =>", `  ${raw}(${body}),`];
}
