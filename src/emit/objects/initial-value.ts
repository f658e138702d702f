/** The initial values of a style's message objects. */
import type { Field, ScalarType } from "../../model/api-model.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import {
  call,
  callMethod,
  cast,
  construct,
  entry,
  type Expression,
  list,
  type Member,
  member,
  object,
  literal,
} from "../print/expression.js";
import type { EmitContext } from "./emit-scope.js";
import type { FieldView, MessageView } from "./message-view.js";
import { elementOf, type HeldShape, isLong, isUnsigned, type NativeForm, nativeElement } from "./native-type.js";
import { typesModule } from "./modules.js";
import { useRuntime } from "./runtime.js";
import { enumLiteral, isProtobufEsStyle, isProtoLoaderStyle, longClass, longOfText } from "./value-form.js";

/** The initial value of a field in a new message; undefined if the message lacks the property. */
export function initialValue(context: EmitContext, view: FieldView): Expression | undefined {
  switch (view.initial) {
    case "none":
      return undefined;
    case "list":
      return list();
    case "map":
      return object();
    case "keyedMap":
      return construct("Map");
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

/** Emits a message in which nothing is set. `type` is its TypeScript type. `lacksRequired`: not even the default of required fields. */
export function freshMessage(context: EmitContext, view: MessageView, type: string, lacksRequired = false): Expression {
  const isLacking = (field: FieldView): boolean => lacksRequired && field.field.presence === "required";
  const literal = object(...initialMembers(context, view, isLacking));
  if (view.fields.some(({ hasPrototypeDefault }) => hasPrototypeDefault)) {
    const { module, plan } = context.index.message(view.message.fullName, context.style);
    const defaults = context.file.use(typesModule(context.plan.layout, module), defaultsName(plan));
    return call(useRuntime(context, "with-defaults", "withDefaults"), literal, defaults);
  }
  const isCast = view.fields.some((field) => isShadowed(field) || (isLacking(field) && field.initial !== "none"));
  return isCast ? cast(cast(literal, "unknown"), type) : literal;
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
function initialMembers(context: EmitContext, view: MessageView, isLacking: (field: FieldView) => boolean): Member[] {
  const fields = initialFields(context, view).flatMap((field): Member[] => {
    const value = initialValue(context, field);
    return value === undefined || isLacking(field) ? [] : [entry(field.property, value)];
  });
  const choices = view.oneofs.filter(({ form }) => form === "cases");
  return [
    ...typeNameMember(context, view.message.fullName),
    ...fields,
    ...choices.map(({ property }) => entry(property, object(["case", "undefined"]))),
  ];
}

/** The member `$typeName: "acme.Shelf"` where the style has it. */
export function typeNameMember(context: EmitContext, fullName: string): Member[] {
  return isProtobufEsStyle(context.style) ? [["$typeName", literal(fullName)]] : [];
}

/** The declared default of a singular scalar or enum field, else its zero. */
export function defaultValue(context: EmitContext, field: Field): Expression {
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
 * The zero of an element: `""`, `0n`, an enum's first value. Messages have none of their own: native
 * wrappers give the zero of the value, Struct `{}`, ListValue `[]`, Value and every other message `null`.
 */
export function zeroValue(context: EmitContext, shape: HeldShape): Expression {
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

/** The zero of a plain value. */
export function nativeZero(context: EmitContext, native: NativeForm): Expression {
  switch (native.kind) {
    case "scalar":
      return scalarZero(context, native.scalar);
    case "Timestamp":
      return construct("Date", "0");
    case "Struct":
      return object();
    case "FieldMask":
    case "ListValue":
      return list();
    case "Value":
      return "null";
    default:
      return native satisfies never;
  }
}

/** The zero of a scalar in the style. */
export function scalarZero(context: EmitContext, scalar: ScalarType): Expression {
  return scalarLiteral(
    context,
    scalar,
    scalar === "string" || scalar === "bytes" ? "" : scalar === "bool" ? "false" : "0",
  );
}

function scalarLiteral(context: EmitContext, scalar: ScalarType, text: string): Expression {
  if (isLong(scalar)) return longLiteral(context, scalar, text);
  switch (scalar) {
    case "string":
      return literal(text);
    case "bytes":
      return bytesLiteral(context, text);
    case "double":
    case "float":
      return { inf: "Infinity", "-inf": "-Infinity", nan: "NaN" }[text] ?? String(Number(text)).replace("e+", "e");
    default:
      return text;
  }
}

function longLiteral(context: EmitContext, scalar: ScalarType, text: string): Expression {
  switch (context.style.longs) {
    case "BigInt":
      return `${text}n`;
    case "String":
      return literal(text);
    case "Number":
      return String(Number(text));
    case "Long":
      if (text === "0") return member(longClass(context), isUnsigned(scalar) ? "UZERO" : "ZERO");
      return longOfText(context, scalar, literal(text));
    default:
      return context.style.longs satisfies never;
  }
}

function bytesLiteral(context: EmitContext, latin1: string): Expression {
  const bytes = Buffer.from(latin1, "latin1");
  const numbers = list(...[...bytes].map(String));
  switch (context.style.bytes) {
    case "Uint8Array":
      return construct("Uint8Array", latin1 === "" ? "0" : numbers);
    case "Buffer":
      return latin1 === "" ? callMethod("Buffer", "alloc", "0") : callMethod("Buffer", "from", numbers);
    case "String":
      return literal(bytes.toString("base64"));
    case "Array":
      return numbers;
    default:
      return context.style.bytes satisfies never;
  }
}
