/** Assignments and reads of fields in a style's message objects, as TypeScript expressions and lines. */
import type { FieldShape } from "../../model/api-model.js";
import { type Lines, propertyAccess, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import { zeroValue } from "./initial-value.js";
import type { FieldView, OneofView } from "./message-view.js";
import { readNativeField, withNativeField } from "./native-field.js";
import { isLong } from "./native-type.js";
import { useRuntime } from "./runtime.js";
import type { RuntimeExport } from "./runtime-exports.js";
import { byBytesForm, hasLongObjects, isProtoLoaderStyle } from "./value-form.js";

/** The property of a oneof that is one property, in `target` (an expression). */
export function unionPlace({ property }: OneofView, target: string): string {
  return `${target}${propertyAccess(property)}`;
}

/** A test that some member of a oneof that is one property is set in `target` (an expression). */
export function isChosen(oneof: OneofView, target: string): string {
  return `${unionPlace(oneof, target)}${oneof.form === "cases" ? ".case" : ""} !== undefined`;
}

/** `{ case: "name", value: … }` */
export function chosenMember({ property }: FieldView, value: string): string {
  return `{ case: ${stringLiteral(property)}, value: ${value} }`;
}

/**
 * Lines that store a decoded value in `target`, an identifier: the message, or a variable when the message is a plain value. `value` is an expression that may be evaluated twice when
 * the field `leavesOutZero`; otherwise once. A whole list or map is stored as is.
 */
export function assignField(context: EmitContext, view: FieldView, target: string, value: string): Lines[] {
  const { field, place, property, nameProperty } = view;
  switch (place.kind) {
    case "plain":
      return [`${target} = ${withNativeField(context, place.native, field, value, target)};`];
    case "union":
      return [`${unionPlace(place.oneof, target)} = ${chosenMember(view, value)};`];
    case "property": {
      const assigned = `${target}${propertyAccess(property)} = ${value};`;
      if (view.leavesOutZero) return [`if (${isFilled(context, view, value)}) ${assigned}`];
      return [assigned, ...nameMember(target, nameProperty, property)];
    }
    default:
      return place satisfies never;
  }
}

/** A test that the value of a field is not its zero, an empty list or an empty map. */
function isFilled(context: EmitContext, { field, keyedBy }: FieldView, value: string): string {
  return keyedBy === undefined ? nonZeroTest(context, field.shape, value) : `${value}.size > 0`;
}

/** Assigns as `assignField` does where `guard` (a test) holds. */
export function assignWhere(
  context: EmitContext,
  view: FieldView,
  target: string,
  value: string,
  guard: string,
): Lines[] {
  const { place, property } = view;
  if (place.kind === "property" && view.leavesOutZero) {
    const test = `${guard} && ${isFilled(context, view, value)}`;
    return [`if (${test}) ${target}${propertyAccess(property)} = ${value};`];
  }
  const lines = assignField(context, view, target, value);
  const [only] = lines;
  return lines.length > 1 || typeof only !== "string" ? [`if (${guard}) {`, lines, "}"] : [`if (${guard}) ${only}`];
}

/** The line that stores the name of the member that is set, where the style has a property for it. */
export function nameMember(target: string, nameProperty: string | undefined, property: string): string[] {
  return nameProperty === undefined ? [] : [`${target}${propertyAccess(nameProperty)} = ${stringLiteral(property)};`];
}

/**
 * Assigns as `assignField` does, to a field that may have been set before: by the body, then by the path. A zero that
 * `assignField` leaves out removes the property.
 */
export function replaceField(context: EmitContext, view: FieldView, target: string, value: string): Lines[] {
  const assigned = assignField(context, view, target, value);
  return view.leavesOutZero ? [...assigned, `else delete ${target}${propertyAccess(view.property)};`] : assigned;
}

/** A test that `value` (an expression of a field's type) is not the zero of its shape, `[]` or `{}`. */
export function nonZeroTest(context: EmitContext, shape: FieldShape, value: string): string {
  switch (shape.kind) {
    case "list":
      return `${value}.length > 0`;
    case "map":
      return `Object.keys(${value}).length > 0`;
    case "message":
      return `${value} != null`;
    case "enum":
      return `${value} !== ${zeroValue(context, shape)}`;
    case "scalar":
      if (isLong(shape.scalar) && hasLongObjects(context)) return `!${value}.isZero()`;
      // Not `> 0`: what is no list of bytes has to come to the writer, which refuses it.
      if (shape.scalar === "bytes" && byBytesForm(context, hasLength)) return `${value}.length !== 0`;
      if (shape.scalar === "bool") return value;
      if (shape.scalar === "double" || shape.scalar === "float") return `!Object.is(${value}, 0)`;
      return `${value} !== ${zeroValue(context, shape)}`;
    default:
      return shape satisfies never;
  }
}

/** Lists of bytes; texts are compared. */
const hasLength = { Uint8Array: true, Buffer: true, Array: true, String: false } as const;

/** A line that appends `value` to a list field of `target`. */
export function pushItem(context: EmitContext, view: FieldView, target: string, value: string): string {
  return `${listOrMap(context, view, target, "[]")}.push(${value});`;
}

/**
 * The map of a field of `target` as an expression, made on first use where the style has none. Entries of an object are set with
 * the runtime's `setEntry` (own property also for `__proto__`).
 */
export function mapObject(context: EmitContext, view: FieldView, target: string): string {
  return listOrMap(context, view, target, view.keyedBy === undefined ? "{}" : "new Map()");
}

function listOrMap(context: EmitContext, view: FieldView, target: string, empty: string): string {
  const { property, isInherited, initial } = view;
  const place = `${target}${propertyAccess(property)}`;
  if (initial !== "none") return place;
  if (!isInherited) return `(${place} ??= ${empty})`;
  return `${useOwn(context, "ownOr")}(${target}, ${stringLiteral(property)}, ${empty})`;
}

/**
 * The message that a singular field with a property of its own holds so far, as an expression whose value is undefined where there is
 * none: what a second occurrence on the wire is merged into.
 */
export function heldMessage(context: EmitContext, { property, isInherited }: FieldView, target: string): string {
  const held = isInherited
    ? `${useOwn(context, "ownProperty")}(${target}, ${stringLiteral(property)})`
    : `${target}${propertyAccess(property)}`;
  return isProtoLoaderStyle(context.style) ? `${held} ?? undefined` : held;
}

function useOwn(context: EmitContext, name: RuntimeExport<"own-property">): string {
  return useRuntime(context, "own-property", name);
}

/**
 * The expressions of encoders for a field of `source` (an identifier): `value` reads it, `isSet` tests that it is
 * present (neither undefined nor null; a native Value may be null). Together they narrow: inside `if (isSet)`, `value`
 * has the field's type.
 */
export function readField(
  context: EmitContext,
  view: FieldView,
  source: string,
): { readonly value: string; readonly isSet: string } {
  const { field, place, property } = view;
  switch (place.kind) {
    case "plain":
      return readNativeField(context, place.native, field, source);
    case "union": {
      const union = unionPlace(place.oneof, source);
      return { value: `${union}.value`, isSet: `${union}?.case === ${stringLiteral(property)}` };
    }
    case "property": {
      const value = `${source}${propertyAccess(property)}`;
      const isSet = `${value} ${isJsonField(view) ? "!== undefined" : "!= null"}`;
      const mayBeInherited = view.isInherited || view.hasPrototypeDefault;
      const isOwn = `Object.hasOwn(${source}, ${stringLiteral(property)})`;
      return { value, isSet: mayBeInherited ? `${isOwn} && ${isSet}` : isSet };
    }
    default:
      return place satisfies never;
  }
}

/** Tells whether a field holds a google.protobuf.Value as plain JSON, of which null is one. */
function isJsonField({ field, native }: FieldView): boolean {
  return native?.kind === "Value" && field.shape.kind === "message";
}
