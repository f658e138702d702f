/**
 * Emits the binary codec of every module: per message `decodeXBinary(bytes)` and `encodeXBinary(message)`, and the functions
 * `readX` and `writeX` by which messages contain each other. Plain functions without side effects at the top level, so that a
 * bundle keeps what it calls.
 */
import type { MessagePlan, ModulePlan } from "../names/typescript-plan.js";
import type { MessageStyle } from "../message-style.js";
import { type EnumUse, emitEnumCodec, findEnumUse } from "./binary-enum.js";
import { readBareName, readName, testName, writeBareName, writeName, clearName } from "./binary-names.js";
import { emitMessageReader } from "./binary-read.js";
import { messageReader } from "./binary-read-value.js";
import { readerFunction, writerFunction } from "./binary-scalar.js";
import { emitWrapperReader, emitWrapperWriter } from "./binary-wrapper.js";
import { emitMessageWriter, messageWriter } from "./binary-write.js";
import type { Lines, EmittedFile } from "../print/code-file.js";
import { call, member } from "../print/expression.js";
import { constant, declareFunction, returns, run } from "../print/statement.js";
import { finishModule, startModule } from "../objects/generated-module.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { viewMessage } from "../objects/message-view.js";
import { messageAlone, nativeInFields } from "../objects/native-type.js";
import { messageType, replyType } from "../objects/type-text.js";
import { binaryDecoderName, binaryEncoderName, binaryModule } from "../objects/modules.js";

/** One `<module>.binary.ts` per module that has a message with a binary codec. */
export function emitBinaryCodec(scope: EmitScope): EmittedFile[] {
  const uses = new Map<MessageStyle, EnumUse>();
  return scope.plan.modules.flatMap((module) => {
    const use = uses.get(module.style) ?? findEnumUse(scope, module.style);
    uses.set(module.style, use);
    return emitModule(scope, module, use);
  });
}

function emitModule(scope: EmitScope, module: ModulePlan, use: EnumUse): EmittedFile[] {
  const path = binaryModule(scope.plan.layout, module);
  const context = startModule(scope, module.style, path, module.file.path, declaredNames(module));
  const messages = module.messages.flatMap((plan) => emitMessageCodec(context, plan));
  const enums = module.enums.flatMap((plan) => emitEnumCodec(context, plan, use));
  const lines = [...messages, ...enums].slice(1);
  context.file.printAll(lines);
  return lines.length === 0 ? [] : [finishModule(context)];
}

function declaredNames({ messages, enums }: ModulePlan): string[] {
  return [
    ...messages.flatMap((plan) => [binaryDecoderName(plan), binaryEncoderName(plan)]),
    ...messages.flatMap(({ name }) => [readName(name), writeName(name), readBareName(name), writeBareName(name)]),
    ...messages.flatMap((plan) => plan.message.oneofs.map((oneof) => clearName(plan, oneof.name))),
    ...enums.flatMap(({ name }) => [readName(name), writeName(name), testName(name)]),
    ...[
      "reader",
      "writer",
      "message",
      "into",
      "end",
      "tag",
      "key",
      "value",
      "before",
      "entry",
      "current",
      "item",
      "error",
    ],
    ...["limit", "missing", "start", "bytes"],
  ];
}

/** The functions of one message, each with an empty line in front. */
function emitMessageCodec(context: EmitContext, plan: MessagePlan): Lines[] {
  const shape = messageAlone(plan.message.fullName);
  const { native } = viewMessage(context, plan.message);
  const inFields = nativeInFields(plan.message, context.style);
  const wrapped = inFields?.kind === "scalar" ? inFields : undefined;
  const lines: Lines[] = [];
  if (plan.decodeBinary) {
    lines.push("", ...emitDecoder(context, plan, messageReader(context, shape)));
    if (wrapped !== undefined) lines.push("", ...emitWrapperReader(context, plan, wrapped));
    if (native === undefined) lines.push("", ...emitMessageReader(context, plan));
  }
  if (plan.encodeBinary) {
    lines.push("", ...emitEncoder(context, plan, messageWriter(context, shape)));
    if (wrapped !== undefined) lines.push("", ...emitWrapperWriter(context, plan, wrapped));
    if (native === undefined) lines.push("", ...emitMessageWriter(context, plan));
  }
  return lines;
}

function emitDecoder(context: EmitContext, plan: MessagePlan, read: string): Lines[] {
  const type = messageType(context, plan.message.fullName);
  const create = readerFunction(context, "createReader");
  return [
    `/** Reads ${plan.name} from protobuf binary; throws DecodeError. */`,
    ...declareFunction(`export function ${binaryDecoderName(plan)}`, ["bytes: Uint8Array"], type, [
      returns(call(read, call(create, "bytes"), member("bytes", "length"))),
    ]),
  ];
}

function emitEncoder(context: EmitContext, plan: MessagePlan, write: string): Lines[] {
  const type = replyType(context, plan.message.fullName);
  return [
    `/** ${plan.name} as protobuf binary. */`,
    ...declareFunction(`export function ${binaryEncoderName(plan)}`, [`message: ${type}`], "Uint8Array", [
      constant("writer", call(writerFunction(context, "createWriter"))),
      run(call(write, "writer", "message")),
      returns(call(writerFunction(context, "finishWriter"), "writer")),
    ]),
  ];
}
