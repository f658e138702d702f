/** Emits the codec of google.protobuf's wrappers in styles where the message is the wrapped value itself. */
import type { ElementShape } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { nonZeroTest } from "../objects/field-access.js";
import { nativeZero } from "../objects/initial-value.js";
import type { NativeForm } from "../objects/native-type.js";
import { nativeTypeText } from "../objects/type-text.js";
import type { Lines } from "../print/code-file.js";
import { fieldLoop, functionHead, readerParameters, unknownFunction } from "./binary-frame.js";
import { readBareName, writeBareName } from "./binary-names.js";
import { readerFunction, scalarReader, scalarWriter, tagOf, wireTypeOf, writerFunction } from "./binary-scalar.js";
import { writerType } from "./binary-write.js";

/** The plain value of a wrapper. */
type WrappedScalar = NativeForm & { readonly kind: "scalar" };

/** `export function readInt64ValueBare(reader, end, into?)`: the field 1 of the message. */
export function emitWrapperReader(context: EmitContext, plan: MessagePlan, native: WrappedScalar): Lines[] {
  const shape = shapeOf(native);
  const type = nativeTypeText(context, native);
  return [
    `/** Reads ${plan.name} up to \`end\`; \`into\` is what an earlier occurrence gave. */`,
    ...functionHead(readBareName(plan.name), readerParameters(context, type), type),
    [
      `let value: ${type} = into ?? ${nativeZero(context, native)};`,
      ...fieldLoop(
        context,
        [
          `case ${tagOf(1, wireTypeOf(shape))}:`,
          [`value = ${scalarReader(context, shape.scalar, shape.utf8)};`, "break;"],
        ],
        [`end = ${unknownFunction(context, "skipUnknownField")}(reader, tag, end);`],
      ),
      `${readerFunction(context, "closeMessage")}(reader, end);`,
      "return value;",
    ],
    "}",
  ];
}

/** `export function writeInt64ValueBare(writer, value)`, which returns how many bytes it wrote. */
export function emitWrapperWriter(context: EmitContext, plan: MessagePlan, native: WrappedScalar): Lines[] {
  const shape = shapeOf(native);
  const type = nativeTypeText(context, native);
  const size = writerFunction(context, "writtenSize");
  return [
    `/** Writes ${plan.name} and returns its size. */`,
    ...functionHead(writeBareName(plan.name), [`writer: ${writerType(context)}`, `value: ${type}`], "number"),
    [
      `const before = ${size}(writer);`,
      `if (${nonZeroTest(context, shape, "value")}) {`,
      [
        `${scalarWriter(context, shape.scalar)}(writer, value);`,
        `${writerFunction(context, "writeTag")}(writer, ${tagOf(1, wireTypeOf(shape))});`,
      ],
      "}",
      `return ${size}(writer) - before;`,
    ],
    "}",
  ];
}

/** The shape of the field 1. */
function shapeOf({ scalar }: WrappedScalar): ElementShape & { readonly kind: "scalar" } {
  return { kind: "scalar", scalar, utf8: true };
}
