/** Parsed fields and extensions -> FieldDescriptors. */

import type { ElementType, FieldDescriptor, FieldType } from "../descriptor.js";
import { joinName } from "../full-name.js";
import { defaultJsonName } from "../json-name.js";
import { checkFieldOptions } from "../options/check-field-options.js";
import { canonicalText } from "../options/default-value.js";
import { interpretOptions } from "../options/interpret-options.js";
import { describeValue, interpretScalar, interpretValue } from "../options/interpret-value.js";
import { isTrue, lastValueOf } from "../options/interpreted-option.js";
import { type OptionScope, reportOption } from "../options/option-scope.js";
import { readFeatures } from "../options/read-interpreted.js";
import type { ParsedField, ParsedFieldType, ParsedOption, ParsedTypeName } from "../parsed-file.js";
import { type LinkScope, optionScopeOf } from "./link-scope.js";
import { resolveType } from "./resolve-type.js";

/** Links a field of the message `scope`, or an extension declared in the message or package `scope`. */
export function linkField(field: ParsedField, scope: string, link: LinkScope): FieldDescriptor {
  const fullName = joinName(scope, field.name);
  const type = linkFieldType(field.type, scope, link);
  const optionScope = optionScopeOf(link, fullName);
  const special = takeSpecialOptions(field, type, optionScope);
  const options = interpretOptions(
    field.options.filter((each) => !isSpecial(each)),
    "field",
    optionScope,
  );
  const packed = lastValueOf(options, "google.protobuf.FieldOptions.packed");
  checkFieldOptions(options, field, type, optionScope);
  const extendee = field.extendee;
  return {
    name: field.name,
    fullName,
    comment: field.comment,
    deprecated: isTrue(options, "google.protobuf.FieldOptions.deprecated"),
    span: field.span,
    number: field.number.value,
    type,
    label: field.label,
    jsonName: extendee === undefined ? (special.jsonName ?? defaultJsonName(field.name)) : `[${fullName}]`,
    ...(field.oneof === undefined ? {} : { oneof: field.oneof }),
    ...(packed?.kind === "boolean" ? { packed: packed.value } : {}),
    ...(special.defaultValue === undefined ? {} : { defaultValue: special.defaultValue }),
    ...(extendee === undefined
      ? {}
      : { extendee: resolveType(extendee.value, extendee.span, scope, link, "extendee").fullName }),
    ...(isTrue(options, "google.protobuf.FieldOptions.debug_redact") ? { redacted: true } : {}),
    features: readFeatures(options, "google.protobuf.FieldOptions.features"),
  };
}

function linkFieldType(type: ParsedFieldType, scope: string, link: LinkScope): FieldType {
  switch (type.kind) {
    case "scalar":
    case "named":
      return linkElementType(type, scope, link);
    case "group":
      return { kind: "group", fullName: joinName(scope, type.name) };
    case "map": {
      const value = linkElementType(type.value, scope, link);
      if (type.key.kind === "scalar" && !["float", "double", "bytes"].includes(type.key.scalar)) {
        return { kind: "map", key: type.key.scalar, value };
      }
      const found = type.key.kind === "scalar" ? type.key.scalar : `"${type.key.name}"`;
      const message = `found the map key type ${found}, expected an integer type, bool or string`;
      reportOption(optionScopeOf(link, scope), "PB044", type.key.span, message);
      return { kind: "map", key: "string", value };
    }
  }
}

function linkElementType(type: ParsedTypeName, scope: string, link: LinkScope): ElementType {
  if (type.kind === "scalar") return { kind: "scalar", scalar: type.scalar };
  return resolveType(type.name, type.span, scope, link, "message or enum");
}

/** The two options of fields that are no fields of FieldOptions. */
interface SpecialOptions {
  readonly jsonName?: string;
  readonly defaultValue?: string;
}

function isSpecial(option: ParsedOption): boolean {
  const [first, ...others] = option.name;
  if (first === undefined || first.isExtension || others.length > 0) return false;
  return first.text === "default" || first.text === "json_name";
}

function takeSpecialOptions(field: ParsedField, type: FieldType, scope: OptionScope): SpecialOptions {
  if (field.options.length === 0) return {};
  const found: { jsonName?: string; defaultValue?: string } = {};
  const seen = new Map<string, ParsedOption>();
  for (const option of field.options.filter(isSpecial)) {
    const name = option.name[0]?.text ?? "";
    const first = seen.get(name);
    if (first !== undefined) {
      reportTwice(name, option, first, scope);
      continue;
    }
    seen.set(name, option);
    if (name === "default") found.defaultValue = interpretDefault(option, field, type, scope) ?? "";
    else found.jsonName = interpretJsonName(option, field, scope) ?? defaultJsonName(field.name);
  }
  return found;
}

function reportTwice(name: string, option: ParsedOption, first: ParsedOption, scope: OptionScope): void {
  const location = { file: scope.view.file.displayPath, ...first.span };
  const related = [{ message: `"${name}" is set here first`, location }];
  reportOption(scope, "PB071", option.span, `option ${name} is set twice, expected once`, { related });
}

function interpretJsonName(option: ParsedOption, field: ParsedField, scope: OptionScope): string | undefined {
  const { value } = option;
  if (value.kind !== "string") {
    reportOption(scope, "PB068", value.span, `option json_name is ${describeValue(value)}, expected a string`);
    return undefined;
  }
  if (field.extendee !== undefined) {
    const message = "option json_name does not apply to an extension: its JSON name is its full name in brackets";
    reportOption(scope, "PB075", option.span, message);
  } else if (/^\[.*\]$/s.test(value.text)) {
    reportOption(scope, "PB075", value.span, `the JSON name "${value.text}" stands in brackets, which mark extensions`);
  } else if (Buffer.from(value.text).toString("latin1") !== value.bytes) {
    reportOption(scope, "PB075", value.span, "the JSON name holds bytes that are not UTF-8");
  } else if (value.text.includes("\0")) {
    reportOption(scope, "PB075", value.span, "the JSON name holds a NUL character");
  }
  return value.text;
}

function interpretDefault(
  option: ParsedOption,
  field: ParsedField,
  type: FieldType,
  scope: OptionScope,
): string | undefined {
  const { value } = option;
  if (field.label === "repeated" || (type.kind !== "scalar" && type.kind !== "enum")) {
    const what = field.label === "repeated" ? "a repeated field" : "a message field";
    reportOption(scope, "PB059", option.span, `${what} cannot have a default value`);
    return undefined;
  }
  const shown = "the default value";
  if (type.kind === "scalar")
    return canonicalText(interpretScalar(value, type.scalar, shown, false, scope), type.scalar);
  const symbol = scope.definitions.table.symbols.get(type.fullName);
  if (symbol?.kind !== "enum") return undefined;
  const { values } = symbol.enumeration;
  const definition = {
    fullName: "default",
    name: "default",
    type: { kind: "enum", fullName: type.fullName, values },
    repeated: false,
    owner: "",
    targets: [],
  } as const;
  return canonicalText(interpretValue(value, definition, shown, false, scope), undefined);
}
