/** Assignments and reads of fields in a style's message objects. */
import type { FieldShape } from "../../model/api-model.js";
import type { Lines, Statement } from "../print/code-file.js";
import {
  binary,
  call,
  callMethod,
  construct,
  every,
  type Expression,
  list,
  member,
  not,
  object,
  optionalMember,
  orElse,
  literal,
} from "../print/expression.js";
import { assign, guard, otherwiseDelete, run, when } from "../print/statement.js";
import type { EmitContext } from "./emit-scope.js";
import { zeroValue } from "./initial-value.js";
import type { FieldView, OneofView } from "./message-view.js";
import { readNativeField, withNativeField } from "./native-field.js";
import { isLong } from "./native-type.js";
import { useRuntime } from "./runtime.js";
import type { RuntimeExport } from "./runtime-exports.js";
import { byBytesForm, hasLongObjects, isProtoLoaderStyle } from "./value-form.js";

/** The property of a oneof that is one property, in `target`. */
export function unionPlace({ property }: OneofView, target: Expression): Expression {
  return member(target, property);
}

/** A test that some member of a oneof that is one property is set in `target`. */
export function isChosen(oneof: OneofView, target: Expression): Expression {
  const union = unionPlace(oneof, target);
  return binary(oneof.form === "cases" ? member(union, "case") : union, "!==", "undefined");
}

/** `{ case: "name", value: … }` */
export function chosenMember({ property }: FieldView, value: Expression): Expression {
  return object(["case", literal(property)], ["value", value]);
}

/**
 * Statements that store a decoded value in `target`: the message, or a variable when the message is a plain value. `value` may be
 * evaluated twice when the field `leavesOutZero`; otherwise once. A whole list or map is stored as is.
 */
export function assignField(context: EmitContext, view: FieldView, target: Expression, value: Expression): Statement[] {
  const { field, place, property, nameProperty } = view;
  switch (place.kind) {
    case "plain":
      return [assign(target, withNativeField(context, place.native, field, value, target))];
    case "union":
      return [assign(unionPlace(place.oneof, target), chosenMember(view, value))];
    case "property": {
      const assigned = assign(member(target, property), value);
      if (view.leavesOutZero) return [guard(isFilled(context, view, value), assigned)];
      return [assigned, ...nameMember(target, nameProperty, property)];
    }
    default:
      return place satisfies never;
  }
}

/** A test that the value of a field is not its zero, an empty list or an empty map. */
function isFilled(context: EmitContext, { field, keyedBy }: FieldView, value: Expression): Expression {
  return keyedBy === undefined ? nonZeroTest(context, field.shape, value) : binary(member(value, "size"), ">", "0");
}

/** Assigns as `assignField` does where `test` holds. */
export function assignWhere(
  context: EmitContext,
  view: FieldView,
  target: Expression,
  value: Expression,
  test: Expression,
): Lines[] {
  const { place, property } = view;
  if (place.kind === "property" && view.leavesOutZero)
    return [guard(every(test, isFilled(context, view, value)), assign(member(target, property), value))];
  const statements = assignField(context, view, target, value);
  const [only, second] = statements;
  return only === undefined || second !== undefined ? when(test, statements) : [guard(test, only)];
}

/** The statement that stores the name of the member that is set, where the style has a property for it. */
export function nameMember(target: Expression, nameProperty: string | undefined, property: string): Statement[] {
  return nameProperty === undefined ? [] : [assign(member(target, nameProperty), literal(property))];
}

/**
 * Assigns as `assignField` does, to a field that may have been set before: by the body, then by the path. A zero that
 * `assignField` leaves out removes the property.
 */
export function replaceField(
  context: EmitContext,
  view: FieldView,
  target: Expression,
  value: Expression,
): Statement[] {
  const assigned = assignField(context, view, target, value);
  return view.leavesOutZero ? [...assigned, otherwiseDelete(member(target, view.property))] : assigned;
}

