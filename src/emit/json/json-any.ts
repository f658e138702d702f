/** JSON codec of google.protobuf.Any, which the runtime reads and prints by a table of the messages that one may hold. */
import type { Message } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { Lines, Statement } from "../print/code-file.js";
import { binary, call, type Expression, member, literal } from "../print/expression.js";
import { constant, guard, returns } from "../print/statement.js";
import { declareDecoder, initialMessage } from "./json-decode.js";
import { writer } from "./json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField, readField } from "../objects/field-access.js";
import { viewMessage } from "../objects/message-view.js";
import { messageType } from "../objects/type-text.js";
import { anyTypesModule } from "../objects/modules.js";
import { useRuntime } from "../objects/runtime.js";
import { bytesInStyle } from "../objects/value-form.js";

/** `decodeAny`: the packed message is read from JSON and written as bytes. */
export function anyDecoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const type = messageType(context, message.fullName);
  const pack = useRuntime(context, "pack-any", "packAny");
  const [typeUrl, value] = [member("packed", "typeUrl"), member("packed", "value")];
  return declareDecoder(context, planned, type, [
    constant("packed", call(pack, anyTypes(context), "json")),
    initialMessage(context, viewMessage(context, message), type),
    guard(binary(typeUrl, "===", literal("")), returns("message")),
    ...assignNamed(context, message, "type_url", typeUrl),
    ...assignNamed(context, message, "value", bytesInStyle(context, value, false)),
    returns("message"),
  ]);
}

/** The body of `jsonOfAny`: the packed bytes are read and written as JSON. */
export function anyJson(context: EmitContext, message: Message): Lines[] {
  const { fields } = viewMessage(context, message);
  const read = (name: string): Expression => {
    const view = fields.find(({ field }) => field.name === name);
    return view === undefined ? "undefined" : readField(context, view, "message").value;
  };
  const print = useRuntime(context, "print-any", "printAny");
  const typeUrl = call(writer(context, "writeString"), read("type_url"));
  return [returns(call(print, anyTypes(context), typeUrl, call(writer(context, "bytesOf"), read("value"))))];
}

function anyTypes(context: EmitContext): string {
  return context.file.use(anyTypesModule(context.plan.layout), "anyTypes");
}

/** Statements that store `value` as the field called `name`. */
export function assignNamed(context: EmitContext, message: Message, name: string, value: Expression): Statement[] {
  const view = viewMessage(context, message).fields.find(({ field }) => field.name === name);
  return view === undefined ? [] : assignField(context, view, "message", value);
}
