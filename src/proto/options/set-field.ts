/** Setting a field of an option: once, and only one member of a oneof. */
import type { Span } from "../../diagnostics.js";
import type { InterpretedField, InterpretedMessage } from "./interpreted-option.js";
import type { OptionFieldDefinition } from "./option-definitions.js";
import { type OptionScope, reportOption } from "./option-scope.js";

/**
 * The field to add a value to; undefined, and reported, when it is set already (PB071) or another member of its oneof
 * is (PB070). A repeated field may be set any number of times.
 */
export function setField(
  message: InterpretedMessage,
  definition: OptionFieldDefinition,
  span: Span,
  shown: string,
  scope: OptionScope,
): InterpretedField | undefined {
  const existing = message.fields.get(definition.fullName);
  if (existing !== undefined) {
    if (definition.repeated || definition.type.kind === "mapEntry") return existing;
    reportOption(scope, "PB071", span, `${shown} is set twice, expected once`, firstAt(existing, scope));
    return undefined;
  }
  const rival = findOneofMember(message, definition.oneof);
  if (rival !== undefined && definition.oneof !== undefined) {
    const oneof = definition.oneof.slice(definition.oneof.lastIndexOf(".") + 1);
    const found = `${shown} and "${rival.definition.name}" are both set, expected one: they share the oneof "${oneof}"`;
    reportOption(scope, "PB070", span, found, firstAt(rival, scope));
    return undefined;
  }
  return addField(message, definition, span);
}

/** Marks a field as set, without any check. */
export function addField(message: InterpretedMessage, definition: OptionFieldDefinition, span: Span): InterpretedField {
  const field: InterpretedField = { definition, values: [], span };
  message.fields.set(definition.fullName, field);
  return field;
}

function findOneofMember(message: InterpretedMessage, oneof: string | undefined): InterpretedField | undefined {
  if (oneof === undefined) return undefined;
  return [...message.fields.values()].find((field) => field.definition.oneof === oneof);
}

function firstAt(field: InterpretedField, scope: OptionScope) {
  const location = { file: scope.view.file.displayPath, ...field.span };
  return { related: [{ message: `"${field.definition.name}" is set here first`, location }] };
}
