/** Parsed messages and enums -> descriptors. */
import type { EnumDescriptor, MessageDescriptor } from "../descriptor.js";
import { joinName } from "../full-name.js";
import { interpretOptions } from "../options/interpret-options.js";
import { isTrue } from "../options/interpreted-option.js";
import { readEnumJsonName, readFeatures } from "../options/read-interpreted.js";
import type { ParsedEnum, ParsedExtensionRange, ParsedMessage } from "../parsed-file.js";
import { linkField } from "./link-field.js";
import { type LinkScope, optionScopeOf } from "./link-scope.js";

/** `extensions … to max` reaches further in a message set than field numbers do. */
const maxMessageSetNumber = 2147483647;

/** Links a message with everything in it. */
export function linkMessage(message: ParsedMessage, scope: string, link: LinkScope): MessageDescriptor {
  const fullName = joinName(scope, message.name);
  const options = interpretOptions(message.options, "message", optionScopeOf(link, fullName));
  const messageSetWireFormat = isTrue(options, "google.protobuf.MessageOptions.message_set_wire_format");
  checkRangeOptions(message.extensionRanges, fullName, link);
  return {
    name: message.name,
    fullName,
    comment: message.comment,
    deprecated: isTrue(options, "google.protobuf.MessageOptions.deprecated"),
    span: message.span,
    fields: message.fields.map((field) => linkField(field, fullName, link)),
    oneofs: message.oneofs.map((oneof) => linkOneof(oneof, fullName, link)),
    messages: message.messages.map((nested) => linkMessage(nested, fullName, link)),
    enums: message.enums.map((nested) => linkEnum(nested, fullName, link)),
    extensions: message.extensions.map((field) => linkField(field, fullName, link)),
    messageSetWireFormat,
    extensionRanges: message.extensionRanges.map(
      (range) => [range.from, range.isMax && messageSetWireFormat ? maxMessageSetNumber : range.to] as const,
    ),
    features: readFeatures(options, "google.protobuf.MessageOptions.features"),
  };
}

function linkOneof(oneof: ParsedMessage["oneofs"][number], scope: string, link: LinkScope) {
  const fullName = joinName(scope, oneof.name);
  interpretOptions(oneof.options, "oneof", optionScopeOf(link, fullName));
  return { name: oneof.name, fullName, comment: oneof.comment, deprecated: false, span: oneof.span };
}

/** Every range of a statement has the statement's options: they are looked at once. */
function checkRangeOptions(ranges: readonly ParsedExtensionRange[], scope: string, link: LinkScope): void {
  for (const options of new Set(ranges.map((range) => range.options))) {
    interpretOptions(options, "extension range", optionScopeOf(link, scope));
  }
}

/** Links an enum with its values, which stand in the scope around the enum. */
export function linkEnum(enumeration: ParsedEnum, scope: string, link: LinkScope): EnumDescriptor {
  const fullName = joinName(scope, enumeration.name);
  const options = interpretOptions(enumeration.options, "enum", optionScopeOf(link, fullName));
  return {
    name: enumeration.name,
    fullName,
    comment: enumeration.comment,
    deprecated: isTrue(options, "google.protobuf.EnumOptions.deprecated"),
    span: enumeration.span,
    values: enumeration.values.map((value) => {
      const valueName = joinName(scope, value.name);
      const valueOptions = interpretOptions(value.options, "enum value", optionScopeOf(link, valueName));
      const jsonName = readEnumJsonName(valueOptions);
      return {
        name: value.name,
        fullName: valueName,
        comment: value.comment,
        deprecated: isTrue(valueOptions, "google.protobuf.EnumValueOptions.deprecated"),
        span: value.span,
        number: value.number.value,
        ...(jsonName === undefined ? {} : { jsonName }),
      };
    }),
    allowAlias: isTrue(options, "google.protobuf.EnumOptions.allow_alias"),
    features: readFeatures(options, "google.protobuf.EnumOptions.features"),
  };
}
