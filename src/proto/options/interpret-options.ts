/**
 * Options against their definitions: every option of every declaration is checked, whether this tool uses it or not.
 * https://protobuf.dev/programming-guides/proto3/#options
 */
import { didYouMean, suggestFor } from "../../diagnostics.js";
import type { OptionNamePart, ParsedOption } from "../parsed-file.js";
import { type MessageType, typeName } from "./interpret-message.js";
import { interpretValue } from "./interpret-value.js";
import { emptyMessage, type InterpretedMessage, nothingSet } from "./interpreted-option.js";
import { fieldNames, findMessageField, findMessageType, type OptionFieldDefinition } from "./option-definitions.js";
import { isAllowed, type OptionHolder, optionHolders, withArticle } from "./option-holders.js";
import { type OptionScope, reportLacking, reportOption } from "./option-scope.js";
import { resolveOptionExtension } from "./resolve-option-extension.js";
import { addField, setField } from "./set-field.js";

/** Set by the compiler only; a source must not. */
const internalOptions = new Set(["google.protobuf.MessageOptions.map_entry"]);

/**
 * Interprets the options of one declaration. What is wrong is reported and left out. `default` and `json_name` are no
 * options of FieldOptions: take them out before.
 */
export function interpretOptions(
  options: readonly ParsedOption[],
  holder: OptionHolder,
  scope: OptionScope,
): InterpretedMessage {
  if (options.length === 0) return nothingSet;
  const root = emptyMessage();
  for (const option of options) interpretOption(option, holder, root, { ...scope, holder });
  return root;
}

function interpretOption(
  option: ParsedOption,
  holder: OptionHolder,
  root: InterpretedMessage,
  scope: OptionScope,
): void {
  let message = root;
  let owner = optionHolders[holder].options;
  for (const [index, part] of option.name.entries()) {
    const shown = showName(option.name.slice(0, index + 1));
    const definition = resolvePart(part, owner, holder, shown, scope);
    if (definition === undefined || !isAllowed(definition, part.span, `option ${shown}`, scope)) return;
    if (index === option.name.length - 1) {
      setOption(option, definition, message, shown, scope);
      return;
    }
    const inner = enterMessage(message, definition, part, shown, option, scope);
    if (inner === undefined) return;
    message = inner.message;
    owner = inner.owner;
  }
}

function setOption(
  option: ParsedOption,
  definition: OptionFieldDefinition,
  message: InterpretedMessage,
  shown: string,
  scope: OptionScope,
): void {
  const named = `option ${shown}`;
  const field = setField(message, definition, option.span, named, scope);
  const value = interpretValue(option.value, definition, named, false, scope);
  field?.values.push(value);
}

function resolvePart(
  part: OptionNamePart,
  owner: string,
  holder: OptionHolder,
  shown: string,
  scope: OptionScope,
): OptionFieldDefinition | undefined {
  if (part.isExtension) return resolveOptionExtension(part.text, part.span, owner, shown, scope);
  const type = findMessageType(owner, scope.definitions.table);
  // Without descriptor.proto nothing is known about standard options; loading supplies it.
  if (type === undefined) return undefined;
  const found = findMessageField(type, part.text, scope.definitions);
  if (found === undefined) {
    reportUnknownOption(part, type, holder, shown, scope);
    return undefined;
  }
  const refusal = refuse(found, scope);
  if (refusal === undefined) return found;
  reportOption(scope, "PB074", part.span, `option ${shown} ${refusal}`);
  return undefined;
}

/** The reason why a standard option must not be set at all; undefined if it may be set. */
function refuse(definition: OptionFieldDefinition, scope: OptionScope): string | undefined {
  if (internalOptions.has(definition.fullName) || definition.name === "uninterpreted_option") {
    return "is set by compilers only";
  }
  if (definition.name !== "features" || !isStandardOptions(definition.owner)) return undefined;
  const edition = scope.view.file.edition.value;
  return edition === "proto2" || edition === "proto3" ? `belongs to editions, found it in ${edition}` : undefined;
}

function reportUnknownOption(
  part: OptionNamePart,
  type: MessageType,
  holder: OptionHolder,
  shown: string,
  scope: OptionScope,
): void {
  const hint = didYouMean(suggestFor(scope.diagnostics.length, part.text, () => fieldNames(type)));
  if (isStandardOptions(typeName(type))) {
    const message = `unknown option ${shown} of ${withArticle(holder)}${hint}`;
    reportOption(scope, "PB065", part.span, message, parenthesesHelp(part, scope));
  } else {
    reportLacking(scope, "PB066", part.span, typeName(type), `"${typeName(type)}" has no field "${part.text}"${hint}`);
  }
}

function isStandardOptions(owner: string): boolean {
  return Object.values(optionHolders).some((each) => each.options === owner);
}

/** Custom options need parentheses: without them `google.api.http` reads as a field of a field. */
function parenthesesHelp(part: OptionNamePart, scope: OptionScope): { readonly help?: string } {
  const isPackage = scope.view.packages.has(part.text);
  return isPackage ? { help: "put the name of a custom option in parentheses: (package.option)" } : {};
}

/** Goes into the message that a name part names, creating it when it is not set yet. */
function enterMessage(
  message: InterpretedMessage,
  definition: OptionFieldDefinition,
  part: OptionNamePart,
  shown: string,
  option: ParsedOption,
  scope: OptionScope,
): { readonly message: InterpretedMessage; readonly owner: string } | undefined {
  if (definition.type.kind === "unresolved") return undefined;
  if (definition.type.kind !== "message" || definition.repeated) {
    const found = definition.repeated || definition.type.kind === "mapEntry" ? "is repeated" : "holds no fields";
    reportOption(scope, "PB073", part.span, `option ${shown} ${found}, expected a single message before "."`);
    return undefined;
  }
  const owner = definition.type.fullName;
  const existing = message.fields.get(definition.fullName)?.values.at(-1);
  if (existing?.kind === "message") return { message: existing.message, owner };
  if (existing !== undefined) return undefined;
  const field =
    setField(message, definition, option.span, `option ${shown}`, scope) ??
    addField(emptyMessage(), definition, option.span);
  const inner = emptyMessage();
  field.values.push({ kind: "message", message: inner, span: option.span });
  return { message: inner, owner };
}

function showName(parts: readonly OptionNamePart[]): string {
  return parts.map((part) => (part.isExtension ? `(${part.text})` : part.text)).join(".");
}
