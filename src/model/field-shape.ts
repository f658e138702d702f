/** The shape of a field: type, label and features taken together, once. */
import type { ElementType, FieldDescriptor, ScalarType } from "../proto/descriptor.js";
import type { EffectiveFeatures } from "../proto/effective-features.js";
import type { ElementShape, Field, FieldShape } from "./api-model.js";

/** Tells whether an enum is closed, by full name. */
export type ClosedEnums = ReadonlySet<string>;

/** The shape of a field under the features that hold for it. */
export function fieldShape(field: FieldDescriptor, features: EffectiveFeatures, closedEnums: ClosedEnums): FieldShape {
  const { type } = field;
  if (type.kind === "map") {
    // Entries and their values are length-prefixed whatever the features say.
    const value = elementShape(type.value, { ...features, messageEncoding: "length_prefixed" }, closedEnums);
    return { kind: "map", key: type.key, value };
  }
  const item = elementShape(type, features, closedEnums);
  if (field.label !== "repeated") return item;
  const packed = isPackable(item) && (field.packed ?? features.repeatedFieldEncoding === "packed");
  return { kind: "list", item, packed };
}

/** Tells whether absence can be told from the zero value. */
export function fieldPresence(field: FieldDescriptor, features: EffectiveFeatures): Field["presence"] {
  if (field.type.kind === "map" || field.label === "repeated") return "implicit";
  if (field.label === "required") return "required";
  if (field.label === "optional" || field.oneof !== undefined || field.extendee !== undefined) return "explicit";
  if (features.fieldPresence === "legacy_required") return "required";
  return field.type.kind === "scalar" || field.type.kind === "enum" ? features.fieldPresence : "explicit";
}

function elementShape(type: ElementType, features: EffectiveFeatures, closedEnums: ClosedEnums): ElementShape {
  switch (type.kind) {
    case "scalar":
      return {
        kind: "scalar",
        scalar: type.scalar,
        utf8: type.scalar === "string" && features.utf8Validation === "verify",
      };
    case "enum":
      return { kind: "enum", fullName: type.fullName, closed: closedEnums.has(type.fullName) };
    case "message":
      return { kind: "message", fullName: type.fullName, delimited: features.messageEncoding === "delimited" };
    case "group":
      return { kind: "message", fullName: type.fullName, delimited: true };
  }
}

const unpackable: ReadonlySet<ScalarType> = new Set<ScalarType>(["string", "bytes"]);

/** https://protobuf.dev/programming-guides/encoding/#packed */
function isPackable(shape: ElementShape): boolean {
  return shape.kind === "enum" || (shape.kind === "scalar" && !unpackable.has(shape.scalar));
}
