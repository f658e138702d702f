/** Messages in which nothing is set yet, and the decoders that fill them. */
import type { EmitContext } from "../objects/emit-scope.js";
import { nativeZero } from "../objects/initial-value.js";
import { jsonDecoderName, jsonModule } from "../objects/modules.js";
import { viewMessage } from "../objects/message-view.js";
import { call, type Expression, object } from "../print/expression.js";
import { creation } from "./params.js";

/** A message in which nothing is set, from whichever module is there for it; undefined for a Value that is plain JSON. */
export function newMessage(context: EmitContext, fullName: string): Expression {
  const { plan } = context.index.message(fullName, context.style);
  const { native } = viewMessage(context, plan.message);
  if (native !== undefined) return native.kind === "Value" ? "undefined" : nativeZero(context, native);
  return plan.params || !plan.decodeJson ? creation(context, fullName) : decodeMessage(context, fullName, object());
}

/** The message that `json` stands for. */
export function decodeMessage(context: EmitContext, fullName: string, json: Expression): Expression {
  return call(messageDecoder(context, fullName), json);
}

/** The name of the function that decodes a message from JSON. */
export function messageDecoder(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
}
