/**
 * Messages, fields and oneofs as the objects of one message style have them. Each view is made once for a message and a style; emitters
 * ask it, and never the style.
 */
import type { Field, Message, Oneof, ScalarType } from "../../model/api-model.js";
import type { MessageStyle } from "../message-style.js";
import { oneofPropertyName, propertyName } from "../names/property-names.js";
import type { EmitContext, EmitScope } from "./emit-scope.js";
import { indexMessage } from "./message-index.js";
import { elementOf, type HeldShape, isLong, type NativeForm, nativeElement, nativeForm } from "./native-type.js";
import { isProtobufEsStyle, isProtoLoaderStyle } from "./value-form.js";

/** A message in a style. */
export interface MessageView {
  readonly message: Message;
  /** In declaration order, then the extensions that are planned. */
  readonly fields: readonly FieldView[];
  /** Fields by full name. */
  readonly byName: ReadonlyMap<string, FieldView>;
  /** In declaration order. */
  readonly oneofs: readonly OneofView[];
  /** The plain value that the message is where no field holds it, as requests and replies are. */
  readonly native: NativeForm | undefined;
}

/** A field in a style. */
export interface FieldView {
  readonly field: Field;
  /** The field itself, a list's items or a map's values. */
  readonly element: HeldShape;
  /** The plain value that the element is. */
  readonly native: NativeForm | undefined;
  /** The type of the keys of a map that is a Map; undefined for maps that are plain objects. */
  readonly keyedBy: ScalarType | undefined;
  /**
   * The property: the field's name in the style; `[full.name]` (`.full.name` in proto-loader's styles) for an extension. In a
   * oneof that is one property it is the `case`.
   */
  readonly property: string;
  /** Whether every object has such a property from Object.prototype, so that reading an absent one finds something. */
  readonly isInherited: boolean;
  readonly place: Place;
  readonly oneof: OneofView | undefined;
  /** The property that holds the member's name as well, where there is one; `_name` for a proto3 `optional`. */
  readonly nameProperty: string | undefined;
  readonly initial: InitialForm;
  /** Whether the default is on the prototype of the message, so that the field is set only where the object has the property itself. */
  readonly hasPrototypeDefault: boolean;
  /** Whether a zero, an empty list or an empty map is left out, because it would not cross the wire either. */
  readonly leavesOutZero: boolean;
}

/** A (real) oneof in a style. */
export interface OneofView {
  readonly oneof: Oneof;
  /** The property named after the oneof. */
  readonly property: string;
  /**
   * `members`: a property for each member. `named`: the same, and one that holds the member's name. `union`: one property that is
   * `{ case, value }` or undefined. `cases`: the same, but always an object.
   */
  readonly form: "members" | "named" | "union" | "cases";
  /** In declaration order. */
  readonly members: readonly FieldView[];
  /** A local name that no other oneof of the message has: `hasChoice`. */
  readonly flag: string;
}

/** The place of a field's value in a message object. */
export type Place =
  | { readonly kind: "property" }
  /** As `{ case, value }` in the property of the oneof. */
  | { readonly kind: "union"; readonly oneof: OneofView }
  /** The message is a plain value where no field holds it. */
  | { readonly kind: "plain"; readonly native: NativeForm };

/** The value of a field in a new message: `none` is no property, `default` the declared default or the zero. */
export type InitialForm = "none" | "list" | "map" | "keyedMap" | "null" | "undefined" | "default";

/** The view of a message in the style of the file that is being written. */
export function viewMessage(context: EmitContext, message: Message): MessageView {
  return viewInStyle(context, message, context.style);
}

/** The view of a message by its full name. */
export function viewNamed(context: EmitContext, fullName: string): MessageView {
  return viewMessage(context, context.index.message(fullName, context.style).plan.message);
}

/** The view of a field of `message`. */
export function viewField(context: EmitContext, message: Message, { fullName }: Field): FieldView {
  const view = viewMessage(context, message).byName.get(fullName);
  if (view === undefined) throw new Error(`${message.fullName} has no field ${fullName}`);
  return view;
}

/** The view of a message in any style. */
export function viewInStyle(scope: EmitScope, message: Message, style: MessageStyle): MessageView {
  const known = scope.views.get(style) ?? new Map<string, MessageView>();
  scope.views.set(style, known);
  const view = known.get(message.fullName) ?? makeView(scope, message, style);
  known.set(message.fullName, view);
  return view;
}

function makeView(scope: EmitScope, message: Message, style: MessageStyle): MessageView {
  const oneofs = new Map<string, OneofView & { readonly members: FieldView[] }>();
  for (const { oneof, flag } of indexMessage(message).oneofs.values()) {
    const property = oneofPropertyName(oneof, style);
    oneofs.set(oneof.name, { oneof, property, form: oneofForms[style.oneofs], members: [], flag });
  }
  const native = nativeForm(message, style, "alone");
  const fields = fieldsOf(scope, message, style).map((field) => {
    const oneof = field.oneof === undefined ? undefined : oneofs.get(field.oneof);
    const view = makeFieldView(field, style, oneof, native);
    oneof?.members.push(view);
    return view;
  });
  const byName = new Map(fields.map((view) => [view.field.fullName, view]));
  return { message, fields, byName, oneofs: [...oneofs.values()], native };
}

