/**
 * How the message objects of a style are typed, made, filled and read, as TypeScript expressions and lines. The codecs and
 * the query binding all write message objects through these builders, so that they agree on every style.
 */
import type { ElementShape, Field, Message, Oneof, ScalarType, WellKnownType } from "../model/api-model.js";
import type { MessageStyle } from "../model/message-style.js";
import { oneofPropertyName, propertyName } from "../plan/naming.js";
import type { Plan } from "../plan/plan.js";
import type { PlanIndex } from "../plan/plan-index.js";
import { indexPlan, styleKey } from "../plan/plan-index.js";
import { type CodeFile, type Lines, propertyAccess, propertyKey, stringLiteral } from "./code-file.js";
import { runtimeModule, typesModule } from "./modules.js";

/** What every emitter of one plan shares; made once per plan by `indexEmission`. */
export interface EmitScope {
  readonly plan: Plan;
  readonly index: PlanIndex;
  /** The extensions that can be set on a message, by the full name of the message; in order of full name. */
  readonly extensions: ReadonlyMap<string, readonly Field[]>;
}

/** A file being written in one message style. */
export interface EmitContext extends EmitScope {
  readonly file: CodeFile;
  readonly style: MessageStyle;
}

/** Indexes a plan for the emitters. */
export function indexEmission(plan: Plan): EmitScope {
  const extensions = new Map<string, Field[]>();
  const add = (field: Field): void => {
    const extendee = field.extendee ?? "";
    extensions.set(extendee, [...(extensions.get(extendee) ?? []), field]);
  };
  const visit = (message: Message): void => {
    for (const field of message.extensions) add(field);
    for (const nested of message.messages) visit(nested);
  };
  for (const file of plan.model.files) {
    for (const field of file.extensions) add(field);
    for (const message of file.messages) visit(message);
  }
  for (const fields of extensions.values()) fields.sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
  return { plan, index: indexPlan(plan), extensions };
}

/** The fields of a message in declaration order, then its planned extensions. */
export function messageFields(scope: EmitScope, message: Message, style: MessageStyle): readonly Field[] {
  const extensions = scope.extensions.get(message.fullName) ?? [];
  return [...message.fields, ...extensions.filter((field) => isPlanned(scope, field, style))];
}

function isPlanned(scope: EmitScope, field: Field, style: MessageStyle): boolean {
  const element = elementOf(field);
  if (element.kind === "scalar") return true;
  const key = styleKey(style);
  return scope.plan.modules.some(
    (module) =>
      styleKey(module.style) === key &&
      (element.kind === "enum"
        ? module.enums.some((planned) => planned.enum.fullName === element.fullName)
        : module.messages.some((planned) => planned.message.fullName === element.fullName)),
  );
}

/** The shape of the field itself, of a list's items or of a map's values. */
export function elementOf(field: Field): ElementShape {
  const { shape } = field;
  if (shape.kind === "list") return shape.item;
  return shape.kind === "map" ? shape.value : shape;
}

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

/** Whether message objects are what proto-loader makes, and replies are as loose as what it accepts. */
export function isProtoLoaderStyle(style: MessageStyle): boolean {
  return style.absentMessages === "null";
}

/** The oneof whose property holds the field as `{ case, value }`; undefined when the field has a property of its own. */
export function unionOf(message: Message, field: Field, style: MessageStyle): Oneof | undefined {
  return style.oneofs === "union" ? oneofOf(message, field) : undefined;
}

/** The (real) oneof that the field is a member of. */
export function oneofOf(message: Message, field: Field): Oneof | undefined {
  return field.oneof === undefined ? undefined : message.oneofs.find((oneof) => oneof.name === field.oneof);
}

/**
 * The well-known type that the style represents as a plain value, undefined for an ordinary message. `native` styles:
 * Struct, Value and ListValue as JSON, wrappers as the value that they wrap.
 */