/** A test that `value`, of a field's type, is not the zero of its shape, `[]` or `{}`. */
export function nonZeroTest(context: EmitContext, shape: FieldShape, value: Expression): Expression {
  switch (shape.kind) {
    case "list":
      return binary(member(value, "length"), ">", "0");
    case "map":
      return binary(member(callMethod("Object", "keys", value), "length"), ">", "0");
    case "message":
      return binary(value, "!=", "null");
    case "enum":
      return binary(value, "!==", zeroValue(context, shape));
    case "scalar":
      if (isLong(shape.scalar) && hasLongObjects(context)) return not(callMethod(value, "isZero"));
      // Not `> 0`: what is no list of bytes has to come to the writer, which refuses it.
      if (shape.scalar === "bytes" && byBytesForm(context, hasLength))
        return binary(member(value, "length"), "!==", "0");
      if (shape.scalar === "bool") return value;
      if (shape.scalar === "double" || shape.scalar === "float") return not(callMethod("Object", "is", value, "0"));
      return binary(value, "!==", zeroValue(context, shape));
    default:
      return shape satisfies never;
  }
}

/** Lists of bytes; texts are compared. */
const hasLength = { Uint8Array: true, Buffer: true, Array: true, String: false } as const;

/** A statement that appends `value` to a list field of `target`. */
export function pushItem(context: EmitContext, view: FieldView, target: Expression, value: Expression): Statement {
  return run(callMethod(listOrMap(context, view, target, list()), "push", value));
}

/**
 * The map of a field of `target`, made on first use where the style has none. Entries of an object are set with the runtime's
 * `setEntry` (own property also for `__proto__`).
 */
export function mapObject(context: EmitContext, view: FieldView, target: Expression): Expression {
  return listOrMap(context, view, target, view.keyedBy === undefined ? object() : construct("Map"));
}

function listOrMap(context: EmitContext, view: FieldView, target: Expression, empty: Expression): Expression {
  const { property, isInherited, initial } = view;
  const place = member(target, property);
  if (initial !== "none") return place;
  if (!isInherited) return binary(place, "??=", empty);
  return call(useOwn(context, "ownOr"), target, literal(property), empty);
}

/**
 * The message that a singular field with a property of its own holds so far, or undefined: what a second occurrence on the wire is
 * merged into.
 */
export function heldMessage(
  context: EmitContext,
  { property, isInherited }: FieldView,
  target: Expression,
): Expression {
  const held = isInherited ? call(useOwn(context, "ownProperty"), target, literal(property)) : member(target, property);
  return isProtoLoaderStyle(context.style) ? orElse(held, "undefined") : held;
}

function useOwn(context: EmitContext, name: RuntimeExport<"own-property">): string {
  return useRuntime(context, "own-property", name);
}

/** The expressions of encoders for a field. */
export interface FieldRead {
  /** The value of the field. */
  readonly value: Expression;
  /** A test that the field is present: neither undefined nor null (a native Value may be null). */
  readonly isSet: Expression;
}

/** Reads a field of `source`. Both expressions together narrow: inside `if (isSet)`, `value` has the field's type. */
export function readField(context: EmitContext, view: FieldView, source: Expression): FieldRead {
  const { field, place, property } = view;
  switch (place.kind) {
    case "plain":
      return readNativeField(context, place.native, field, source);
    case "union": {
      const union = unionPlace(place.oneof, source);
      return {
        value: member(union, "value"),
        isSet: binary(optionalMember(union, "case"), "===", literal(property)),
      };
    }
    case "property": {
      const value = member(source, property);
      const isSet = binary(value, isJsonField(view) ? "!==" : "!=", isJsonField(view) ? "undefined" : "null");
      const mayBeInherited = view.isInherited || view.hasPrototypeDefault;
      const isOwn = callMethod("Object", "hasOwn", source, literal(property));
      return { value, isSet: mayBeInherited ? every(isOwn, isSet) : isSet };
    }
    default:
      return place satisfies never;
  }
}

/** Tells whether a field holds a google.protobuf.Value as plain JSON, of which null is one. */
function isJsonField({ field, native }: FieldView): boolean {
  return native?.kind === "Value" && field.shape.kind === "message";
}
