/** Names, assignments and reads of fields in a style's message objects, as TypeScript expressions and lines. */
import type { Field, Message, Oneof } from "../../model/api-model.js";
import type { MessageStyle } from "../../model/message-style.js";
import { wellKnownType } from "../../model/well-known-types.js";
import { oneofPropertyName, propertyName } from "../../plan/naming.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { elementOf, isProtoLoaderStyle, nativeForm, nativeType, isLong } from "./native-type.js";
import { readNativeField, withNativeField } from "./native-field.js";
import { indexMessage } from "./message-index.js";
import { hasPrototypeDefault, initialValue, zeroValue } from "./initial-value.js";
import { useRuntime } from "./runtime.js";
import type { RuntimeExport } from "./runtime-exports.js";

/**
 * The property that holds a field: its name in the style; `[full.name]` (`.full.name` in proto-loader's styles) for an
 * extension. In a oneof of style `union` it is the `case`. proto-loader has its own copy of google.protobuf.Value, whose names
 * are in camel case whatever `keepCase` says.
 */
export function fieldProperty(field: Field, style: MessageStyle): string {
  if (field.extendee !== undefined) return isProtoLoaderStyle(style) ? `.${field.fullName}` : `[${field.fullName}]`;
  if (isProtoLoaderStyle(style) && field.fullName.startsWith("google.protobuf.Value."))
    return propertyName(field, { ...style, names: "protobufjs" });
  return propertyName(field, style);
}

/** The oneof whose property holds the field as `{ case, value }`; undefined when the field has a property of its own. */
export function unionOf(message: Message, field: Field, style: MessageStyle): Oneof | undefined {
  if (nativeForm(message, style, "alone") !== undefined) return undefined;
  return style.oneofs === "union" || style.oneofs === "cases" ? oneofOf(message, field) : undefined;
}

/** A test that some member of a oneof that is one property, `union` (an expression), is set. */
export function isChosen(style: MessageStyle, union: string): string {
  return `${union}${style.oneofs === "cases" ? ".case" : ""} !== undefined`;
}

/** The (real) oneof that the field is a member of. */
export function oneofOf(message: Message, field: Field): Oneof | undefined {
  return field.oneof === undefined ? undefined : indexMessage(message).oneofs.get(field.oneof)?.oneof;
}

/**
 * Lines that store a decoded value in `target`, an identifier: the message, or a variable when the message is a plain value. `value` is an expression that may be evaluated twice when
 * `isTestedBeforeAssignment`; otherwise once. A whole list or map is stored as is.
 */
export function assignField(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  value: string,
): Lines[] {
  const native = nativeForm(message, context.style, "alone");
  if (native !== undefined) return [`${target} = ${withNativeField(context, native, field, value, target)};`];
  const oneof = unionOf(message, field, context.style);
  const place = `${target}${propertyAccess(fieldProperty(field, context.style))}`;
  if (oneof !== undefined) {
    const union = `${target}${propertyAccess(oneofPropertyName(oneof, context.style))}`;
    return [`${union} = { case: ${stringLiteral(fieldProperty(field, context.style))}, value: ${value} };`];
  }
  if (isTestedBeforeAssignment(context, field))
    return [`if (${nonZeroTest(context, field, value)}) ${place} = ${value};`];
  const virtual = virtualOneof(message, field, context.style);
  if (virtual === undefined) return [`${place} = ${value};`];
  return [
    `${place} = ${value};`,
    `${target}${propertyAccess(virtual)} = ${stringLiteral(fieldProperty(field, context.style))};`,
  ];
}

/**
 * Assigns as `assignField` does, to a field that may have been set before: by the body, then by the path. A zero that
 * `assignField` leaves out removes the property.
 */
export function replaceField(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  value: string,
): Lines[] {
  const assigned = assignField(context, message, field, target, value);
  if (!isTestedBeforeAssignment(context, field)) return assigned;
  return [...assigned, `else delete ${target}${propertyAccess(fieldProperty(field, context.style))};`];
}

/** The property that proto-loader's `oneofs: true` sets to the name of the member; `_name` for a proto3 `optional`. */
export function virtualOneof(message: Message, field: Field, style: MessageStyle): string | undefined {
  if (style.oneofs !== "virtual") return undefined;
  if (field.proto3Optional) return `_${propertyName(field, style)}`;
  const oneof = oneofOf(message, field);
  return oneof === undefined ? undefined : oneofPropertyName(oneof, style);
}

