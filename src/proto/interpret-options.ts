/**
 * Options against their definitions: every option of every declaration is checked, whether this tool uses it or not.
 * https://protobuf.dev/programming-guides/proto3/#options
 */
import { suggest } from "../diagnostics.js";
import { typeName } from "./interpret-message.js";
import { interpretValue } from "./interpret-value.js";
import { emptyMessage, type InterpretedMessage, nothingSet } from "./interpreted-option.js";
import { fieldNames, findMessageField, findMessageType, type OptionFieldDefinition } from "./option-definitions.js";
import { didYouMean, type OptionScope, reportOption } from "./option-scope.js";
import type { OptionNamePart, ParsedOption } from "./parsed-file.js";
import { resolveOptionExtension } from "./resolve-option-extension.js";
import { addField, setField } from "./set-field.js";

/** What kinds of declarations take options. */
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

interface HolderFacts {
  readonly options: string;
  /** FieldOptions.OptionTargetType. */
  readonly target: string;
}

const holders: Readonly<Record<OptionHolder, HolderFacts>> = {
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
  const facts = holders[holder];
  for (const option of options) interpretOption(option, facts, holder, root, scope);
  return root;
}

function interpretOption(
  option: ParsedOption,
  facts: HolderFacts,
  holder: OptionHolder,
  root: InterpretedMessage,
  scope: OptionScope,
): void {
  let message = root;
  let owner = facts.options;
  for (const [index, part] of option.name.entries()) {
    const shown = showName(option.name.slice(0, index + 1));
    const definition = resolvePart(part, owner, holder, shown, scope);
    if (definition === undefined || !isAllowedOn(definition, facts, holder, shown, part, scope)) return;
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
  if (found !== undefined && !internalOptions.has(found.fullName) && part.text !== "uninterpreted_option") return found;
  const isStandard = Object.values(holders).some((each) => each.options === owner);
  const what = isStandard
    ? `unknown option ${shown} of ${holderName(holder)}`
    : `${typeName(type)} has no field "${part.text}"`;
  const hint = didYouMean(suggest(part.text, fieldNames(type)));
  reportOption(scope, isStandard ? "PB065" : "PB066", part.span, `${what}${hint}`, parenthesesHelp(part, scope));
  return undefined;
}

/** Custom options need parentheses: without them `google.api.http` reads as a field of a field. */
function parenthesesHelp(part: OptionNamePart, scope: OptionScope): { readonly help?: string } {
  const isPackage = scope.view.packages.has(part.text);
  return isPackage ? { help: "put the name of a custom option in parentheses: (package.option)" } : {};
}

function holderName(holder: OptionHolder): string {
  return holder === "enum value" || holder === "enum" || holder === "extension range" ? `an ${holder}` : `a ${holder}`;
}

function isAllowedOn(
  definition: OptionFieldDefinition,
  facts: HolderFacts,
  holder: OptionHolder,
  shown: string,
  part: OptionNamePart,
  scope: OptionScope,
): boolean {
  if (definition.targets.length === 0 || definition.targets.includes(facts.target)) return true;
  const allowed = definition.targets.map((each) => each.replace("TARGET_TYPE_", "").toLowerCase().replaceAll("_", " "));
  const message = `option ${shown} does not apply to ${holderName(holder)}, expected it on: ${allowed.join(", ")}`;
  reportOption(scope, "PB074", part.span, message);
  return false;
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
