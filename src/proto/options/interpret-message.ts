/** Message literals against the message they give the value of. */
import { didYouMean, suggestFor } from "../../diagnostics.js";
import type { OptionField, OptionMessage, OptionValue } from "../parsed-file.js";
import { interpretValue } from "./interpret-value.js";
import { emptyMessage, type InterpretedField, type InterpretedMessage } from "./interpreted-option.js";
import {
  fieldNames,
  findMessageField,
  findMessageType,
  type OptionFieldDefinition,
  type OptionType,
} from "./option-definitions.js";
import { isAllowed } from "./option-holders.js";
import { type OptionScope, reportLacking, reportOption } from "./option-scope.js";
import { resolveOptionExtension } from "./resolve-option-extension.js";
import { setField } from "./set-field.js";

/** A type whose values are message literals. */
export type MessageType = Extract<OptionType, { readonly kind: "message" | "mapEntry" }>;

const anyType = "google.protobuf.Any";

/** Checks a literal field by field. */
export function interpretMessage(literal: OptionMessage, type: MessageType, scope: OptionScope): InterpretedMessage {
  const message = emptyMessage();
  for (const field of literal.fields) {
    if (field.name.kind === "any") {
      checkAny(field, type, scope);
      continue;
    }
    const definition = findDefinition(field, type, scope);
    if (definition === undefined || !isAllowed(definition, field.name.span, `"${field.name.text}"`, scope)) continue;
    interpretField(field, definition, message, scope);
  }
  if (type.kind === "message") checkRequired(message, type, literal, scope);
  return message;
}

/** The name that messages show for a type. */
export function typeName(type: MessageType): string {
  return type.kind === "message" ? type.fullName : "map entry";
}

function findDefinition(field: OptionField, type: MessageType, scope: OptionScope): OptionFieldDefinition | undefined {
  const { text, span, kind } = field.name;
  if (kind === "extension") return resolveOptionExtension(text, span, typeName(type), `[${text}]`, scope);
  const found = findMessageField(type, text, scope.definitions);
  if (found !== undefined) return found;
  const hint = didYouMean(suggestFor(scope.diagnostics.length, text, () => fieldNames(type)));
  reportLacking(scope, "PB066", span, typeName(type), `"${typeName(type)}" has no field "${text}"${hint}`);
  return undefined;
}

function interpretField(
  field: OptionField,
  definition: OptionFieldDefinition,
  message: InterpretedMessage,
  scope: OptionScope,
): void {
  const shown = `"${field.name.text}"`;
  const values = listedValues(field.value, definition, shown, scope);
  if (values === undefined) return;
  const target: InterpretedField | undefined = setField(message, definition, field.name.span, shown, scope);
  for (const value of values) {
    const interpreted = interpretValue(value, definition, shown, true, scope);
    target?.values.push(interpreted);
  }
}

/** `[a, b]` gives several values, but only to a field that takes them. */
function listedValues(
  value: OptionValue,
  definition: OptionFieldDefinition,
  shown: string,
  scope: OptionScope,
): readonly OptionValue[] | undefined {
  if (value.kind !== "list") return [value];
  const repeated = definition.repeated;
  if (repeated) return value.items;
  reportOption(scope, "PB068", value.span, `${shown} is a list, expected one value: the field is not repeated`);
  return undefined;
}

/** `[type.googleapis.com/pkg.Message] { … }` is the one field of an Any. */
function checkAny(field: OptionField, type: MessageType, scope: OptionScope): void {
  const { text, span } = field.name;
  if (typeName(type) !== anyType) {
    reportOption(scope, "PB066", span, `found [${text}] in "${typeName(type)}", expected it in "${anyType}" only`);
    return;
  }
  const name = text.slice(text.lastIndexOf("/") + 1);
  const packed = findMessageType(name, scope.definitions.table);
  if (packed === undefined) {
    if (scope.view.missing.length > 0) return;
    reportOption(scope, "PB040", span, `there is no message "${name}"`);
  } else if (field.value.kind !== "message") {
    reportOption(scope, "PB068", field.value.span, `[${text}] needs a message in { }`);
  } else {
    interpretMessage(field.value, packed, scope);
  }
}

function checkRequired(
  message: InterpretedMessage,
  type: Extract<OptionType, { readonly kind: "message" }>,
  literal: OptionMessage,
  scope: OptionScope,
): void {
  for (const field of type.message.fields) {
    if (field.label !== "required" || message.fields.has(`${type.fullName}.${field.name}`)) continue;
    reportOption(scope, "PB076", literal.span, `"${type.fullName}" needs the field "${field.name}"`);
  }
}