const oneofForms = { flat: "members", virtual: "named", union: "union", cases: "cases" } as const;

/** The fields of a message in declaration order, then its planned extensions. */
function fieldsOf(scope: EmitScope, message: Message, style: MessageStyle): readonly Field[] {
  const extensions = scope.extensions.get(message.fullName) ?? [];
  return [...message.fields, ...extensions.filter((field) => isPlanned(scope, field, style))];
}

function isPlanned({ index }: EmitScope, field: Field, style: MessageStyle): boolean {
  const element = elementOf(field);
  return element.kind === "scalar" || index.has(element.fullName, style);
}

function makeFieldView(
  field: Field,
  style: MessageStyle,
  oneof: OneofView | undefined,
  holder: NativeForm | undefined,
): FieldView {
  const element = elementOf(field);
  const property = fieldProperty(field, style);
  const initial = initialForm(field, style);
  const isLeftOut = field.presence === "implicit" && field.oneof === undefined && initial === "none";
  return {
    field,
    element,
    native: nativeElement(element, style),
    keyedBy: keyOfMap(field, style),
    property,
    isInherited: property in Object.prototype,
    place: placeOf(oneof, holder),
    oneof,
    nameProperty: nameProperty(field, style, oneof),
    initial,
    hasPrototypeDefault: hasPrototypeDefault(field, style),
    leavesOutZero: holder === undefined && isLeftOut,
  };
}

function placeOf(oneof: OneofView | undefined, holder: NativeForm | undefined): Place {
  if (holder !== undefined) return { kind: "plain", native: holder };
  return oneof?.form === "union" || oneof?.form === "cases" ? { kind: "union", oneof } : { kind: "property" };
}

/** proto-loader has its own copy of google.protobuf.Value, whose names are in camel case whatever `keepCase` says. */
function fieldProperty(field: Field, style: MessageStyle): string {
  if (field.extendee !== undefined) return isProtoLoaderStyle(style) ? `.${field.fullName}` : `[${field.fullName}]`;
  if (isProtoLoaderStyle(style) && field.fullName.startsWith("google.protobuf.Value."))
    return propertyName(field, { ...style, names: "protobufjs" });
  return propertyName(field, style);
}

function nameProperty(field: Field, style: MessageStyle, oneof: OneofView | undefined): string | undefined {
  if (style.oneofs !== "virtual") return undefined;
  return field.proto3Optional ? `_${propertyName(field, style)}` : oneof?.property;
}

/** https://github.com/grpc/grpc-node/tree/master/packages/proto-loader#usage: `defaults`, `arrays`, `objects`. */
function initialForm(field: Field, style: MessageStyle): InitialForm {
  if (field.extendee !== undefined && !isProtoLoaderStyle(style)) return "none";
  // Its property is that of the oneof.
  if (field.oneof !== undefined && (style.oneofs === "union" || style.oneofs === "cases")) return "none";
  if (field.shape.kind === "list") return style.arrays || style.defaults ? "list" : "none";
  if (field.shape.kind === "map") return style.objects || style.defaults ? mapForm(field, style) : "none";
  if (style.absentMessages === "property" && field.presence === "explicit") return "undefined";
  if (hasPrototypeDefault(field, style)) return "none";
  if (!style.defaults || field.oneof !== undefined || field.proto3Optional) return "none";
  if (isProtoLoaderStyle(style)) return field.shape.kind === "message" ? "null" : "default";
  return field.presence === "explicit" || field.shape.kind === "message" ? "none" : "default";
}

function mapForm(field: Field, style: MessageStyle): InitialForm {
  return keyOfMap(field, style) === undefined ? "map" : "keyedMap";
}

/** ts-proto has a Map where keys are bool, or 64-bit integers that are a bigint or a Long. */
function keyOfMap({ shape }: Field, { names, longs }: MessageStyle): ScalarType | undefined {
  if (names !== "ts-proto" || shape.kind !== "map") return undefined;
  const isBig = isLong(shape.key) && (longs === "BigInt" || longs === "Long");
  return shape.key === "bool" || isBig ? shape.key : undefined;
}

/** protobuf-es: singular scalars and enums of proto2 and editions. */
function hasPrototypeDefault(field: Field, style: MessageStyle): boolean {
  if (!isProtobufEsStyle(style) || field.extendee !== undefined || field.oneof !== undefined) return false;
  if (field.shape.kind !== "scalar" && field.shape.kind !== "enum") return false;
  return field.presence !== "implicit" && !field.proto3Optional;
}
