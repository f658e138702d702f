/** The `encode` function of a binding: reply to JSON, or to a body that is passed on. */
import type { Field } from "../../model/api-model.js";
import type { BindingPlan, MethodPlan, ReplyForm } from "../../plan/plan.js";
import type { Statement } from "../print/code-file.js";
import { arrow, call, cast, conditional, type Expression, object, orElse, literal } from "../print/expression.js";
import { memberLine } from "../print/statement.js";
import { fieldText, messageText } from "../json/json-value.js";
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
): Statement[] {
  const { output } = planned.method;
  if (binding.responseBody !== undefined) return [encodeField(context, planned, binding.responseBody, reply)];
  if (reply !== "json") return [memberLine("encodeRaw", rawWriter(context, reply))];
  const encode = memberLine("encode", messageText(context, output));
  return binaryReply ? [encode, encodeBinary(context, output)] : [encode];
}

/** The field alone; one that is not set is null in grpc-gateway where that shows, else it has its default, a message that of all its fields. */
function encodeField(context: EmitContext, planned: MethodPlan, field: Field, form: ReplyForm): Statement {
  const { message, native } = viewNamed(context, planned.method.output);
  const view = viewField(context, message, field);
  const read = readField(context, view, "reply");
  const isMember = view.place.kind === "union" || native?.kind === "Value";
  const value = isMember ? conditional(read.isSet, read.value, "undefined") : read.value;
  const shape = singular(view);
  if (form !== "json") return memberLine("encodeRaw", arrow("reply", call(rawWriter(context, form), value)));
  const argument = shape !== undefined && view.native === undefined ? orEmpty(context, shape, value) : value;
  const text = fieldText(context, view, argument);
  const isNullable = context.plan.rules.printsNull && isOptionalScalar(field);
  return memberLine("encode", arrow("reply", isNullable ? conditional(read.isSet, text, literal("null")) : text));
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
function orEmpty(context: EmitContext, shape: HeldMessage, value: Expression): Expression {
  return orElse(value, cast(object(), elementType(context, shape)));
}

/** `encodeBinary: protobufReply(encodeShelfBinary),`. */
function encodeBinary(context: EmitContext, fullName: string): Statement {
  const { module, plan } = context.index.message(fullName, context.style);
  const encoder = context.file.use(binaryModule(context.plan.layout, module), binaryEncoderName(plan));
  const reply = useRuntime(context, "protobuf-body", "protobufReply");
  return memberLine("encodeBinary", call(reply, encoder));
}

const rawWriters = { raw: "rawReply", rawLines: "rawLine", rawAsJson: "rawAsJson" } as const;

function rawWriter(context: EmitContext, form: keyof typeof rawWriters): string {
  return useRuntime(context, "raw-reply", rawWriters[form]);
}
