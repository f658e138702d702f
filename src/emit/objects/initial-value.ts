/** The initial values of a style's message objects, as TypeScript expressions. */
import type { Field, ScalarType } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { propertyKey, stringLiteral } from "../print/code-file.js";
import type { EmitContext } from "./emit-scope.js";
import type { FieldView, MessageView } from "./message-view.js";
import { elementOf, type HeldShape, isLong, isUnsigned, type NativeForm, nativeElement } from "./native-type.js";
import { typesModule } from "./modules.js";
import { useRuntime } from "./runtime.js";
import { enumLiteral, isProtobufEsStyle, isProtoLoaderStyle, longClass } from "./value-form.js";

/** The initial value of a field in a new message, as an expression; undefined if the message lacks the property. */
export function initialValue(context: EmitContext, view: FieldView): string | undefined {
  switch (view.initial) {
    case "none":
      return undefined;
    case "list":
      return "[]";
    case "map":
      return "{}";
    case "keyedMap":
      return "new Map()";
    case "null":
    case "undefined":
      return view.initial;
    case "default":
      return defaultValue(context, view.field);
    default:
      return view.initial satisfies never;
  }
}

/** The constant in the types module of a message that has the defaults of `hasPrototypeDefault`. */
export function defaultsName(planned: Pick<MessagePlan, "name">): string {
  return `${planned.name}$defaults`;
}

/** A message in which nothing is set, as an expression of the message's type. */
export interface FreshMessage {
  readonly text: string;
  /** Whether it is a cast, which takes parentheses in front of an operator. */
  readonly isCast: boolean;
}

/** Emits a message in which nothing is set. `type` is its TypeScript type. `lacksRequired`: not even the default of required fields. */
export function freshMessage(
  context: EmitContext,
  view: MessageView,
  type: string,
  lacksRequired = false,
): FreshMessage {
  const isLacking = (field: FieldView): boolean => lacksRequired && field.field.presence === "required";
  const members = initialMembers(context, view, isLacking);
  const literal = members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  if (view.fields.some(({ hasPrototypeDefault }) => hasPrototypeDefault)) {
    const { module, plan } = context.index.message(view.message.fullName, context.style);
    const defaults = context.file.use(typesModule(context.plan.layout, module), defaultsName(plan));
    return { text: `${useRuntime(context, "with-defaults", "withDefaults")}(${literal}, ${defaults})`, isCast: false };
  }
  const isCast = view.fields.some((field) => isShadowed(field) || (isLacking(field) && field.initial !== "none"));
  return { text: isCast ? `${literal} as unknown as ${type}` : literal, isCast };
}

/**
 * The compiler refuses a literal without an optional property that every object inherits (`constructor`); only proto-loader's styles
 * have such names.
 */
function isShadowed({ isInherited, initial }: FieldView): boolean {
  return isInherited && initial === "none";
}

/** The memory of a new message's properties, in slots of 8 bytes. */
export function freshSlots({ fields }: MessageView): number {
  return fields.reduce((sum, { initial }) => sum + slots[initial], 0);
}

/** An empty list has two of its own, an empty object seven, a Map 23. */
const slots = { none: 0, list: 3, map: 8, keyedMap: 24, null: 1, undefined: 1, default: 1 } as const;

/**
 * The fields that a fresh message has, in the order of their properties: as declared, and in proto-loader's styles lists before maps before
 * other fields, each by number.
 */
export function initialFields(context: EmitContext, { fields }: MessageView): readonly FieldView[] {
  if (!isProtoLoaderStyle(context.style)) return fields;
  return [...fields].sort((a, b) => protoLoaderRank(a) - protoLoaderRank(b) || a.field.number - b.field.number);
}

function protoLoaderRank({ field: { shape } }: FieldView): number {
  return shape.kind === "list" ? 0 : shape.kind === "map" ? 1 : 2;
}

/** The members of the object literal of a fresh message: `name: ""`. */
function initialMembers(context: EmitContext, view: MessageView, isLacking: (field: FieldView) => boolean): string[] {
  const fields = initialFields(context, view).flatMap((field) => {
    const value = initialValue(context, field);
    return value === undefined || isLacking(field) ? [] : [`${propertyKey(field.property)}: ${value}`];
  });
  const choices = view.oneofs.filter(({ form }) => form === "cases");
  return [
    ...typeNameMember(context, view.message.fullName),
    ...fields,
    ...choices.map(({ property }) => `${propertyKey(property)}: { case: undefined }`),
  ];
}

/** The member `$typeName: "acme.Shelf"` where the style has it. */
export function typeNameMember(context: EmitContext, fullName: string): string[] {
  return isProtobufEsStyle(context.style) ? [`$typeName: ${stringLiteral(fullName)}`] : [];
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
  return enumLiteral(context, { name: declared, number: value?.number ?? 0 });
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
      return enumLiteral(context, first ?? noValue);
    }
    case "message": {
      const native = nativeElement(shape, context.style);
      return native === undefined ? "null" : nativeZero(context, native);
    }
    default:
      return shape satisfies never;
  }
}

/** The first value of an enum that has none, which the checks of protos refuse. */
const noValue = { name: "", number: 0 } as const;

/** The zero of a plain value, as an expression. */
export function nativeZero(context: EmitContext, native: NativeForm): string {
  switch (native.kind) {
    case "scalar":
      return scalarZero(context, native.scalar);
    case "Timestamp":
      return "new Date(0)";
    case "Struct":
      return "{}";
    case "FieldMask":
    case "ListValue":
      return "[]";
    case "Value":
      return "null";
    default:
      return native satisfies never;
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
      const long = longClass(context);
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
