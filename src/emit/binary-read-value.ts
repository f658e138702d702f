/** Expressions that read one value off the wire. */
import type { ElementShape } from "../model/api-model.js";
import { binaryFunction, readName, testName } from "./binary-names.js";
import { readerFunction, scalarReader } from "./binary-scalar.js";
import { type Call, callText, layOutCall } from "./layout.js";
import { type EmitContext, elementType, nativeType } from "./message-shape.js";
import { runtimeModule } from "./modules.js";

/** An expression that reads a value: a call, which can be laid out over several lines, or text that never needs to be. */
export type ReadExpression = Call | string;

/** The expression on one line. */
export function textOf(value: ReadExpression): string {
  return typeof value === "string" ? value : callText(value);
}

/** `head value end`, laid out from column `indent`. */
export function layOutValue(head: string, value: ReadExpression, end: string, indent: number): string[] {
  return typeof value === "string" ? [`${head}${value}${end}`] : layOutCall(head, value, end, indent);
}

/** An expression that reads one value; `tag` and `current` (what is there already) matter for messages only. */
export function readElement(context: EmitContext, shape: ElementShape, tag: string, current?: string): ReadExpression {
  switch (shape.kind) {
    case "scalar":
      return scalarReader(context, shape.scalar, shape.utf8);
    case "enum":
      return enumReader(context, shape);
    case "message": {
      const open = shape.delimited
        ? `${readerFunction(context, "openGroup")}(reader, ${tag})`
        : `${readerFunction(context, "openMessage")}(reader)`;
      const args = ["reader", open, ...(current === undefined ? [] : [current])];
      return { callee: messageReader(context, shape), args };
    }
    default:
      return shape satisfies never;
  }
}

function enumReader(context: EmitContext, shape: ElementShape & { kind: "enum" }): ReadExpression {
  const { module, plan } = context.index.enum(shape.fullName, context.style);
  if (context.style.enums === "String")
    return { callee: binaryFunction(context, module, readName(plan.name)), args: ["reader"] };
  const number = `${readerFunction(context, "readInt32")}(reader)`;
  return shape.closed ? number : `${number} as ${elementType(context, shape)}`;
}

/** The local name of the function that reads a message: the declaring module's, or the runtime's for native JSON values. */
export function messageReader(context: EmitContext, shape: ElementShape & { kind: "message" }): string {
  const native = nativeType(context, shape);
  if (native === "Struct" || native === "Value" || native === "ListValue")
    return context.file.use(runtimeModule(context.plan.layout, "struct-binary"), `read${native}`);
  const { module, plan } = context.index.message(shape.fullName, context.style);
  return binaryFunction(context, module, readName(plan.name));
}

/** A test that the local `value` is one that a closed enum has. */
export function enumTest(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.enum(fullName, context.style);
  return `${binaryFunction(context, module, testName(plan.name))}(value)`;
}

/** Whether values that are not declared belong to the unknown fields. https://protobuf.dev/programming-guides/enum/ */
export function isClosedEnum(shape: ElementShape): shape is ElementShape & { kind: "enum" } {
  return shape.kind === "enum" && shape.closed;
}
