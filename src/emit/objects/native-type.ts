/** The content of fields: the shape of one value, and the well-known types that are plain values in a style. */
import type { ElementShape, Field, Message, ScalarType, WellKnownType } from "../../model/api-model.js";
import type { MessageStyle } from "../message-style.js";
import { wellKnownType } from "../../model/well-known-types.js";

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

/** A plain value that stands for a well-known type: the scalar of a wrapper, or the value of that type. */
export type NativeForm =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "FieldMask" | "ListValue" | "Struct" | "Timestamp" | "Value" };

/** The holders in which a type is a plain value, by the `wellKnownTypes` of the style; in style `message` none is. */
type PlainHolders = Readonly<Record<Exclude<MessageStyle["wellKnownTypes"], "message">, readonly Holder[]>>;

interface PlainType {
  readonly form: NativeForm;
  readonly holders: PlainHolders;
}

const everywhere: readonly Holder[] = ["field", "member", "jsonValue", "alone"];
const inFields: readonly Holder[] = ["field", "member", "jsonValue"];

function wrapper(scalar: ScalarType): PlainType {
  return {
    form: { kind: "scalar", scalar },
    holders: { native: everywhere, "ts-proto": inFields, "protobuf-es": ["field"] },
  };
}

function plainJson(kind: "ListValue" | "Struct" | "Value", protobufEs: readonly Holder[]): PlainType {
  return { form: { kind }, holders: { native: everywhere, "ts-proto": inFields, "protobuf-es": protobufEs } };
}

function parsed(kind: "FieldMask" | "Timestamp"): PlainType {
  return { form: { kind }, holders: { native: [], "ts-proto": inFields, "protobuf-es": [] } };
}

/** Every well-known type; undefined for those that are messages in every style. */
const plainTypes: Readonly<Record<WellKnownType, PlainType | undefined>> = {
  Any: undefined,
  Duration: undefined,
  Empty: undefined,
  FieldMask: parsed("FieldMask"),
  ListValue: plainJson("ListValue", []),
  Struct: plainJson("Struct", ["field", "member"]),
  Timestamp: parsed("Timestamp"),
  Value: plainJson("Value", []),
  BoolValue: wrapper("bool"),
  BytesValue: wrapper("bytes"),
  DoubleValue: wrapper("double"),
  FloatValue: wrapper("float"),
  Int32Value: wrapper("int32"),
  Int64Value: wrapper("int64"),
  StringValue: wrapper("string"),
  UInt32Value: wrapper("uint32"),
  UInt64Value: wrapper("uint64"),
};

/** The plain value that a message is in `holder`; undefined for a message object. */
export function nativeForm(
  { wellKnown }: Pick<Message, "wellKnown">,
  { wellKnownTypes }: MessageStyle,
  holder: Holder,
): NativeForm | undefined {
  if (wellKnown === undefined || wellKnownTypes === "message") return undefined;
  const plain = plainTypes[wellKnown];
  return plain?.holders[wellKnownTypes].includes(holder) === true ? plain.form : undefined;
}

/** The plain value that an element is; undefined for a message object, a scalar and an enum. */
export function nativeElement(shape: HeldShape, style: MessageStyle): NativeForm | undefined {
  if (shape.kind !== "message") return undefined;
  const wellKnown = wellKnownType(shape.fullName);
  return wellKnown === undefined ? undefined : nativeForm({ wellKnown }, style, shape.holder);
}

/** The plain value that a message is in one kind of field or another. */
export function nativeInFields(declared: Pick<Message, "wellKnown">, style: MessageStyle): NativeForm | undefined {
  return nativeForm(declared, style, "field") ?? nativeForm(declared, style, "member");
}

/** Tells whether a scalar is one of the five 64-bit integers. */
export function isLong(scalar: ScalarType): scalar is LongType {
  return scalar.endsWith("64");
}

/** Tells whether a 64-bit integer is unsigned. */
export function isUnsigned(scalar: ScalarType): boolean {
  return scalar.startsWith("uint") || scalar.startsWith("fixed");
}
