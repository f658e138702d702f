/** What fields hold: the shape of one value, and which well-known types a style represents as plain values. */
import type { ElementShape, Field, ScalarType, WellKnownType } from "../../model/api-model.js";
import type { MessageStyle } from "../../model/message-style.js";
import type { EmitContext } from "./emit-scope.js";

/** A shape and what it is the shape of: the value of a singular field, a member of a list, map or oneof, or nothing of the kind. */
export type HeldShape = ElementShape & { readonly holder?: "field" | "member" };

/** The shape of the field itself, of a list's items or of a map's values. */
export function elementOf(field: Field): HeldShape {
  const { shape } = field;
  if (shape.kind === "list") return { ...shape.item, holder: "member" };
  if (shape.kind === "map") return { ...shape.value, holder: "member" };
  // In a google.protobuf.Value protobuf-es has messages only.
  if (field.fullName.startsWith("google.protobuf.Value.")) return shape;
  return { ...shape, holder: field.oneof === undefined && field.extendee === undefined ? "field" : "member" };
}

/** Whether message objects are what proto-loader makes, and replies are as loose as what it accepts. */
export function isProtoLoaderStyle(style: MessageStyle): boolean {
  return style.absentMessages === "null";
}

/** Whether message objects are what @bufbuild/protobuf makes. */
export function isProtobufEsStyle(style: MessageStyle): boolean {
  return style.typeNames;
}

/** The well-known type that the style represents as a plain value, undefined for an ordinary message. */
export function nativeType(context: EmitContext, shape: HeldShape): WellKnownType | undefined {
  const { wellKnownTypes } = context.style;
  if (shape.kind !== "message" || wellKnownTypes === "message") return undefined;
  const { wellKnown } = context.index.message(shape.fullName, context.style).plan.message;
  if (wellKnown === undefined) return undefined;
  switch (wellKnownTypes) {
    case "native":
      return nativeTypes.has(wellKnown) ? wellKnown : undefined;
    case "ts-proto":
      return nativeTypes.has(wellKnown) || wellKnown === "Timestamp" || wellKnown === "FieldMask"
        ? wellKnown
        : undefined;
    case "protobuf-es":
      return isBareInProtobufEs(wellKnown, shape.holder) ? wellKnown : undefined;
    default:
      return wellKnownTypes satisfies never;
  }
}

function isBareInProtobufEs(wellKnown: WellKnownType, holder: HeldShape["holder"]): boolean {
  return wellKnown === "Struct" ? holder !== undefined : wrappedScalar(wellKnown) !== undefined && holder === "field";
}

const nativeTypes: ReadonlySet<WellKnownType> = new Set<WellKnownType>([
  ...(["ListValue", "Struct", "Value", "BoolValue", "BytesValue", "DoubleValue", "FloatValue"] as const),
  ...(["Int32Value", "Int64Value", "StringValue", "UInt32Value", "UInt64Value"] as const),
]);

/** The scalar inside a google.protobuf wrapper (`Int64Value` -> `int64`), undefined for other types. */
export function wrappedScalar(wellKnown: WellKnownType | undefined): ScalarType | undefined {
  switch (wellKnown) {
    case "BoolValue":
      return "bool";
    case "BytesValue":
      return "bytes";
    case "DoubleValue":
      return "double";
    case "FloatValue":
      return "float";
    case "Int32Value":
      return "int32";
    case "Int64Value":
      return "int64";
    case "StringValue":
      return "string";
    case "UInt32Value":
      return "uint32";
    case "UInt64Value":
      return "uint64";
    default:
      return undefined;
  }
}

/** Whether a scalar is one of the five 64-bit integers. */
export function isLong(scalar: ScalarType): boolean {
  return scalar.endsWith("64");
}

/** Whether a 64-bit integer is unsigned. */
export function isUnsigned(scalar: ScalarType): boolean {
  return scalar.startsWith("uint") || scalar.startsWith("fixed");
}
