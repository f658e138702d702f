/** Enums: https://protobuf.dev/programming-guides/proto3/#enum */

import type { EnumDescriptor } from "../descriptor.js";
import { inheritFeatures } from "../effective-features.js";
import type { ParsedEnum, ParsedEnumValue } from "../parsed-file.js";
import { relatedIn } from "../report.js";
import { checkRanges, reportReserved } from "./check-ranges.js";
import type { CheckScope } from "./check-scope.js";

const limits = { min: -2147483648, max: 2147483647 };

/** Checks one enum. */
export function checkEnum(enumeration: ParsedEnum, linked: EnumDescriptor, scope: CheckScope): void {
  const features = inheritFeatures(scope.features, linked.features);
  const [first] = enumeration.values;
  if (first === undefined) {
    scope.report("PB060", enumeration.span, `enum "${enumeration.name}" has no values, expected at least one`);
  } else if (features.enumType === "open" && first.number.value !== 0) {
    const message = `the first value of enum "${enumeration.name}" is ${first.number.value}, expected 0: the enum is open`;
    scope.report("PB048", first.number.span, message, {
      help: `add ${zeroName(enumeration.name)} = 0; as first value`,
    });
  }
  for (const { number } of enumeration.values) {
    if (number.value >= limits.min && number.value <= limits.max) continue;
    const message = `found the enum number ${number.value}, expected ${limits.min} to ${limits.max}`;
    scope.report("PB062", number.span, message);
  }
  checkAliases(enumeration, linked.allowAlias, scope);
  checkRanges(enumeration.reservedRanges, [], limits, scope);
  reportReserved(enumeration, enumeration.values, "enum value", scope);
  if (features.jsonFormat === "allow") checkShortNames(enumeration, scope);
}

function zeroName(enumName: string): string {
  return `${enumName.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}_UNSPECIFIED`;
}

function checkAliases(enumeration: ParsedEnum, allowAlias: boolean, scope: CheckScope): void {
  const firsts = new Map<number, ParsedEnumValue>();
  let aliases = 0;
  for (const value of enumeration.values) {
    const first = firsts.get(value.number.value);
    if (first === undefined) {
      firsts.set(value.number.value, value);
      continue;
    }
    aliases++;
    if (allowAlias) continue;
    const message = `"${value.name}" has the number ${value.number.value} of "${first.name}"`;
    const related = relatedIn(scope.file, first.span, `"${first.name}" is declared here`);
    const help = "give it another number, or set option allow_alias = true in the enum";
    scope.report("PB061", value.number.span, message, { related, help });
  }
  if (allowAlias && aliases === 0) {
    const message = `enum "${enumeration.name}" sets allow_alias, but no two values have the same number`;
    scope.report("PB061", enumeration.span, message, { help: "remove the option" });
  }
}

/** Names that generated code may shorten to the same one: without the enum's name, underscores and case. */
function checkShortNames(enumeration: ParsedEnum, scope: CheckScope): void {
  const firsts = new Map<string, ParsedEnumValue>();
  for (const value of enumeration.values) {
    const short = shortName(value.name, enumeration.name);
    const first = firsts.get(short);
    if (first === undefined) firsts.set(short, value);
    else if (first.number.value !== value.number.value && first.name !== value.name) {
      const message = `"${value.name}" is the same as "${first.name}" without case, underscores and the enum's name`;
      const related = relatedIn(scope.file, first.span, `"${first.name}" is declared here`);
      scope.report("PB046", value.span, message, { related });
    }
  }
}

/** `SHELF_STATE_IN_USE` of `ShelfState` -> `InUse`. */
function shortName(valueName: string, enumName: string): string {
  const parts = withoutPrefix(valueName, enumName.toLowerCase().replaceAll("_", "")).split("_");
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()).join("");
}

function withoutPrefix(valueName: string, prefix: string): string {
  let matched = 0;
  let at = 0;
  for (; at < valueName.length && matched < prefix.length; at++) {
    const character = valueName.charAt(at).toLowerCase();
    if (character === "_") continue;
    if (character !== prefix.charAt(matched)) return valueName;
    matched++;
  }
  const rest = valueName.slice(at).replace(/^_+/, "");
  return matched < prefix.length || rest === "" ? valueName : rest;
}
