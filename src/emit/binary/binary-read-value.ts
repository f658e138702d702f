/** Expressions that read one value off the wire. */
import type { ElementShape } from "../../model/api-model.js";
import { binaryFunction, nativeBinary, readBareName, readName, testName } from "./binary-names.js";
import { readerFunction, readScalar } from "./binary-scalar.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { type HeldShape, nativeElement } from "../objects/native-type.js";
import { elementType } from "../objects/type-text.js";
import { call, cast, type Expression } from "../print/expression.js";
import { useRuntime } from "../objects/runtime.js";
import { namesEnums } from "../objects/value-form.js";

/** Reads one value; `tag` and `current` (what is there already) matter for messages only. */
export function readElement(context: EmitContext, shape: HeldShape, tag: string, current?: Expression): Expression {
  switch (shape.kind) {
    case "scalar":
      return readScalar(context, shape.scalar, shape.utf8);
    case "enum":
      return readEnum(context, shape);
    case "message": {
      const open = shape.delimited
        ? call(readerFunction(context, "openGroup"), "reader", tag)
        : call(readerFunction(context, "openMessage"), "reader");
      return call(messageReader(context, shape), "reader", open, ...(current === undefined ? [] : [current]));
    }
    default:
      return shape satisfies never;
  }
}

function readEnum(context: EmitContext, shape: ElementShape & { kind: "enum" }): Expression {
  const { module, plan } = context.index.enum(shape.fullName, context.style);
  if (namesEnums(context)) return call(binaryFunction(context, module, readName(plan.name)), "reader");
  const number = call(readerFunction(context, "readInt32"), "reader");
  return shape.closed ? number : cast(number, elementType(context, shape));
}

/** The local name of the function that reads a message: the declaring module's, or the runtime's for native JSON values. */
export function messageReader(context: EmitContext, shape: HeldShape & { kind: "message" }): string {
  const native = nativeElement(shape, context.style);
  const runtime = native === undefined ? undefined : nativeBinary(native);
  if (runtime !== undefined) return useRuntime(context, ...runtime.read);
  const { module, plan } = context.index.message(shape.fullName, context.style);
  return binaryFunction(context, module, (native === undefined ? readName : readBareName)(plan.name));
}

/** A test that the local `value` is one that a closed enum has. */
export function enumTest(context: EmitContext, fullName: string): Expression {
  const { module, plan } = context.index.enum(fullName, context.style);
  return call(binaryFunction(context, module, testName(plan.name)), "value");
}

/** Tells whether values that are not declared belong to the unknown fields. https://protobuf.dev/programming-guides/enum/ */
export function isClosedEnum(shape: ElementShape): shape is ElementShape & { kind: "enum" } {
  return shape.kind === "enum" && shape.closed;
}
