/**
 * Checks of a descriptor set for declarations that a compiler never writes, and that would become code that does not
 * compile.
 */
import type { Diagnostic, Span } from "../../diagnostics.js";
import { maxFieldNumber } from "../check/check-field.js";
import type { Declaration, EnumDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor } from "../descriptor.js";
import { withNestedMessages } from "../descriptor-set/check-descriptor-set.js";
import { enclosingScope } from "../full-name.js";
import { reportNameClash, reportPackageClash } from "../names/check-names.js";
import { type NamedPlace, packagePrefixes } from "../names/symbol-table.js";
import { createReport, type Report } from "../report.js";

/**
 * Reports names that are declared twice (PB045, PB046), numbers and JSON names that two fields of a message have
 * (PB052, PB047), numbers that no field can have (PB050), enums and oneofs without members (PB060) and defaults that their enum
 * does not have (PB069).
 */
export function checkSetDeclarations(files: readonly FileDescriptor[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const enums = indexEnums(files);
  checkNames(files, diagnostics);
  for (const file of files) {
    const report = createReport(file, diagnostics);
    const messages = file.messages.flatMap(withNestedMessages);
    for (const message of messages) {
      checkFields(message, file, report);
      checkOneofs(message, report);
    }
    const extensions = [...file.extensions, ...messages.flatMap((message) => message.extensions)];
    for (const field of extensions) checkNumber(field, report);
    for (const field of [...extensions, ...messages.flatMap(({ fields }) => fields)])
      checkDefault(field, enums, report);
    for (const each of [...file.enums, ...messages.flatMap((message) => message.enums)]) {
      if (each.values.length > 0) continue;
      report("PB060", each.span, `enum "${each.name}" has no values, expected at least one`);
    }
  }
  return diagnostics;
}

function checkNames(files: readonly FileDescriptor[], diagnostics: Diagnostic[]): void {
  const packages = new Map<string, FileDescriptor>();
  for (const file of files) {
    for (const name of packagePrefixes(file.package)) if (!packages.has(name)) packages.set(name, file);
  }
  const places = new Map<string, NamedPlace>();
  for (const file of files) {
    for (const place of placesIn(file)) {
      const first = places.get(place.fullName);
      if (first !== undefined) {
        reportNameClash({ first, second: place }, diagnostics);
        continue;
      }
      places.set(place.fullName, place);
      const declaring = packages.get(place.fullName);
      if (declaring !== undefined) reportPackageClash(place, declaring.displayPath, diagnostics);
    }
  }
}

/** Every name that a file declares, in its order. */
function placesIn(file: FileDescriptor): NamedPlace[] {
  const placesOf = (kind: NamedPlace["kind"], declarations: readonly Declaration[]): NamedPlace[] =>
    declarations.map(({ fullName, span }) => ({ kind, fullName, scope: enclosingScope(fullName) ?? "", file, span }));
  const inEnums = (enums: readonly EnumDescriptor[]): NamedPlace[] => [
    ...placesOf("enum", enums),
    ...enums.flatMap(({ values }) => placesOf("enum value", values)),
  ];
  const messages = file.messages.flatMap(withNestedMessages);
  return [
    ...placesOf("message", messages),
    ...messages.flatMap((message) => [
      ...placesOf("field", message.fields),
      ...placesOf("oneof", message.oneofs),
      ...placesOf("extension", message.extensions),
      ...inEnums(message.enums),
    ]),
    ...inEnums(file.enums),
    ...placesOf("extension", file.extensions),
    ...placesOf("service", file.services),
    ...file.services.flatMap(({ methods }) => placesOf("method", methods)),
  ];
}

function checkFields({ fields }: MessageDescriptor, file: FileDescriptor, report: Report): void {
  const byNumber = new Map<number, FieldDescriptor>();
  const byJsonName = new Map<string, FieldDescriptor>();
  for (const field of fields) {
    checkNumber(field, report);
    const sameNumber = byNumber.get(field.number);
    if (sameNumber === undefined) byNumber.set(field.number, field);
    else {
      const message = `field "${field.name}" has the number ${field.number} of field "${sameNumber.name}"`;
      report("PB052", field.span, message, { related: [declaredIn(file, sameNumber.span, sameNumber.name)] });
    }
    const sameName = byJsonName.get(field.jsonName);
    if (sameName === undefined) byJsonName.set(field.jsonName, field);
    else if (sameName.name !== field.name) {
      const message = `the JSON name "${field.jsonName}" of field "${field.name}" is also that of field "${sameName.name}"`;
      // As in text: if JSON is best effort, derived names may clash.
      const severity = file.edition === "proto2" ? "warning" : "error";
      report("PB047", field.span, message, { severity, related: [declaredIn(file, sameName.span, sameName.name)] });
    }
  }
}

function checkOneofs({ fields, oneofs }: MessageDescriptor, report: Report): void {
  const used = new Set(fields.map(({ oneof }) => oneof));
  for (const { name, span } of oneofs) {
    if (!used.has(name)) report("PB060", span, `oneof "${name}" has no fields, expected at least one`);
  }
}

/** The names of the values of every enum, by its full name. */
function indexEnums(files: readonly FileDescriptor[]): ReadonlyMap<string, ReadonlySet<string>> {
  const all = files.flatMap((file) => [
    ...file.enums,
    ...file.messages.flatMap(withNestedMessages).flatMap((message) => message.enums),
  ]);
  return new Map(all.map(({ fullName, values }) => [fullName, new Set(values.map(({ name }) => name))]));
}

function checkDefault(
  { type, defaultValue, span }: FieldDescriptor,
  enums: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  if (type.kind !== "enum" || defaultValue === undefined || enums.get(type.fullName)?.has(defaultValue) !== false)
    return;
  report("PB069", span, `the enum "${type.fullName}" has no value "${defaultValue}"`);
}

function checkNumber({ name, number, extendee, span }: FieldDescriptor, report: Report): void {
  // Extensions of message sets go further.
  if (number >= 1 && (number <= maxFieldNumber || extendee !== undefined)) return;
  report("PB050", span, `field "${name}" has the number ${number}, expected 1 to ${maxFieldNumber}`);
}

function declaredIn(file: FileDescriptor, span: Span, name: string) {
  return { message: `"${name}" is declared here`, location: { file: file.displayPath, ...span } };
}
