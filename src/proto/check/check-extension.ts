/** Extensions: https://protobuf.dev/programming-guides/extension_declarations/ */
import type { Diagnostic } from "../../diagnostics.js";
import type { FieldDescriptor, FileDescriptor, MessageDescriptor } from "../descriptor.js";
import { withNestedMessages } from "../descriptor-set/check-descriptor-set.js";
import type { LinkedFile } from "../linked-file.js";
import type { ParsedField, ParsedFile } from "../parsed-file.js";
import { createReport } from "../report.js";
import { checkField, maxFieldNumber } from "./check-field.js";
import type { CheckScope } from "./check-scope.js";

/** Checks one extension against what it extends. */
export function checkExtension(field: ParsedField, linked: FieldDescriptor, scope: CheckScope): void {
  checkField(field, linked, scope);
  const extendee = scope.types.messages.get(linked.extendee ?? "");
  if (linked.label === "required" || linked.features.fieldPresence === "legacy_required") {
    scope.report(
      "PB064",
      field.labelSpan ?? field.span,
      `extension "${field.name}" is required, expected another label`,
    );
  }
  if (linked.type.kind === "map") {
    scope.report("PB064", field.type.span, `extension "${field.name}" is a map, expected another type`, {
      help: "put the map into a message of its own",
    });
  }
  if (scope.file.edition.value === "proto3") checkProto3(field, linked, scope);
  if (extendee !== undefined) checkAgainst(extendee, field, linked, scope);
}

function checkProto3(field: ParsedField, linked: FieldDescriptor, scope: CheckScope): void {
  if (/^google\.protobuf\.[A-Za-z]+Options$/.test(linked.extendee ?? "")) return;
  const span = field.extendee?.span ?? field.span;
  scope.report("PB064", span, `found an extension of "${linked.extendee}", expected only options extended in proto3`);
}

function checkAgainst(
  extendee: MessageDescriptor,
  field: ParsedField,
  linked: FieldDescriptor,
  scope: CheckScope,
): void {
  const number = linked.number;
  if (!scope.types.takesExtension(extendee, number)) {
    const ranges = extendee.extensionRanges.slice(0, mostRanges).map(([from, to]) => showNumbers(from, to));
    const more = extendee.extensionRanges.length - ranges.length;
    const shown = ranges.join(", ") + (more > 0 ? ` or one of ${more} more ranges` : "");
    const expected = shown === "" ? "no extensions" : shown;
    const message = `extension "${field.name}" of "${extendee.fullName}" has the number ${number}, expected ${expected}`;
    scope.report("PB055", field.number.span, message);
  }
  if (extendee.messageSetWireFormat && (linked.type.kind !== "message" || linked.label === "repeated")) {
    const message = `extension "${field.name}" of the message set "${extendee.fullName}" is no optional message`;
    scope.report("PB063", field.type.span, message);
  }
}

/** Most ranges that a message lists. */
const mostRanges = 8;

function showNumbers(from: number, to: number): string {
  if (to === from + 1) return String(from);
  return to > maxFieldNumber ? `${from} to max` : `${from} to ${to - 1}`;
}

/**
 * Reports two extensions of one message with the same number (PB052), wherever they are, except for two in files that
 * come with the tool: the options of grpc-gateway 1 and 2 have the same numbers, options are told apart by name, and a
 * user could not fix it.
 */
export function checkExtensionNumbers(files: readonly LinkedFile[], diagnostics: Diagnostic[]): void {
  const firsts = new Map<
    string,
    { readonly extension: FieldDescriptor; readonly file: FileDescriptor; readonly parsed: ParsedFile }
  >();
  for (const { parsed, descriptor: file } of files) {
    const report = createReport(parsed, diagnostics);
    for (const extension of extensionsOf(file)) {
      const key = `${extension.extendee} ${extension.number}`;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, { extension, file, parsed });
      if (first === undefined || (first.parsed.supplied === true && parsed.supplied === true)) continue;
      const message = `extension "${extension.name}" has the number ${extension.number} of "${first.extension.fullName}"`;
      const location = { file: first.file.displayPath, ...first.extension.span };
      const related = [{ message: `"${first.extension.fullName}" is declared here`, location }];
      report("PB052", extension.span, message, { related });
    }
  }
}

function extensionsOf(file: FileDescriptor): FieldDescriptor[] {
  return [...file.extensions, ...file.messages.flatMap(withNestedMessages).flatMap((message) => message.extensions)];
}
