/** The types of a style's message objects, as TypeScript expressions. */
import type { ScalarType } from "../../model/api-model.js";
import type { EmitContext } from "./emit-scope.js";
import type { FieldView } from "./message-view.js";
import { type HeldShape, isLong, messageAlone, type NativeForm, nativeElement } from "./native-type.js";
import { byBytesForm, byLongForm, isProtobufEsStyle, isProtoLoaderStyle } from "./value-form.js";
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
      const native = nativeElement(shape, context.style);
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
    : isProtobufEsStyle(context.style)
      ? "MessageInit"
      : undefined;
  if (loose === undefined) return type;
  return `${useRuntimeType(context, "message-input", loose)}<${type}>`;
}

function messageInterface(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.useType(typesModule(context.plan.layout, module), plan.name);
}

/** The TypeScript type of a plain value: `bigint`, `JsonObject` … */
export function nativeTypeText(context: EmitContext, native: NativeForm): string {
  switch (native.kind) {
    case "scalar":
      return scalarType(context, native.scalar);
    case "Timestamp":
      return "Date";
    case "FieldMask":
      return "string[]";
    case "Struct":
      return useRuntimeType(context, "json", "JsonObject");
    case "ListValue":
      return `${useRuntimeType(context, "json", "JsonValue")}[]`;
    case "Value":
      return useRuntimeType(context, "json", "JsonValue");
    default:
      return native satisfies never;
  }
}

function scalarType(context: EmitContext, scalar: ScalarType): string {
  if (isLong(scalar)) {
    const longs = { BigInt: "bigint", String: "string", Number: "number", Long: undefined };
    return byLongForm(context, longs) ?? context.file.useType("npm:long", "default");
  }
  if (scalar === "bytes")
    return byBytesForm(context, { Uint8Array: "Uint8Array", Buffer: "Buffer", String: "string", Array: "number[]" });
  return scalar === "string" ? "string" : scalar === "bool" ? "boolean" : "number";
}

/** The TypeScript type of a field's value when it is set: an element, `T[]`, `{ [key: string]: T }`, or a `Map`. */
export function fieldType(context: EmitContext, view: FieldView): string {
  const element = elementType(context, view.element);
  const { kind } = view.field.shape;
  if (view.keyedBy !== undefined) return `Map<${scalarType(context, view.keyedBy)}, ${element}>`;
  if (kind === "map") return `{ [key: string]: ${element} }`;
  if (kind !== "list") return element;
  return /[ |]/.test(element) ? `(${element})[]` : `${element}[]`;
}