export function nativeType(context: EmitContext, shape: ElementShape): WellKnownType | undefined {
  if (shape.kind !== "message" || context.style.wellKnownTypes !== "native") return undefined;
  const { wellKnown } = context.index.message(shape.fullName, context.style).plan.message;
  return wellKnown !== undefined && nativeTypes.has(wellKnown) ? wellKnown : undefined;
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

/** The TypeScript type of one value. */
export function elementType(context: EmitContext, shape: ElementShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarType(context, shape.scalar);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      return context.file.useType(typesModule(context.plan.layout, module), plan.name);
    }
    case "message":
      return messageType(context, shape.fullName);
    default:
      return shape satisfies never;
  }
}

/** The TypeScript type of a message object; for a native well-known type that of the plain value. */
export function messageType(context: EmitContext, fullName: string): string {
  const native = nativeType(context, { kind: "message", fullName, delimited: false });
  return native === undefined ? messageInterface(context, fullName) : nativeTypeText(context, native);
}

/**
 * The TypeScript type of what a handler may return for a message: the message type, or in proto-loader's styles
 * `MessageInput<…>`, which accepts what protobufjs' `fromObject` accepts.
 */
export function replyType(context: EmitContext, fullName: string): string {
  const type = messageType(context, fullName);
  if (!isProtoLoaderStyle(context.style)) return type;
  return `${context.file.useType(runtimeModule(context.plan.layout, "message-input"), "MessageInput")}<${type}>`;
}

function messageInterface(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.useType(typesModule(context.plan.layout, module), plan.name);
}

/** The plain type behind a native well-known type: `bigint`, `JsonObject` … */
export function nativeTypeText(context: EmitContext, native: WellKnownType): string {
  const scalar = wrappedScalar(native);
  if (scalar !== undefined) return scalarType(context, scalar);
  const json = runtimeModule(context.plan.layout, "json");
  if (native === "Struct") return context.file.useType(json, "JsonObject");
  const value = context.file.useType(json, "JsonValue");
  return native === "ListValue" ? `${value}[]` : value;
}

function scalarType(context: EmitContext, scalar: ScalarType): string {
  if (isLong(scalar)) {
    const types = { BigInt: "bigint", String: "string", Number: "number" } as const;
    return context.style.longs === "Long" ? context.file.useType("npm:long", "default") : types[context.style.longs];
  }
  if (scalar === "bytes") {
    const types = { Uint8Array: "Uint8Array", Buffer: "Buffer", String: "string", Array: "number[]" } as const;
    return types[context.style.bytes];
  }
  return scalar === "string" ? "string" : scalar === "bool" ? "boolean" : "number";
}

/** The TypeScript type of a field's value when it is set: an element, `T[]`, or `{ [key: string]: T }`. */
export function fieldType(context: EmitContext, field: Field): string {
  const element = elementType(context, elementOf(field));
  if (field.shape.kind === "map") return `{ [key: string]: ${element} }`;
  if (field.shape.kind !== "list") return element;
  return /[ |]/.test(element) ? `(${element})[]` : `${element}[]`;
}

/**
 * What a fresh message has for the field before anything is decoded, as an expression; undefined when the property is not
 * there. https://github.com/grpc/grpc-node/tree/master/packages/proto-loader#usage: `defaults`, `arrays`, `objects`.
 */
export function initialValue(context: EmitContext, field: Field): string | undefined {
  const { style } = context;
  if (field.extendee !== undefined) return undefined;
  if (field.shape.kind === "list") return style.arrays || style.defaults ? "[]" : undefined;
  if (field.shape.kind === "map") return style.objects || style.defaults ? "{}" : undefined;
  if (!style.defaults || field.oneof !== undefined || field.proto3Optional) return undefined;
  if (isProtoLoaderStyle(style)) return field.shape.kind === "message" ? "null" : defaultValue(context, field);
  return field.presence === "explicit" || field.shape.kind === "message" ? undefined : defaultValue(context, field);
}

