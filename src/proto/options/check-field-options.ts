/** Standard options and features that only some fields take. */
import type { FieldType } from "../descriptor.js";
import type { ParsedField } from "../parsed-file.js";
import { type InterpretedMessage, isTrue, lastValueOf, messageOf } from "./interpreted-option.js";
import { type OptionScope, reportOption } from "./option-scope.js";

const fieldOptions = "google.protobuf.FieldOptions";
const featureSet = "google.protobuf.FeatureSet";
const wideIntegers: readonly string[] = ["int64", "uint64", "sint64", "fixed64", "sfixed64"];

/** Reports options that do not apply to the field's type or label (PB074). */
export function checkFieldOptions(
  options: InterpretedMessage,
  field: ParsedField,
  type: FieldType,
  scope: OptionScope,
): void {
  if (options.fields.size === 0) return;
  checkStandardOptions(options, field, type, scope);
  const features = messageOf(options, `${fieldOptions}.features`);
  if (features !== undefined) checkFeatures(features, field, type, scope);
}

function checkStandardOptions(
  options: InterpretedMessage,
  field: ParsedField,
  type: FieldType,
  scope: OptionScope,
): void {
  const reject = (name: string, expected: string): void => {
    const set = options.fields.get(`${fieldOptions}.${name}`);
    if (set !== undefined) reportOption(scope, "PB074", set.span, `option ${name} applies to ${expected} only`);
  };
  const isSet = (name: string): boolean => isTrue(options, `${fieldOptions}.${name}`);
  const edition = scope.view.file.edition.value;
  const hasFeatures = edition !== "proto2" && edition !== "proto3";
  if (hasFeatures) reject("packed", "proto2 and proto3");
  else if (isSet("packed") && !isPackable(field, type)) reject("packed", "repeated fields of numbers, bool or enums");
  if (isSet("lazy") && !isMessage(type)) reject("lazy", "message fields");
  if (isSet("unverified_lazy") && !isMessage(type)) reject("unverified_lazy", "message fields");
  const jsType = lastValueOf(options, `${fieldOptions}.jstype`);
  const isWide = type.kind === "scalar" && wideIntegers.includes(type.scalar);
  if (jsType?.kind === "enum" && jsType.name !== "JS_NORMAL" && !isWide) reject("jstype", "fields of 64-bit integers");
}

function checkFeatures(features: InterpretedMessage, field: ParsedField, type: FieldType, scope: OptionScope): void {
  const check = (name: string, isAllowed: boolean, expected: string, value = ""): void => {
    const set = features.fields.get(`${featureSet}.${name}`);
    if (set === undefined || isAllowed) return;
    reportOption(scope, "PB074", set.span, `feature ${name}${value} applies to ${expected} only`);
  };
  const nameOf = (name: string): string | undefined => {
    const value = lastValueOf(features, `${featureSet}.${name}`);
    return value?.kind === "enum" ? value.name : undefined;
  };
  const isRepeated = field.label === "repeated";
  check("field_presence", !isRepeated && field.oneof === undefined, "singular fields outside oneofs");
  if (!isRepeated && nameOf("field_presence") === "IMPLICIT") {
    check("field_presence", !isMessage(type), "fields that are no messages", " = IMPLICIT");
  }
  check("repeated_field_encoding", isRepeated, "repeated fields");
  if (isRepeated && nameOf("repeated_field_encoding") === "PACKED") {
    check("repeated_field_encoding", isPackable(field, type), "numbers, bool or enums", " = PACKED");
  }
  check("message_encoding", isMessage(type), "message fields");
  check("utf8_validation", holdsString(type), "string fields");
}

function isPackable(field: ParsedField, type: FieldType): boolean {
  if (field.label !== "repeated") return false;
  return type.kind === "enum" || (type.kind === "scalar" && type.scalar !== "string" && type.scalar !== "bytes");
}

function isMessage(type: FieldType): boolean {
  return type.kind === "message" || type.kind === "group";
}

function holdsString(type: FieldType): boolean {
  if (type.kind === "map") return type.key === "string" || holdsString(type.value);
  return type.kind === "scalar" && type.scalar === "string";
}
