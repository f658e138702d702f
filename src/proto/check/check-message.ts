/** Messages and what is in them. */

import type { MessageDescriptor } from "../descriptor.js";
import { inheritFeatures } from "../effective-features.js";
import { pairs } from "../pairs.js";
import type { ParsedField, ParsedMessage } from "../parsed-file.js";
import { relatedIn } from "../report.js";
import { checkEnum } from "./check-enum.js";
import { checkExtension } from "./check-extension.js";
import { checkField, maxFieldNumber } from "./check-field.js";
import { checkJsonNames } from "./check-json-names.js";
import { checkRanges, reportReserved, showRange } from "./check-ranges.js";
import type { CheckScope } from "./check-scope.js";
import { indexRanges } from "./range-index.js";

const maxMessageSetNumber = 2147483646;

/** Checks a message with everything in it. */
export function checkMessage(message: ParsedMessage, linked: MessageDescriptor, outer: CheckScope): void {
  const scope = { ...outer, features: inheritFeatures(outer.features, linked.features) };
  for (const [field, linkedField] of pairs(message.fields, linked.fields)) checkField(field, linkedField, scope);
  for (const [field, linkedField] of pairs(message.extensions, linked.extensions)) {
    checkExtension(field, linkedField, scope);
  }
  for (const [nested, linkedNested] of pairs(message.messages, linked.messages)) {
    checkMessage(nested, linkedNested, scope);
  }
  for (const [nested, linkedNested] of pairs(message.enums, linked.enums)) checkEnum(nested, linkedNested, scope);
  checkFieldNumbers(message, scope);
  const max = linked.messageSetWireFormat ? maxMessageSetNumber : maxFieldNumber;
  checkRanges(message.reservedRanges, message.extensionRanges, { min: 1, max }, scope);
  reportReserved(message, message.fields, "field", scope);
  checkOneofs(message, scope);
  checkMapEntries(message, scope);
  checkExtensionRanges(message, linked, scope);
  checkJsonNames(message, linked, scope);
}

function checkFieldNumbers(message: ParsedMessage, scope: CheckScope): void {
  const firsts = new Map<number, ParsedField>();
  const extensionRange = indexRanges(message.extensionRanges);
  let free: number | undefined;
  for (const field of message.fields) {
    const number = field.number.value;
    const first = firsts.get(number);
    if (first === undefined) firsts.set(number, field);
    else {
      free ??= nextFree(message);
      const related = relatedIn(scope.file, first.number.span, `"${first.name}" is declared here`);
      const text = `field "${field.name}" has the number ${number} of field "${first.name}"`;
      scope.report("PB052", field.number.span, text, { related, help: `the next free number is ${free}` });
    }
    const range = extensionRange(number);
    if (range === undefined) continue;
    const related = relatedIn(scope.file, range.span, "extension range");
    const text = `field "${field.name}" has the number ${number} inside the extension range ${showRange(range)}`;
    scope.report("PB054", field.number.span, text, { related });
  }
}

function nextFree(message: ParsedMessage): number {
  const used = new Set(message.fields.map((field) => field.number.value));
  const rangeOf = indexRanges([...message.reservedRanges, ...message.extensionRanges]);
  let number = 1;
  while (number < maxFieldNumber) {
    const range = rangeOf(number);
    if (range !== undefined) number = range.to;
    else if (used.has(number)) number++;
    else break;
  }
  return Math.min(number, maxFieldNumber);
}

function checkOneofs(message: ParsedMessage, scope: CheckScope): void {
  const used = new Set(message.fields.map((field) => field.oneof));
  for (const oneof of message.oneofs) {
    if (used.has(oneof.name)) continue;
    scope.report("PB060", oneof.span, `oneof "${oneof.name}" has no fields, expected at least one`);
  }
}

/** Checks the messages that map fields declare implicitly: `tags` -> `TagsEntry`. */
function checkMapEntries(message: ParsedMessage, scope: CheckScope): void {
  const maps = message.fields.filter((field) => field.type.kind === "map");
  if (maps.length === 0) return;
  const members = [...message.fields, ...message.enums, ...message.messages];
  const rivals = new Map(members.map((each) => [each.name, each]));
  for (const field of maps) {
    const entry = `${field.name.replace(/(?:^|_)+(.)/g, (_, next: string) => next.toUpperCase())}Entry`;
    const rival = rivals.get(entry);
    if (rival === undefined) continue;
    const related = relatedIn(scope.file, rival.span, `"${entry}" is declared here`);
    scope.report("PB045", field.span, `the map field "${field.name}" declares "${entry}", which is taken`, { related });
  }
}

function checkExtensionRanges(message: ParsedMessage, linked: MessageDescriptor, scope: CheckScope): void {
  const isProto3 = scope.file.edition.value === "proto3";
  const [range] = message.extensionRanges;
  if (isProto3 && range !== undefined) {
    scope.report("PB064", range.span, "found an extension range, expected none in proto3", {
      help: "use google.protobuf.Any, or an edition",
    });
  }
  if (!linked.messageSetWireFormat) return;
  const [field] = message.fields;
  if (isProto3) scope.report("PB063", message.span, "message sets are not allowed in proto3");
  if (field !== undefined)
    scope.report("PB063", field.span, "found a field in a message set, expected extensions only");
  if (range === undefined) {
    scope.report("PB063", message.span, `message set "${message.name}" has no extension range, expected one`);
  }
}