/** The members of the object literal of a fresh message: `name: ""`. */
export function initialMembers(context: EmitContext, message: Message): string[] {
  return messageFields(context, message, context.style).flatMap((field) => {
    const value = initialValue(context, field);
    return value === undefined ? [] : [`${propertyKey(fieldProperty(field, context.style))}: ${value}`];
  });
}

/** The declared default of a singular scalar or enum field, else its zero, as an expression. */
export function defaultValue(context: EmitContext, field: Field): string {
  const { shape, defaultValue: declared } = field;
  if (declared === undefined || shape.kind === "list" || shape.kind === "map")
    return zeroValue(context, elementOf(field));
  if (shape.kind === "scalar") return scalarLiteral(context, shape.scalar, declared);
  if (shape.kind === "message") return zeroValue(context, shape);
  const values = context.index.enum(shape.fullName, context.style).plan.enum.values;
  const value = values.find((candidate) => candidate.name === declared);
  return context.style.enums === "String" ? stringLiteral(declared) : String(value?.number ?? 0);
}

/**
 * The zero of an element as an expression: `""`, `0n`, an enum's first value. Messages have none of their own: native
 * wrappers give the zero of the value, Struct `{}`, ListValue `[]`, Value and every other message `null`.
 */
export function zeroValue(context: EmitContext, shape: ElementShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarZero(context, shape.scalar);
    case "enum": {
      const [first] = context.index.enum(shape.fullName, context.style).plan.enum.values;
      return context.style.enums === "String" ? stringLiteral(first?.name ?? "") : String(first?.number ?? 0);
    }
    case "message": {
      const native = nativeType(context, shape);
      const scalar = wrappedScalar(native);
      if (scalar !== undefined) return scalarZero(context, scalar);
      return native === "Struct" ? "{}" : native === "ListValue" ? "[]" : "null";
    }
    default:
      return shape satisfies never;
  }
}

/** The zero of a scalar in the style, as an expression. */
export function scalarZero(context: EmitContext, scalar: ScalarType): string {
  return scalarLiteral(
    context,
    scalar,
    scalar === "string" || scalar === "bytes" ? "" : scalar === "bool" ? "false" : "0",
  );
}

function scalarLiteral(context: EmitContext, scalar: ScalarType, text: string): string {
  if (isLong(scalar)) return longLiteral(context, scalar, text);
  switch (scalar) {
    case "string":
      return stringLiteral(text);
    case "bytes":
      return bytesLiteral(context, text);
    case "double":
    case "float":
      return { inf: "Infinity", "-inf": "-Infinity", nan: "NaN" }[text] ?? String(Number(text)).replace("e+", "e");
    default:
      return text;
  }
}

function longLiteral(context: EmitContext, scalar: ScalarType, text: string): string {
  switch (context.style.longs) {
    case "BigInt":
      return `${text}n`;
    case "String":
      return stringLiteral(text);
    case "Number":
      return String(Number(text));
    case "Long": {
      const long = context.file.use("npm:long", "default");
      if (text === "0") return isUnsigned(scalar) ? `${long}.UZERO` : `${long}.ZERO`;
      return `${long}.fromString(${stringLiteral(text)}${isUnsigned(scalar) ? ", true" : ""})`;
    }
    default:
      return context.style.longs satisfies never;
  }
}

function bytesLiteral(context: EmitContext, latin1: string): string {
  const bytes = Buffer.from(latin1, "latin1");
  const list = `[${[...bytes].join(", ")}]`;
  switch (context.style.bytes) {
    case "Uint8Array":
      return latin1 === "" ? "new Uint8Array(0)" : `new Uint8Array(${list})`;
    case "Buffer":
      return latin1 === "" ? "Buffer.alloc(0)" : `Buffer.from(${list})`;
    case "String":
      return stringLiteral(bytes.toString("base64"));
    case "Array":
      return list;
    default:
      return context.style.bytes satisfies never;
  }
}

/**
 * Lines that store a decoded value in `target` (an identifier). `value` is an expression that may be evaluated twice when
 * `isTestedBeforeAssignment`; otherwise once. A whole list or map is stored as is.
 */
