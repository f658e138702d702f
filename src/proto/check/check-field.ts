/** Fields: numbers, labels, types and defaults. */

import type { FieldDescriptor } from "../descriptor.js";
import { inheritFeatures } from "../effective-features.js";
import type { ParsedField } from "../parsed-file.js";
import type { CheckScope } from "./check-scope.js";

/** The largest field number: 2^29 - 1. */
export const maxFieldNumber = 536870911;

/** Checks one field, or what extensions have in common with fields. */
export function checkField(field: ParsedField, linked: FieldDescriptor, scope: CheckScope): void {
  checkNumber(field, scope);
  checkLabel(field, scope);
  checkGroup(field, scope);
  checkPresence(field, linked, scope);
  checkMapValue(field, linked, scope);
}

function checkNumber(field: ParsedField, scope: CheckScope): void {
  const { value, span } = field.number;
  if (value >= 19000 && value <= 19999) {
    const message = `field "${field.name}" has the number ${value}, expected one outside 19000 to 19999`;
    scope.report("PB051", span, message, { help: "protobuf keeps these numbers for itself" });
  } else if (field.extendee === undefined && (value < 1 || value > maxFieldNumber)) {
    scope.report("PB050", span, `field "${field.name}" has the number ${value}, expected 1 to ${maxFieldNumber}`);
  }
}

function checkLabel(field: ParsedField, scope: CheckScope): void {
  const edition = scope.file.edition.value;
  const { label, labelSpan, oneof, type } = field;
  const at = labelSpan ?? field.span;
  const labelled = labelSpan !== undefined;
  if (oneof !== undefined) {
    if (labelled) scope.report("PB057", at, `found "${label}" on a member of oneof "${oneof}", expected no label`);
    else if (type.kind === "map") scope.report("PB057", type.span, `found a map in oneof "${oneof}"`, mapHelp);
  } else if (type.kind === "map") {
    if (labelled) scope.report("PB057", at, `found "${label}" on a map field, expected no label`);
  } else if (edition === "proto2" && label === "singular") {
    scope.report("PB056", type.span, `field "${field.name}" has no label`, {
      help: "write optional, required or repeated",
    });
  } else if (edition === "proto3" && label === "required") {
    scope.report("PB057", at, 'found "required", expected no label: proto3 has no required fields');
  } else if (edition !== "proto2" && edition !== "proto3" && (label === "required" || label === "optional")) {
    const feature = label === "required" ? "LEGACY_REQUIRED" : "EXPLICIT";
    const help = `use [features.field_presence = ${feature}]${label === "optional" ? ", the default" : ""}`;
    scope.report("PB057", at, `found "${label}", expected no label: editions have features instead`, { help });
  }
}

const mapHelp = { help: "put the map into a message of its own" };

function checkGroup(field: ParsedField, scope: CheckScope): void {
  if (field.type.kind !== "group" || scope.file.edition.value === "proto2") return;
  const isProto3 = scope.file.edition.value === "proto3";
  const help = isProto3
    ? "declare a message and a field of its type"
    : "declare a message and a field of its type with [features.message_encoding = DELIMITED]";
  scope.report("PB058", field.type.span, `found the group "${field.type.name}", expected groups in proto2 only`, {
    help,
  });
}

function checkPresence(field: ParsedField, linked: FieldDescriptor, scope: CheckScope): void {
  const features = inheritFeatures(scope.features, linked.features);
  const isImplicit = features.fieldPresence === "implicit" && !hasOwnPresence(linked, scope);
  if (isImplicit && linked.defaultValue !== undefined) {
    const option = field.options.find((each) => each.name[0]?.text === "default");
    const why = scope.file.edition.value === "proto3" ? "in proto3" : "of a field without presence";
    scope.report("PB059", option?.span ?? field.span, `found a default value, expected none ${why}`);
  }
  const { type } = linked;
  const element = type.kind === "map" ? type.value : type;
  const isProto3 = scope.file.edition.value === "proto3";
  if (!(isImplicit || isProto3) || element.kind !== "enum") return;
  const used = scope.types.enums.get(element.fullName);
  if (used === undefined || !used.isClosed) return;
  const why = isProto3 ? "in proto3" : "in a field without presence";
  const message = `field "${field.name}" uses the closed enum "${element.fullName}", expected an open one ${why}`;
  scope.report("PB049", field.type.span, message, { help: "enums of proto2 files are closed" });
}

/** `optional` in proto3 asks for presence by itself. */
function hasOwnPresence(linked: FieldDescriptor, scope: CheckScope): boolean {
  return scope.file.edition.value === "proto3" && linked.label === "optional";
}

/** A map value that is missing in the data counts as the first value: that must be zero. */
function checkMapValue(field: ParsedField, linked: FieldDescriptor, scope: CheckScope): void {
  if (linked.type.kind !== "map" || linked.type.value.kind !== "enum") return;
  const used = scope.types.enums.get(linked.type.value.fullName);
  const [first] = used?.descriptor.values ?? [];
  if (used === undefined || first === undefined || first.number === 0 || !used.isClosed) return;
  const message = `the first value of "${linked.type.value.fullName}" is ${first.number}, expected 0: the enum is the value of a map`;
  scope.report("PB048", field.type.span, message);
}
