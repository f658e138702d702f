/** Option values against the types of their fields. */

import { didYouMean, suggestFor } from "../../diagnostics.js";
import type { ScalarType } from "../descriptor.js";
import type { OptionValue } from "../parsed-file.js";
import { formatFloat } from "./default-value.js";
import { interpretMessage } from "./interpret-message.js";
import type { InterpretedValue } from "./interpreted-option.js";
import { integerRanges, parseFloatLiteral, parseInteger } from "./number-literal.js";
import { enumValueNames, type OptionFieldDefinition, type OptionType } from "./option-definitions.js";
import { type OptionScope, reportLacking, reportOption } from "./option-scope.js";

/** Words for bool in message literals, in addition to those in options. */
const literalBooleans: ReadonlyMap<string, boolean> = new Map([
  ["t", true],
  ["True", true],
  ["f", false],
  ["False", false],
]);

/**
 * Checks one value of a field; what does not fit is reported and `unknown`. `shown` names the option in messages,
 * `inLiteral` tells a value inside `{ }`, where text format allows more than an option does.
 */
export function interpretValue(
  value: OptionValue,
  definition: OptionFieldDefinition,
  shown: string,
  inLiteral: boolean,
  scope: OptionScope,
): InterpretedValue {
  const { type } = definition;
  switch (type.kind) {
    case "unresolved":
      return { kind: "unknown", span: value.span };
    case "scalar":
      return interpretScalar(value, type.scalar, shown, inLiteral, scope);
    case "enum":
      return interpretEnum(value, type, shown, inLiteral, scope);
    case "message":
    case "mapEntry":
      if (value.kind !== "message") return mismatch(value, "a message in { }", shown, scope);
      return { kind: "message", message: interpretMessage(value, type, scope), span: value.span };
  }
}

/** Checks a value of a scalar type. */
export function interpretScalar(
  value: OptionValue,
  scalar: ScalarType,
  shown: string,
  inLiteral: boolean,
  scope: OptionScope,
): InterpretedValue {
  switch (scalar) {
    case "bool":
      return interpretBoolean(value, shown, inLiteral, scope);
    case "string":
    case "bytes":
      if (value.kind !== "string") return mismatch(value, "a string", shown, scope);
      return { kind: "text", text: value.text, bytes: value.bytes, span: value.span };
    case "float":
    case "double":
      return interpretFloat(value, scalar, shown, inLiteral, scope);
    default:
      return interpretInteger(value, scalar, shown, scope);
  }
}

function interpretBoolean(value: OptionValue, shown: string, inLiteral: boolean, scope: OptionScope): InterpretedValue {
  const { span } = value;
  if (value.kind === "identifier" && !value.negative) {
    if (value.name === "true" || value.name === "false") return { kind: "boolean", value: value.name === "true", span };
    const known = inLiteral ? literalBooleans.get(value.name) : undefined;
    if (known !== undefined) return { kind: "boolean", value: known, span };
  }
  return mismatch(value, "true or false", shown, scope);
}

function interpretFloat(
  value: OptionValue,
  scalar: "float" | "double",
  shown: string,
  inLiteral: boolean,
  scope: OptionScope,
): InterpretedValue {
  const magnitude = floatMagnitude(value, inLiteral);
  if (magnitude === undefined) return mismatch(value, "a number", shown, scope);
  const negative = (value.kind === "number" || value.kind === "identifier") && value.negative;
  return { kind: "number", text: formatFloat(negative ? -magnitude : magnitude, scalar), span: value.span };
}

function floatMagnitude(value: OptionValue, inLiteral: boolean): number | undefined {
  if (value.kind === "number") return parseFloatLiteral(value.text);
  if (value.kind !== "identifier") return undefined;
  const name = inLiteral ? value.name.toLowerCase() : value.name;
  if (name === "inf" || (inLiteral && name === "infinity")) return Number.POSITIVE_INFINITY;
  return name === "nan" ? Number.NaN : undefined;
}

function interpretInteger(value: OptionValue, scalar: ScalarType, shown: string, scope: OptionScope): InterpretedValue {
  const magnitude = value.kind === "number" ? parseInteger(value.text) : undefined;
  if (value.kind !== "number" || magnitude === undefined) return mismatch(value, "an integer", shown, scope);
  const signed = value.negative ? -magnitude : magnitude;
  const [from, to] = integerRanges.get(scalar) ?? [signed, signed];
  if (signed < from || signed > to) {
    reportOption(scope, "PB072", value.span, `${shown} is ${signed}, expected ${scalar}: ${from} to ${to}`);
    return { kind: "unknown", span: value.span };
  }
  return { kind: "number", text: String(signed), span: value.span };
}

function interpretEnum(
  value: OptionValue,
  type: Extract<OptionType, { readonly kind: "enum" }>,
  shown: string,
  inLiteral: boolean,
  scope: OptionScope,
): InterpretedValue {
  const name = enumValueName(value, type, inLiteral);
  if (name === undefined) return mismatch(value, `a value of the enum "${type.fullName}"`, shown, scope);
  const names = enumValueNames(type.values);
  if (type.fullName.startsWith("google.protobuf.FeatureSet.") && name.endsWith("_UNKNOWN")) {
    return mismatch(value, `another value of the enum "${type.fullName}"`, shown, scope);
  }
  if (names.has(name)) return { kind: "enum", name, span: value.span };
  const hint = didYouMean(suggestFor(scope.diagnostics.length, name, () => names));
  const help = names.size > 8 ? `see the values of ${type.fullName}` : `expected one of ${[...names].join(", ")}`;
  const message = `the enum "${type.fullName}" has no value "${name}"${hint}`;
  reportLacking(scope, "PB069", value.span, type.fullName, message, help);
  return { kind: "unknown", span: value.span };
}

/** Text format allows the number of a value as well. */
function enumValueName(
  value: OptionValue,
  type: Extract<OptionType, { readonly kind: "enum" }>,
  inLiteral: boolean,
): string | undefined {
  if (value.kind === "identifier" && !value.negative) return value.name;
  if (!inLiteral || value.kind !== "number") return undefined;
  const magnitude = parseInteger(value.text);
  if (magnitude === undefined) return undefined;
  const number = Number(value.negative ? -magnitude : magnitude);
  return type.values.find((each) => each.number.value === number)?.name ?? String(number);
}

function mismatch(value: OptionValue, expected: string, shown: string, scope: OptionScope): InterpretedValue {
  reportOption(scope, "PB068", value.span, `${shown} is ${describeValue(value)}, expected ${expected}`);
  return { kind: "unknown", span: value.span };
}

/** Describes a value of the user in a word or two. */
export function describeValue(value: OptionValue): string {
  switch (value.kind) {
    case "string":
      return `the string ${JSON.stringify(value.text.length > 40 ? `${value.text.slice(0, 40)}…` : value.text)}`;
    case "number":
      return `the number ${value.negative ? "-" : ""}${value.text}`;
    case "identifier":
      return `the word ${value.negative ? "-" : ""}${value.name}`;
    case "message":
      return "a message";
    case "list":
      return "a list";
  }
}