export function assignField(
  context: EmitContext,
  message: Message,
  field: Field,
  target: string,
  value: string,
): Lines[] {
  const oneof = oneofOf(message, field);
  const place = `${target}${propertyAccess(fieldProperty(field, context.style))}`;
  if (oneof !== undefined && context.style.oneofs === "union") {
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

/** The property that proto-loader's `oneofs: true` sets to the name of the member; `_name` for a proto3 `optional`. */
export function virtualOneof(message: Message, field: Field, style: MessageStyle): string | undefined {
  if (style.oneofs !== "virtual") return undefined;
  if (field.proto3Optional) return `_${propertyName(field, style)}`;
  const oneof = oneofOf(message, field);
  return oneof === undefined ? undefined : oneofPropertyName(oneof, style);
}

/**
 * Whether `assignField` leaves the property out for a zero value, an empty list or an empty map: without `defaults` a zero
 * of a field without presence is not there, because it never crosses the wire.
 */
export function isTestedBeforeAssignment(context: EmitContext, field: Field): boolean {
  return field.presence === "implicit" && field.oneof === undefined && initialValue(context, field) === undefined;
}

/** A test that `value` (an expression of the field's type) is not the field's zero, `[]` or `{}`. */
export function nonZeroTest(context: EmitContext, field: Field, value: string): string {
  const { shape } = field;
  if (shape.kind === "list") return `${value}.length > 0`;
  if (shape.kind === "map") return `Object.keys(${value}).length > 0`;
  if (shape.kind === "message") return `${value} != null`;
  if (shape.kind === "scalar" && isLong(shape.scalar) && context.style.longs === "Long") return `!${value}.isZero()`;
  if (shape.kind === "scalar" && shape.scalar === "bytes" && context.style.bytes !== "String")
    return `${value}.length > 0`;
  if (shape.kind === "scalar" && shape.scalar === "bool") return value;
  if (shape.kind === "scalar" && (shape.scalar === "double" || shape.scalar === "float"))
    return `!Object.is(${value}, 0)`;
  return `${value} !== ${zeroValue(context, shape)}`;
}

/** A line that appends `value` to a list field of `target`. */
export function pushItem(context: EmitContext, field: Field, target: string, value: string): string {
  const place = `${target}${propertyAccess(fieldProperty(field, context.style))}`;
  return initialValue(context, field) === undefined ? `(${place} ??= []).push(${value});` : `${place}.push(${value});`;
}

/**
 * The map object of a field of `target` as an expression, made on first use where the style has none. Entries are set with
 * the runtime's `setEntry` (own property also for `__proto__`).
 */
export function mapObject(context: EmitContext, field: Field, target: string): string {
  const place = `${target}${propertyAccess(fieldProperty(field, context.style))}`;
  return initialValue(context, field) === undefined ? `(${place} ??= {})` : place;
}

/**
 * How the encoders see a field of `source` (an identifier): `value` reads it, `isSet` tests that it is there (true for what
 * is neither undefined nor null; a native Value may be null). Together they narrow: inside `if (isSet)`, `value` has the
 * field's type.
 */
export function readField(
  context: EmitContext,
  message: Message,
  field: Field,
  source: string,
): { readonly value: string; readonly isSet: string } {
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
    isSet: isInherited(property) ? `Object.hasOwn(${source}, ${stringLiteral(property)}) && ${isSet}` : isSet,
  };
}

/** Whether every object has a property of this name from Object.prototype, so that reading an absent one finds something. */
export function isInherited(property: string): boolean {
  return property in Object.prototype;
}

/**
 * What makes the compiler take a literal without an optional property that every object inherits (`constructor`) for the
 * message; only proto-loader's styles have such names.
 */
export function shadowCast(context: EmitContext, message: Message, type: string): string {
  const fields = messageFields(context, message, context.style);
  const isShadowed = (field: Field): boolean =>
    isInherited(fieldProperty(field, context.style)) && initialValue(context, field) === undefined;
  return fields.some(isShadowed) ? ` as unknown as ${type}` : "";
}
