/** The types of a style's message objects, as TypeScript expressions. */
import type { Field, ScalarType, WellKnownType } from "../../model/api-model.js";
import type { EmitContext } from "./emit-scope.js";
import {
  elementOf,
  type HeldShape,
  isProtoLoaderStyle,
  messageAlone,
  nativeType,
  wrappedScalar,
  isLong,
} from "./native-type.js";
import { typesModule } from "./modules.js";
import { useRuntimeType } from "./runtime.js";

/** The TypeScript type of one value. */
export function elementType(context: EmitContext, shape: HeldShape): string {
  switch (shape.kind) {
    case "scalar":
      return scalarType(context, shape.scalar);
    case "enum": {
      const { module, plan } = context.index.enum(shape.fullName, context.style);
      return context.file.useType(typesModule(context.plan.layout, module), plan.name);
    }
    case "message": {
      const native = nativeType(context, shape);
      return native === undefined ? messageInterface(context, shape.fullName) : nativeTypeText(context, native);
    }
    default:
      return shape satisfies never;
  }
}

/** The TypeScript type of a message object that no field holds; for a native well-known type that of the plain value. */
export function messageType(context: EmitContext, fullName: string): string {
  return elementType(context, messageAlone(fullName));
}

/**
 * The TypeScript type of what a handler may return for a message: the message type; in proto-loader's styles `MessageInput<…>`,
 * which accepts what protobufjs' `fromObject` accepts; in protobuf-es's `MessageInit<…>`, which accepts what its `create` accepts.
 */
export function replyType(context: EmitContext, fullName: string): string {
  const type = messageType(context, fullName);
  const loose = isProtoLoaderStyle(context.style)
    ? "MessageInput"
    : context.style.typeNames
      ? "MessageInit"
      : undefined;
  if (loose === undefined) return type;
  return `${useRuntimeType(context, "message-input", loose)}<${type}>`;
}

function messageInterface(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.useType(typesModule(context.plan.layout, module), plan.name);
}

/** The plain type behind a native well-known type: `bigint`, `JsonObject` … */
export function nativeTypeText(context: EmitContext, native: WellKnownType): string {
  const scalar = wrappedScalar(native);
  if (scalar !== undefined) return scalarType(context, scalar);
  if (native === "Timestamp") return "Date";
  if (native === "FieldMask") return "string[]";
  if (native === "Struct") return useRuntimeType(context, "json", "JsonObject");
  const value = useRuntimeType(context, "json", "JsonValue");
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
