/** The initial values of a style's message objects, as TypeScript expressions. */
import type { Field, Message, ScalarType } from "../../model/api-model.js";
import type { MessageStyle } from "../../model/message-style.js";
import { oneofPropertyName } from "../../plan/naming.js";
import type { MessagePlan } from "../../plan/plan.js";
import { propertyKey, stringLiteral } from "../print/code-file.js";
import { type EmitContext, messageFields } from "./emit-scope.js";
import {
  elementOf,
  type HeldShape,
  isProtobufEsStyle,
  isProtoLoaderStyle,
  nativeType,
  wrappedScalar,
  isLong,
  isUnsigned,
} from "./native-type.js";
import { fieldProperty, isInherited } from "./field-access.js";
import { typesModule } from "./modules.js";
import { useRuntime } from "./runtime.js";

/**
 * The initial value of a field in a new message, as an expression; undefined if the message lacks the property.
 * https://github.com/grpc/grpc-node/tree/master/packages/proto-loader#usage: `defaults`, `arrays`, `objects`.
 */
export function initialValue(context: EmitContext, field: Field): string | undefined {
  const { style } = context;
  if (field.extendee !== undefined && !isProtoLoaderStyle(style)) return undefined;
  // Its property is that of the oneof.
  if (field.oneof !== undefined && (style.oneofs === "union" || style.oneofs === "cases")) return undefined;
  if (field.shape.kind === "list") return style.arrays || style.defaults ? "[]" : undefined;
  if (field.shape.kind === "map") return style.objects || style.defaults ? "{}" : undefined;
  if (style.absentMessages === "property" && field.presence === "explicit") return "undefined";
  if (hasPrototypeDefault(field, style)) return undefined;
  if (!style.defaults || field.oneof !== undefined || field.proto3Optional) return undefined;
  if (isProtoLoaderStyle(style)) return field.shape.kind === "message" ? "null" : defaultValue(context, field);
  return field.presence === "explicit" || field.shape.kind === "message" ? undefined : defaultValue(context, field);
}

/**
 * Tells whether the field's default is on the prototype of the message, so that it is set only where the message has the property itself:
 * protobuf-es, singular scalars and enums of proto2 and editions.
 */
export function hasPrototypeDefault(field: Field, style: MessageStyle): boolean {
  if (!isProtobufEsStyle(style) || field.extendee !== undefined || field.oneof !== undefined) return false;
  if (field.shape.kind !== "scalar" && field.shape.kind !== "enum") return false;
  return field.presence !== "implicit" && !field.proto3Optional;
}

/** The constant in the types module of a message that has the defaults of `hasPrototypeDefault`. */
export function defaultsName(planned: Pick<MessagePlan, "name">): string {
  return `${planned.name}$defaults`;
}

/** A message in which nothing is set, as an expression of the message's type. */
export function freshMessage(context: EmitContext, message: Message, type: string): string {
  const members = initialMembers(context, message);
  const literal = members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  if (!message.fields.some((field) => hasPrototypeDefault(field, context.style)))
    return `${literal}${shadowCast(context, message, type)}`;
  const { layout } = context.plan;
  const { module, plan } = context.index.message(message.fullName, context.style);
  const defaults = context.file.use(typesModule(layout, module), defaultsName(plan));
  return `${useRuntime(context, "with-defaults", "withDefaults")}(${literal}, ${defaults})`;
}

/**
 * The memory of a new message's properties, in slots of 8 bytes: an empty list has two of its own, an empty map seven.
 */
export function freshSlots(context: EmitContext, message: Message): number {
  const slots = messageFields(context, message, context.style).map((field): number => {
    const value = initialValue(context, field);
    return value === undefined ? 0 : value === "[]" ? 3 : value === "{}" ? 8 : 1;
  });
  return slots.reduce((sum, each) => sum + each, 0);
}

/**
 * The fields that a fresh message has, in the order of their properties: as declared, and in proto-loader's styles lists before maps before
 * other fields, each by number.
 */
function initialFields(context: EmitContext, message: Message): readonly Field[] {
  const fields = messageFields(context, message, context.style);
  if (!isProtoLoaderStyle(context.style)) return fields;
  return [...fields].sort((a, b) => protoLoaderRank(a) - protoLoaderRank(b) || a.number - b.number);
}

function protoLoaderRank({ shape }: Field): number {
  return shape.kind === "list" ? 0 : shape.kind === "map" ? 1 : 2;
}

/** The members of the object literal of a fresh message: `name: ""`. */
function initialMembers(context: EmitContext, message: Message): string[] {
  const fields = initialFields(context, message).flatMap((field) => {
    const value = initialValue(context, field);
    return value === undefined ? [] : [`${propertyKey(fieldProperty(field, context.style))}: ${value}`];
  });
  const { oneofs } = context.style;
  const choices = oneofs !== "cases" ? [] : message.oneofs.map((oneof) => oneofPropertyName(oneof, context.style));
  return [
    ...typeNameMember(context, message.fullName),
    ...fields,
    ...choices.map((choice) => `${propertyKey(choice)}: { case: undefined }`),
  ];
}

/** The member `$typeName: "acme.Shelf"` where the style has it. */
export function typeNameMember(context: EmitContext, fullName: string): string[] {
  return context.style.typeNames ? [`$typeName: ${stringLiteral(fullName)}`] : [];
}

/** The declared default of a singular scalar or enum field, else its zero, as an expression. */
export function defaultValue(context: EmitContext, field: Field): string {
  const { shape, defaultValue: declared } = field;
  if (declared === undefined || shape.kind === "list" || shape.kind === "map")
    return zeroValue(context, elementOf(field));
  if (shape.kind === "scalar") return scalarLiteral(context, shape.scalar, declared);
  if (shape.kind === "message") return zeroValue(context, elementOf(field));
  const values = context.index.enum(shape.fullName, context.style).plan.enum.values;
  const value = values.find((candidate) => candidate.name === declared);
  return context.style.enums === "String" ? stringLiteral(declared) : String(value?.number ?? 0);
}

/**
 * The zero of an element as an expression: `""`, `0n`, an enum's first value. Messages have none of their own: native
 * wrappers give the zero of the value, Struct `{}`, ListValue `[]`, Value and every other message `null`.
 */
export function zeroValue(context: EmitContext, shape: HeldShape): string {
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
      if (native === "Timestamp") return "new Date(0)";
      return native === "Struct" ? "{}" : native === "ListValue" || native === "FieldMask" ? "[]" : "null";
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
 * The cast with which the compiler accepts a literal without an optional property that every object inherits
 * (`constructor`); only proto-loader's styles have such names.
 */
function shadowCast(context: EmitContext, message: Message, type: string): string {
  const fields = messageFields(context, message, context.style);
  const isShadowed = (field: Field): boolean =>
    isInherited(fieldProperty(field, context.style)) && initialValue(context, field) === undefined;
  return fields.some(isShadowed) ? ` as unknown as ${type}` : "";
}
