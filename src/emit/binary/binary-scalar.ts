/** Scalars on the wire: wire types, and the runtime functions that read and write each scalar in a style's form. */
import type { ElementShape, ScalarType } from "../../model/api-model.js";
import type { MessageStyle } from "../../model/message-style.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { isLong, isProtoLoaderStyle, isUnsigned } from "../objects/native-type.js";
import { runtimeModule } from "../objects/modules.js";

/** https://protobuf.dev/programming-guides/encoding/#structure */
export type WireType = 0 | 1 | 2 | 3 | 4 | 5;

interface ScalarCodec {
  readonly wireType: WireType;
  /** Runtime functions; for 64-bit integers `read` gives the two halves. */
  readonly read: string;
  readonly write: string;
  /** In proto-loader's styles; of the runtime's loose-binary. */
  readonly writeLoose?: string;
}

const scalarCodecs: Readonly<Record<ScalarType, ScalarCodec>> = {
  double: { wireType: 1, read: "readDouble", write: "writeDouble" },
  float: { wireType: 5, read: "readFloat", write: "writeFloat" },
  int32: { wireType: 0, read: "readInt32", write: "writeInt32", writeLoose: "writeLooseInt32" },
  int64: { wireType: 0, read: "readVarint64", write: "writeInt64", writeLoose: "writeLooseInt64" },
  uint32: { wireType: 0, read: "readUint32", write: "writeUint32", writeLoose: "writeLooseUint32" },
  uint64: { wireType: 0, read: "readVarint64", write: "writeUint64", writeLoose: "writeLooseUint64" },
  sint32: { wireType: 0, read: "readSint32", write: "writeSint32", writeLoose: "writeLooseSint32" },
  sint64: { wireType: 0, read: "readZigzag64", write: "writeSint64", writeLoose: "writeLooseSint64" },
  fixed32: { wireType: 5, read: "readFixed32", write: "writeFixed32", writeLoose: "writeLooseFixed32" },
  fixed64: { wireType: 1, read: "readFixed64", write: "writeFixed64", writeLoose: "writeLooseFixed64" },
  sfixed32: { wireType: 5, read: "readSfixed32", write: "writeSfixed32", writeLoose: "writeLooseSfixed32" },
  sfixed64: { wireType: 1, read: "readFixed64", write: "writeSfixed64", writeLoose: "writeLooseSfixed64" },
  bool: { wireType: 0, read: "readBool", write: "writeBool" },
  string: { wireType: 2, read: "readString", write: "writeString" },
  bytes: { wireType: 2, read: "readBytes", write: "writeBytes" },
};

/** The wire type of one value. */
export function wireTypeOf(shape: ElementShape): WireType {
  if (shape.kind === "scalar") return scalarCodecs[shape.scalar].wireType;
  if (shape.kind === "enum") return 0;
  return shape.delimited ? 3 : 2;
}

/** Whether a list of such values can be packed. */
export function isPackable(shape: ElementShape): boolean {
  const wireType = wireTypeOf(shape);
  return wireType === 0 || wireType === 1 || wireType === 5;
}

/** The tag as a number: `number << 3 | wire type`. */
export function tagOf(fieldNumber: number, wireType: WireType): number {
  return ((fieldNumber << 3) | wireType) >>> 0;
}

/** An expression that reads a scalar from `reader` in the style's form. */
export function scalarReader(context: EmitContext, scalar: ScalarType, utf8: boolean): string {
  if (isLong(scalar)) return longReader(context, scalar, context.style.longs);
  if (scalar === "bytes") return `${textFunction(context, bytesReaders[context.style.bytes])}(reader)`;
  if (scalar === "string") return `${textFunction(context, utf8 ? "readString" : "readUncheckedString")}(reader)`;
  return `${readerFunction(context, scalarCodecs[scalar].read)}(reader)`;
}

const bytesReaders = { Uint8Array: "readBytes", Buffer: "readBuffer", String: "readBase64", Array: "readByteArray" };

/** An expression that reads a 64-bit integer in the given form; map keys are always `String`. */
export function longReader(context: EmitContext, scalar: ScalarType, longs: MessageStyle["longs"]): string {
  const convert = { BigInt: "BigInt", String: "Decimal", Number: "Number", Long: "Long" }[longs];
  const converter = `to${isUnsigned(scalar) ? "Unsigned" : ""}${convert}`;
  const bits = `${readerFunction(context, scalarCodecs[scalar].read)}(reader)`;
  const fromBits = longs === "Long" ? `, ${context.file.use("npm:long", "default")}.fromBits` : "";
  return `${context.file.use(runtimeModule(context.plan.layout, "int64"), converter)}(${bits}${fromBits})`;
}

/** The name of the function that writes a scalar: `(writer, value) => void`. */
export function scalarWriter(context: EmitContext, scalar: ScalarType): string {
  const { writeLoose } = scalarCodecs[scalar];
  if (writeLoose === undefined || !isProtoLoaderStyle(context.style)) return keyWriter(context, scalar);
  return context.file.use(runtimeModule(context.plan.layout, "loose-binary"), writeLoose);
}

/** The function that writes the key of a map, which is exact in every style. */
export function keyWriter(context: EmitContext, scalar: ScalarType): string {
  const { write } = scalarCodecs[scalar];
  if (!isLong(scalar)) return writerFunction(context, write);
  return context.file.use(runtimeModule(context.plan.layout, "binary-int64"), write);
}

/** The local name of a function of the runtime's binary-reader. */
export function readerFunction(context: EmitContext, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, "binary-reader"), name);
}

/** The local name of a function of the runtime's binary-text. */
function textFunction(context: EmitContext, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, "binary-text"), name);
}

/** The local name of a function of the runtime's binary-writer. */
export function writerFunction(context: EmitContext, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, "binary-writer"), name);
}