/**
 * Tells whether `assignField` leaves the property out for a zero value, an empty list or an empty map: without `defaults` a zero
 * of a field without presence is not there, because it never crosses the wire.
 */
export function isTestedBeforeAssignment(context: EmitContext, field: Field): boolean {
  if (isInPlainValue(field, context.style)) return false;
  return field.presence === "implicit" && field.oneof === undefined && initialValue(context, field) === undefined;
}

/** Tells whether the field's message is a plain value where no field holds it, as requests and replies are. */
function isInPlainValue({ fullName }: Field, style: MessageStyle): boolean {
  const wellKnown = wellKnownType(fullName.slice(0, fullName.lastIndexOf(".")));
  return wellKnown !== undefined && nativeForm({ wellKnown }, style, "alone") !== undefined;
}

/** A test that `value` (an expression of the field's type) is not the field's zero, `[]` or `{}`. */
export function nonZeroTest(context: EmitContext, field: Field, value: string): string {
  const { shape } = field;
  if (shape.kind === "list") return `${value}.length > 0`;
  if (shape.kind === "map") return `Object.keys(${value}).length > 0`;
  if (shape.kind === "message") return `${value} != null`;
  if (shape.kind === "scalar" && isLong(shape.scalar) && context.style.longs === "Long") return `!${value}.isZero()`;
  // Not `> 0`: what is no list of bytes has to come to the writer, which refuses it.
  if (shape.kind === "scalar" && shape.scalar === "bytes" && context.style.bytes !== "String")
    return `${value}.length !== 0`;
  if (shape.kind === "scalar" && shape.scalar === "bool") return value;
  if (shape.kind === "scalar" && (shape.scalar === "double" || shape.scalar === "float"))
    return `!Object.is(${value}, 0)`;
  return `${value} !== ${zeroValue(context, shape)}`;
}

/** A line that appends `value` to a list field of `target`. */
export function pushItem(context: EmitContext, field: Field, target: string, value: string): string {
  return `${listOrMap(context, field, target, "[]")}.push(${value});`;
}

/**
 * The map object of a field of `target` as an expression, made on first use where the style has none. Entries are set with
 * the runtime's `setEntry` (own property also for `__proto__`).
 */
export function mapObject(context: EmitContext, field: Field, target: string): string {
  return listOrMap(context, field, target, "{}");
}

function listOrMap(context: EmitContext, field: Field, target: string, empty: string): string {
  const property = fieldProperty(field, context.style);
  const place = `${target}${propertyAccess(property)}`;
  if (initialValue(context, field) !== undefined) return place;
  if (!isInherited(property)) return `(${place} ??= ${empty})`;
  return `${ownFunction(context, "ownOr")}(${target}, ${stringLiteral(property)}, ${empty})`;
}

/** The own property of `target` under a name that it also inherits. */
export function ownValue(context: EmitContext, property: string, target: string): string {
  return `${ownFunction(context, "ownValue")}(${target}, ${stringLiteral(property)})`;
}

function ownFunction(context: EmitContext, name: RuntimeExport<"own-value">): string {
  return useRuntime(context, "own-value", name);
}

/**
 * The expressions of encoders for a field of `source` (an identifier): `value` reads it, `isSet` tests that it is
 * present (neither undefined nor null; a native Value may be null). Together they narrow: inside `if (isSet)`, `value`
 * has the field's type.
 */
export function readField(
  context: EmitContext,
  message: Message,
  field: Field,
  source: string,
): { readonly value: string; readonly isSet: string } {
  const native = nativeForm(message, context.style, "alone");
  if (native !== undefined) return readNativeField(context, native, field, source);
  const property = fieldProperty(field, context.style);
  const oneof = unionOf(message, field, context.style);
  if (oneof !== undefined) {
    const union = `${source}${propertyAccess(oneofPropertyName(oneof, context.style))}`;
    return { value: `${union}.value`, isSet: `${union}?.case === ${stringLiteral(property)}` };
  }
  const value = `${source}${propertyAccess(property)}`;
  const isNativeValue = nativeType(context, elementOf(field)) === "Value" && field.shape.kind === "message";
  const isSet = `${value} ${isNativeValue ? "!== undefined" : "!= null"}`;
  return {
    value,
    isSet:
      isInherited(property) || hasPrototypeDefault(field, context.style)
        ? `Object.hasOwn(${source}, ${stringLiteral(property)}) && ${isSet}`
        : isSet,
  };
}

/** Tells whether every object has a property of this name from Object.prototype, so that reading an absent one finds something. */
export function isInherited(property: string): boolean {
  return property in Object.prototype;
}
