/** Scalars on the wire: wire types, and the runtime functions that read and write each scalar in a style's form. */
import type { ElementShape, ScalarType } from "../../model/api-model.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { call, type Expression, member } from "../print/expression.js";
import { isLong, isUnsigned, type LongType } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import {
  byBytesForm,
  type BytesForm,
  longClass,
  longFormOf,
  type LongForm,
  takesLooseReplies,
} from "../objects/value-form.js";
import type { RuntimeExport, RuntimeSymbol } from "../objects/runtime-exports.js";

/** https://protobuf.dev/programming-guides/encoding/#structure */
export type WireType = 0 | 1 | 2 | 3 | 4 | 5;

/** Types that are neither text nor bytes. */
type NumericType = Exclude<ScalarType, "string" | "bytes">;

interface ScalarCodec {
  readonly wireType: WireType;
  /** Runtime functions; for 64-bit integers `read` gives the two halves. */
  readonly read: RuntimeExport<"binary-reader">;
  readonly write: RuntimeSymbol;
  /** In proto-loader's styles. */
  readonly writeLoose?: RuntimeExport<"loose-binary">;
}

const scalarCodecs: Readonly<Record<NumericType, ScalarCodec>> = {
  double: { wireType: 1, read: "readDouble", write: ["binary-writer", "writeDouble"] },
  float: { wireType: 5, read: "readFloat", write: ["binary-writer", "writeFloat"] },
  int32: { wireType: 0, read: "readInt32", write: ["binary-writer", "writeInt32"], writeLoose: "writeLooseInt32" },
  int64: { wireType: 0, read: "readVarint64", write: ["binary-int64", "writeInt64"], writeLoose: "writeLooseInt64" },
  uint32: { wireType: 0, read: "readUint32", write: ["binary-writer", "writeUint32"], writeLoose: "writeLooseUint32" },
  uint64: { wireType: 0, read: "readVarint64", write: ["binary-int64", "writeUint64"], writeLoose: "writeLooseUint64" },
  sint32: { wireType: 0, read: "readSint32", write: ["binary-writer", "writeSint32"], writeLoose: "writeLooseSint32" },
  sint64: { wireType: 0, read: "readZigzag64", write: ["binary-int64", "writeSint64"], writeLoose: "writeLooseSint64" },
  fixed32: {
    wireType: 5,
    read: "readFixed32",
    write: ["binary-writer", "writeFixed32"],
    writeLoose: "writeLooseFixed32",
  },
  fixed64: {
    wireType: 1,
    read: "readFixed64",
    write: ["binary-int64", "writeFixed64"],
    writeLoose: "writeLooseFixed64",
  },
  sfixed32: {
    wireType: 5,
    read: "readSfixed32",
    write: ["binary-writer", "writeSfixed32"],
    writeLoose: "writeLooseSfixed32",
  },
  sfixed64: {
    wireType: 1,
    read: "readFixed64",
    write: ["binary-int64", "writeSfixed64"],
    writeLoose: "writeLooseSfixed64",
  },
  bool: { wireType: 0, read: "readBool", write: ["binary-writer", "writeBool"] },
};

/** The wire type of one value. */
export function wireTypeOf(shape: ElementShape): WireType {
  if (shape.kind === "scalar")
    return shape.scalar === "string" || shape.scalar === "bytes" ? 2 : scalarCodecs[shape.scalar].wireType;
  if (shape.kind === "enum") return 0;
  return shape.delimited ? 3 : 2;
}

/** Tells whether a list of such values can be packed. */
export function isPackable(shape: ElementShape): boolean {
  const wireType = wireTypeOf(shape);
  return wireType === 0 || wireType === 1 || wireType === 5;
}

/** The tag as a number: `number << 3 | wire type`. */
export function tagOf(fieldNumber: number, wireType: WireType): number {
  return ((fieldNumber << 3) | wireType) >>> 0;
}

/** The call that reads a scalar from `reader` in the style's form. */
export function readScalar(context: EmitContext, scalar: ScalarType, utf8: boolean): Expression {
  if (scalar === "bytes") return call(textFunction(context, byBytesForm(context, bytesReaders)), "reader");
  if (scalar === "string") return call(textFunction(context, utf8 ? "readString" : "readUncheckedString"), "reader");
  if (isLong(scalar)) return readLong(context, scalar, longFormOf(context));
  return call(readerFunction(context, scalarCodecs[scalar].read), "reader");
}

const bytesReaders = {
  Uint8Array: "readBytes",
  Buffer: "readBuffer",
  String: "readBase64",
  Array: "readByteArray",
} as const satisfies Readonly<Record<BytesForm, RuntimeExport<"binary-text">>>;

/** The call that reads a 64-bit integer in the given form; map keys are always `String`. */
export function readLong(context: EmitContext, scalar: LongType, longs: LongForm): Expression {
  const convert = ({ BigInt: "BigInt", String: "Decimal", Number: "Number", Long: "Long" } as const)[longs];
  const converter = `to${isUnsigned(scalar) ? "Unsigned" : ""}${convert}` as const;
  const bits = call(readerFunction(context, scalarCodecs[scalar].read), "reader");
  const fromBits = longs === "Long" ? [member(longClass(context), "fromBits")] : [];
  return call(useRuntime(context, "int64", converter), bits, ...fromBits);
}

/** The name of the function that writes a scalar: `(writer, value) => void`. */
export function scalarWriter(context: EmitContext, scalar: ScalarType): string {
  if (scalar === "string" || scalar === "bytes" || !takesLooseReplies(context)) return keyWriter(context, scalar);
  const { writeLoose } = scalarCodecs[scalar];
  return writeLoose === undefined ? keyWriter(context, scalar) : useRuntime(context, "loose-binary", writeLoose);
}

/** The function that writes the key of a map, which is exact in every style. */
export function keyWriter(context: EmitContext, scalar: ScalarType): string {
  if (scalar === "string") return writerFunction(context, "writeString");
  if (scalar === "bytes") return writerFunction(context, "writeBytes");
  return useRuntime(context, ...scalarCodecs[scalar].write);
}

/** The local name of a function of the runtime's binary-reader. */
export function readerFunction(context: EmitContext, name: RuntimeExport<"binary-reader">): string {
  return useRuntime(context, "binary-reader", name);
}

/** The local name of a function of the runtime's binary-text. */
function textFunction(context: EmitContext, name: RuntimeExport<"binary-text">): string {
  return useRuntime(context, "binary-text", name);
}

/** The local name of a function of the runtime's binary-writer. */
export function writerFunction(context: EmitContext, name: RuntimeExport<"binary-writer">): string {
  return useRuntime(context, "binary-writer", name);
}
