/**
 * The forms of single values in the message objects of a style, and conversions to them. Formats name their readers and writers of each
 * form in a table, and ask here which of them a style takes.
 */
import type { EnumValue, ScalarType } from "../../model/api-model.js";
import type { MessageStyle } from "../message-style.js";
import { call, callMethod, construct, type Expression, list, spread, literal } from "../print/expression.js";
import type { EmitContext } from "./emit-scope.js";
import { isUnsigned } from "./native-type.js";

/** The forms of 64-bit integers. */
export type LongForm = MessageStyle["longs"];

/** The forms of bytes. */
export type BytesForm = MessageStyle["bytes"];

type WithStyle = Pick<EmitContext, "style">;

/** Tells whether message objects are what proto-loader makes. */
export function isProtoLoaderStyle(style: MessageStyle): boolean {
  return style.absentMessages === "null";
}

/** Tells whether message objects are what @bufbuild/protobuf makes. */
export function isProtobufEsStyle(style: MessageStyle): boolean {
  return style.typeNames;
}

/** Tells whether replies are converted as protobufjs' `fromObject` does: integers and enum values of another type, null in a map. */
export function takesLooseReplies({ style }: WithStyle): boolean {
  return isProtoLoaderStyle(style);
}

/** Tells whether a message keeps its unknown fields in a list of its own, `$unknown`. */
export function listsUnknownFields({ style }: WithStyle): boolean {
  return isProtobufEsStyle(style);
}

/** Tells whether enum values are names in message objects, and not numbers. */
export function namesEnums({ style }: WithStyle): boolean {
  return style.enums === "String";
}

/** An enum value in a message object. */
export function enumLiteral(context: WithStyle, { name, number }: Pick<EnumValue, "name" | "number">): Expression {
  return namesEnums(context) ? literal(name) : String(number);
}

/** Tells whether 64-bit integers are objects of the `long` package. */
export function hasLongObjects({ style }: WithStyle): boolean {
  return style.longs === "Long";
}

/** Tells whether an absent member of a oneof is a property that is undefined, and not no property. */
export function keepsUnsetMembers({ style }: WithStyle): boolean {
  return style.absentMessages === "property";
}

/** The form of 64-bit integers. */
export function longFormOf({ style }: WithStyle): LongForm {
  return style.longs;
}

/** The entry of a format's table for the form of 64-bit integers. */
export function byLongForm<T>({ style }: WithStyle, table: Readonly<Record<LongForm, T>>): T {
  return table[style.longs];
}

/** The entry of a format's table for the form of bytes. */
export function byBytesForm<T>({ style }: WithStyle, table: Readonly<Record<BytesForm, T>>): T {
  return table[style.bytes];
}

/** The local name of the default export of the `long` package. */
export function longClass({ file }: Pick<EmitContext, "file">): string {
  return file.use("npm:long", "default");
}

/** A 64-bit integer in the style, of a bigint. */
export function longOfBigInt(context: EmitContext, scalar: ScalarType, value: Expression): Expression {
  switch (context.style.longs) {
    case "BigInt":
      return value;
    case "String":
      return call("String", value);
    case "Number":
      return call("Number", value);
    case "Long":
      return longOfText(context, scalar, call("String", value));
    default:
      return context.style.longs satisfies never;
  }
}

/** A Long of its decimal text. */
export function longOfText(context: Pick<EmitContext, "file">, scalar: ScalarType, text: Expression): Expression {
  return callMethod(longClass(context), "fromString", text, ...(isUnsigned(scalar) ? ["true"] : []));
}

/** A signed 64-bit integer in the style, of a number. */
export function longOfNumber(context: EmitContext, value: Expression): Expression {
  switch (context.style.longs) {
    case "BigInt":
      return call("BigInt", value);
    case "String":
      return call("String", value);
    case "Number":
      return value;
    case "Long":
      return callMethod(longClass(context), "fromNumber", value);
    default:
      return context.style.longs satisfies never;
  }
}

/** Bytes in the style, of a Uint8Array. `isOther`: it may be a Buffer or belong to somebody else, so it is copied. */
export function bytesInStyle(context: EmitContext, value: Expression, isOther: boolean): Expression {
  switch (context.style.bytes) {
    case "Uint8Array":
      return isOther ? construct("Uint8Array", value) : value;
    case "Buffer":
      return callMethod("Buffer", "from", value);
    case "String":
      return callMethod(callMethod("Buffer", "from", value), "toString", literal("base64"));
    case "Array":
      return list(spread(value));
    default:
      return context.style.bytes satisfies never;
  }
}
