/** JSON names of the fields of a message: https://protobuf.dev/programming-guides/json/ */

import type { FieldDescriptor, MessageDescriptor } from "../descriptor.js";
import { defaultJsonName } from "../json-name.js";
import type { ParsedMessage } from "../parsed-file.js";
import { relatedIn } from "../report.js";
import type { CheckScope } from "./check-scope.js";

/** One field under one of its JSON names. */
interface NamedField {
  readonly field: FieldDescriptor;
  readonly jsonName: string;
  readonly isCustom: boolean;
}

/**
 * Reports fields with the same JSON name (PB047). The derived names must differ even where json_name replaces one.
 * Where JSON is best effort (proto2), derived names that clash are only worth a warning.
 */
export function checkJsonNames(message: ParsedMessage, linked: MessageDescriptor, scope: CheckScope): void {
  const derived = linked.fields.map((field): NamedField => {
    return { field, jsonName: defaultJsonName(field.name), isCustom: false };
  });
  const effective = derived.map((named): NamedField => {
    const { jsonName } = named.field;
    return jsonName === named.jsonName ? named : { field: named.field, jsonName, isCustom: true };
  });
  const isLenient = scope.features.jsonFormat === "legacy_best_effort" || allowsConflicts(message);
  reportSame(derived, () => true, isLenient, scope);
  if (effective.some((named) => named.isCustom)) {
    reportSame(effective, (a, b) => a.isCustom || b.isCustom, isLenient, scope);
  }
}

function reportSame(
  fields: readonly NamedField[],
  isOwnFinding: (a: NamedField, b: NamedField) => boolean,
  isLenient: boolean,
  scope: CheckScope,
): void {
  const firsts = new Map<string, NamedField>();
  for (const named of fields) {
    const first = firsts.get(named.jsonName);
    if (first === undefined) {
      firsts.set(named.jsonName, named);
      continue;
    }
    // A field declared twice has its own finding.
    if (!isOwnFinding(first, named) || first.field.name === named.field.name) continue;
    const isDerived = !first.isCustom && !named.isCustom;
    scope.report("PB047", named.field.span, `${describe(named)} is also that of field "${first.field.name}"`, {
      severity: isLenient && isDerived ? "warning" : "error",
      related: relatedIn(scope.file, first.field.span, `"${first.field.name}" is declared here`),
    });
  }
}

function describe({ field, jsonName, isCustom }: NamedField): string {
  return `the ${isCustom ? "custom" : "derived"} JSON name "${jsonName}" of field "${field.name}"`;
}

function allowsConflicts(message: ParsedMessage): boolean {
  return message.options.some(
    ({ name, value }) =>
      name[0]?.text === "deprecated_legacy_json_field_conflicts" &&
      value.kind === "identifier" &&
      value.name === "true",
  );
}
