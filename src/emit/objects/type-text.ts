/** The types of a style's message objects, as TypeScript expressions. */
import type { ScalarType } from "../../model/api-model.js";
import type { Document } from "../print/document.js";
import { genericType, objectType } from "../print/type.js";
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
  const wrapper = replyWrapper(context);
  return wrapper === undefined ? type : `${useRuntimeType(context, "message-input", wrapper)}<${type}>`;
}

/** The type around the message type in `replyType`. */
export function replyWrapper({ style }: Pick<EmitContext, "style">): "MessageInput" | "MessageInit" | undefined {
  if (isProtoLoaderStyle(style)) return "MessageInput";
  return isProtobufEsStyle(style) ? "MessageInit" : undefined;
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
export function fieldType(context: EmitContext, view: FieldView): Document {
  const element = elementType(context, view.element);
  if (view.keyedBy !== undefined) return genericType("Map", scalarType(context, view.keyedBy), element);
  switch (view.field.shape.kind) {
    case "map":
      return objectType(`[key: string]: ${element}`);
    case "list":
      return `${element}[]`;
    default:
      return element;
  }
}
