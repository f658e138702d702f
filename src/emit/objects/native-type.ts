/** The content of fields: the shape of one value, and the well-known types that are plain values in a style. */
import type { ElementShape, Field, Message, ScalarType, WellKnownType } from "../../model/api-model.js";
import type { MessageStyle } from "../../model/message-style.js";
import type { EmitContext } from "./emit-scope.js";

/** 64-bit integers, which styles represent differently. */
export type LongType = "int64" | "uint64" | "sint64" | "fixed64" | "sfixed64";

/** The shape of one value. */
export type HeldShape = Exclude<ElementShape, { readonly kind: "message" }> | HeldMessage;

/** A message with its holder: a style may have another type for the same message in each. */
export type HeldMessage = Extract<ElementShape, { readonly kind: "message" }> & { readonly holder: Holder };

/**
 * The holder of a message: a singular field (`field`), a list, map, oneof or extension (`member`), a
 * google.protobuf.Value (`jsonValue`), or none of them (`alone`), for requests, replies and messages in an Any.
 */
export type Holder = "field" | "member" | "jsonValue" | "alone";

/** A message that no field holds. */
export function messageAlone(fullName: string): HeldMessage {
  return { kind: "message", fullName, delimited: false, holder: "alone" };
}

/** The shape of the field itself, of a list's items or of a map's values. */
export function elementOf(field: Field): HeldShape {
  const { shape } = field;
  if (shape.kind === "list") return heldBy(shape.item, "member");
  if (shape.kind === "map") return heldBy(shape.value, "member");
  if (field.fullName.startsWith("google.protobuf.Value.")) return heldBy(shape, "jsonValue");
  return heldBy(shape, field.oneof === undefined && field.extendee === undefined ? "field" : "member");
}

function heldBy(shape: ElementShape, holder: Holder): HeldShape {
  return shape.kind === "message" ? { ...shape, holder } : shape;
}

/** Tells whether message objects are what proto-loader makes, and replies are as loose as what it accepts. */
export function isProtoLoaderStyle(style: MessageStyle): boolean {
  return style.absentMessages === "null";
}

/** Tells whether message objects are what @bufbuild/protobuf makes. */
export function isProtobufEsStyle(style: MessageStyle): boolean {
  return style.typeNames;
}

/** The well-known type that the style represents as a plain value, undefined for an ordinary message. */
export function nativeType(context: EmitContext, shape: HeldShape): WellKnownType | undefined {
  if (shape.kind !== "message" || context.style.wellKnownTypes === "message") return undefined;
  const { message } = context.index.message(shape.fullName, context.style).plan;
  return nativeForm(message, context.style, shape.holder);
}

/** The native type of a message that `holder` holds. */
export function nativeForm(
  { wellKnown }: Pick<Message, "wellKnown">,
  { wellKnownTypes }: MessageStyle,
  holder: Holder,
): WellKnownType | undefined {
  if (wellKnown === undefined) return undefined;
  switch (wellKnownTypes) {
    case "message":
      return undefined;
    case "native":
      return nativeTypes.has(wellKnown) ? wellKnown : undefined;
    case "ts-proto":
      return holder !== "alone" && isBareInTsProto(wellKnown) ? wellKnown : undefined;
    case "protobuf-es":
      return isBareInProtobufEs(wellKnown, holder) ? wellKnown : undefined;
    default:
      return wellKnownTypes satisfies never;
  }
}

/** The plain value that a message is in one kind of field or another. */
export function nativeInFields(message: Pick<Message, "wellKnown">, style: MessageStyle): WellKnownType | undefined {
  return nativeForm(message, style, "field") ?? nativeForm(message, style, "member");
}

function isBareInTsProto(wellKnown: WellKnownType): boolean {
  return nativeTypes.has(wellKnown) || wellKnown === "Timestamp" || wellKnown === "FieldMask";
}

function isBareInProtobufEs(wellKnown: WellKnownType, holder: Holder): boolean {
  if (wellKnown === "Struct") return holder === "field" || holder === "member";
  return wrappedScalar(wellKnown) !== undefined && holder === "field";
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

/** Tells whether a scalar is one of the five 64-bit integers. */
export function isLong(scalar: ScalarType): scalar is LongType {
  return scalar.endsWith("64");
}

/** Tells whether a 64-bit integer is unsigned. */
export function isUnsigned(scalar: ScalarType): boolean {
  return scalar.startsWith("uint") || scalar.startsWith("fixed");
}

/** Tells whether a message of its own (a request, a reply) is a google.protobuf.Value that handlers see as plain JSON: it holds one member or another. */
export function isJsonValue({ style }: Pick<EmitContext, "style">, request: Message): boolean {
  return nativeForm(request, style, "alone") === "Value";
}
