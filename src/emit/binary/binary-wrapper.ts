/** Emits the codec of google.protobuf's wrappers in styles where the message is the wrapped value itself. */
import type { ElementShape } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { nonZeroTest } from "../objects/field-access.js";
import { nativeZero } from "../objects/initial-value.js";
import type { NativeForm } from "../objects/native-type.js";
import { nativeTypeText } from "../objects/type-text.js";
import type { Lines } from "../print/code-file.js";
import { binary, call, orElse } from "../print/expression.js";
import { assign, constant, declareFunction, returns, run, variable, when } from "../print/statement.js";
import { fieldCase, fieldLoop, readerParameters, unknownFunction } from "./binary-frame.js";
import { readBareName, writeBareName } from "./binary-names.js";
import { readerFunction, readScalar, scalarWriter, tagOf, wireTypeOf, writerFunction } from "./binary-scalar.js";
import { writerType } from "./binary-write.js";

/** The plain value of a wrapper. */
type WrappedScalar = NativeForm & { readonly kind: "scalar" };

/** `export function readInt64ValueBare(reader, end, into?)`: the field 1 of the message. */
export function emitWrapperReader(context: EmitContext, plan: MessagePlan, native: WrappedScalar): Lines[] {
  const shape = shapeOf(native);
  const type = nativeTypeText(context, native);
  return [
    `/** Reads ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...declareFunction(`export function ${readBareName(plan.name)}`, readerParameters(context, type), type, [
      variable("value", orElse("into", nativeZero(context, native)), type),
      ...fieldLoop(
        context,
        fieldCase(tagOf(1, wireTypeOf(shape)), [assign("value", readScalar(context, shape.scalar, shape.utf8))]),
        [assign("end", call(unknownFunction(context, "skipUnknownField"), "reader", "tag", "end"))],
      ),
      run(call(readerFunction(context, "closeMessage"), "reader", "end")),
      returns("value"),
    ]),
  ];
}

/** `export function writeInt64ValueBare(writer, value)`, which returns how many bytes it wrote. */
export function emitWrapperWriter(context: EmitContext, plan: MessagePlan, native: WrappedScalar): Lines[] {
  const shape = shapeOf(native);
  const type = nativeTypeText(context, native);
  const size = call(writerFunction(context, "writtenSize"), "writer");
  const parameters = [`writer: ${writerType(context)}`, `value: ${type}`];
  const tag = `${tagOf(1, wireTypeOf(shape))}`;
  return [
    `/** Writes ${plan.name} and returns its size. */`,
    ...declareFunction(`export function ${writeBareName(plan.name)}`, parameters, "number", [
      constant("before", size),
      ...when(nonZeroTest(context, shape, "value"), [
        run(call(scalarWriter(context, shape.scalar), "writer", "value")),
        run(call(writerFunction(context, "writeTag"), "writer", tag)),
      ]),
      returns(binary(size, "-", "before")),
    ]),
  ];
}

/** The shape of the field 1. */
function shapeOf({ scalar }: WrappedScalar): ElementShape & { readonly kind: "scalar" } {
  return { kind: "scalar", scalar, utf8: true };
}
