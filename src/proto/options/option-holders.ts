/** The declarations that take options: the message that defines these, and which options apply. */

import type { Span } from "../../diagnostics.js";
import type { OptionFieldDefinition } from "./option-definitions.js";
import { type OptionScope, reportOption } from "./option-scope.js";

/** The kinds of declarations that have options. */
export type OptionHolder =
  | "file"
  | "message"
  | "field"
  | "oneof"
  | "enum"
  | "enum value"
  | "service"
  | "method"
  | "extension range";

/** The definitions of the options of a kind of declaration. */
export interface HolderFacts {
  /** The message of descriptor.proto. */
  readonly options: string;
  /** FieldOptions.OptionTargetType. */
  readonly target: string;
}

/** The definitions by kind. */
export const optionHolders: Readonly<Record<OptionHolder, HolderFacts>> = {
  file: { options: "google.protobuf.FileOptions", target: "TARGET_TYPE_FILE" },
  message: { options: "google.protobuf.MessageOptions", target: "TARGET_TYPE_MESSAGE" },
  field: { options: "google.protobuf.FieldOptions", target: "TARGET_TYPE_FIELD" },
  oneof: { options: "google.protobuf.OneofOptions", target: "TARGET_TYPE_ONEOF" },
  enum: { options: "google.protobuf.EnumOptions", target: "TARGET_TYPE_ENUM" },
  "enum value": { options: "google.protobuf.EnumValueOptions", target: "TARGET_TYPE_ENUM_ENTRY" },
  service: { options: "google.protobuf.ServiceOptions", target: "TARGET_TYPE_SERVICE" },
  method: { options: "google.protobuf.MethodOptions", target: "TARGET_TYPE_METHOD" },
  "extension range": { options: "google.protobuf.ExtensionRangeOptions", target: "TARGET_TYPE_EXTENSION_RANGE" },
};

/** `a method`, `an enum`. */
export function withArticle(holder: OptionHolder): string {
  return holder.startsWith("e") || holder.startsWith("o") ? `an ${holder}` : `a ${holder}`;
}

/** Reports a field that its `targets` forbid on what the options are of (PB074). */
export function isAllowed(definition: OptionFieldDefinition, span: Span, shown: string, scope: OptionScope): boolean {
  const { targets } = definition;
  if (targets.length === 0 || scope.holder === undefined) return true;
  if (targets.includes(optionHolders[scope.holder].target)) return true;
  const allowed = targets.map((each) => each.replace("TARGET_TYPE_", "").toLowerCase().replaceAll("_", " "));
  const message = `${shown} does not apply to ${withArticle(scope.holder)}, expected it on: ${allowed.join(", ")}`;
  reportOption(scope, "PB074", span, message);
  return false;
}
