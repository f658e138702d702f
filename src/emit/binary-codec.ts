/**
 * Emits the binary codec of every module: per message `decodeXBinary(bytes)` and `encodeXBinary(message)`, and the functions
 * `readX` and `writeX` by which messages contain each other. Plain functions without side effects at the top level, so that a
 * bundle keeps what it calls.
 */
import type { OutputFile } from "../output/output-tree.js";
import type { MessagePlan, ModulePlan } from "../plan/plan.js";
import { styleKey } from "../plan/plan-index.js";
import { type EnumUse, emitEnumCodec, findEnumUse } from "./binary-enum.js";
import { functionHead } from "./binary-frame.js";
import { readName, testName, writeName } from "./binary-names.js";
import { emitMessageReader } from "./binary-read.js";
import { readerFunction, writerFunction } from "./binary-scalar.js";
import { emitWrapperReader, emitWrapperWriter } from "./binary-wrapper.js";
import { emitMessageWriter } from "./binary-write.js";
import type { Lines } from "./code-file.js";
import { fitLines } from "./fit-lines.js";
import { finishModule, startModule } from "./generated-module.js";
import type { EmitContext, EmitScope } from "./emit-scope.js";
import { nativeType, wrappedScalar } from "./native-type.js";
import { messageType, replyType } from "./type-text.js";
import { binaryDecoderName, binaryEncoderName, binaryModule, runtimeModule } from "./modules.js";

/** One `<module>.binary.ts` per module that has a message with a binary codec. */
export function emitBinaryCodec(scope: EmitScope): OutputFile[] {
  const uses = new Map<string, EnumUse>();
  return scope.plan.modules.flatMap((module) => {
    const style = styleKey(module.style);
    const use = uses.get(style) ?? findEnumUse(scope, style);
    uses.set(style, use);
    return emitModule(scope, module, use);
  });
}

function emitModule(scope: EmitScope, module: ModulePlan, use: EnumUse): OutputFile[] {
  const path = binaryModule(scope.plan.layout, module);
  const context = startModule(scope, module.style, path, module.file.path, declaredNames(module));
  const messages = module.messages.flatMap((plan) => emitMessageCodec(context, plan));
  const enums = module.enums.flatMap((plan) => emitEnumCodec(context, plan, use));
  const lines = [...messages, ...enums].slice(1);
  context.file.print(...fitLines(lines, 0));
  return lines.length === 0 ? [] : [finishModule(context)];
}

function declaredNames({ messages, enums }: ModulePlan): string[] {
  return [
    ...messages.flatMap((plan) => [binaryDecoderName(plan), binaryEncoderName(plan)]),
    ...messages.flatMap(({ name }) => [readName(name), writeName(name)]),
    ...enums.flatMap(({ name }) => [readName(name), writeName(name), testName(name)]),
    ...["reader", "writer", "message", "into", "end", "tag", "key", "value", "before", "entry", "current", "item"],
    ...["limit", "missing", "start", "bytes"],
  ];
}

/** The functions of one message, each with an empty line in front. */
function emitMessageCodec(context: EmitContext, plan: MessagePlan): Lines[] {
  const { wellKnown, fullName } = plan.message;
  const native = nativeType(context, { kind: "message", fullName, delimited: false });
  const isWrapper = wrappedScalar(native) !== undefined;
  const isJson = native !== undefined && !isWrapper;
  const runtime = (name: string): string =>
    isJson ? context.file.use(runtimeModule(context.plan.layout, "struct-binary"), `${name}${wellKnown}`) : name;
  const lines: Lines[] = [];
  if (plan.decodeBinary) {
    lines.push("", ...emitDecoder(context, plan, isJson ? runtime("read") : readName(plan.name)));
    if (!isJson) lines.push("", ...(isWrapper ? emitWrapperReader(context, plan) : emitMessageReader(context, plan)));
  }
  if (plan.encodeBinary) {
    lines.push("", ...emitEncoder(context, plan, isJson ? runtime("write") : writeName(plan.name)));
    if (!isJson) lines.push("", ...(isWrapper ? emitWrapperWriter(context, plan) : emitMessageWriter(context, plan)));
  }
  return lines;
}

function emitDecoder(context: EmitContext, plan: MessagePlan, read: string): Lines[] {
  const type = messageType(context, plan.message.fullName);
  const create = readerFunction(context, "createReader");
  return [
    `/** Reads ${plan.name} from protobuf binary; throws DecodeError. */`,
    ...functionHead(binaryDecoderName(plan), ["bytes: Uint8Array"], type),
    [`return ${read}(${create}(bytes), bytes.length);`],
    "}",
  ];
}

function emitEncoder(context: EmitContext, plan: MessagePlan, write: string): Lines[] {
  const type = replyType(context, plan.message.fullName);
  return [
    `/** ${plan.name} as protobuf binary. */`,
    ...functionHead(binaryEncoderName(plan), [`message: ${type}`], "Uint8Array"),
    [
      `const writer = ${writerFunction(context, "createWriter")}();`,
      `${write}(writer, message);`,
      `return ${writerFunction(context, "finishWriter")}(writer);`,
    ],
    "}",
  ];
}
