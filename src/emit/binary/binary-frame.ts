/** The common part of readers of messages, map entries and wrappers: signature, loop over the fields, cases. */
import { readerFunction } from "./binary-scalar.js";
import { type Lines, wrapList } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { listsUnknownFields } from "../objects/value-form.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** `export function name(parameters): type {`. */
export function functionHead(name: string, parameters: readonly string[], type: string): string[] {
  return wrapList(`export function ${name}(`, parameters, `): ${type} {`);
}

/** The parameters of every message reader. */
export function readerParameters(context: EmitContext, type: string): string[] {
  return [`reader: ${readerType(context)}`, "end: number", `into?: ${type}`];
}

/** The local name of the runtime's BinaryReader. */
export function readerType(context: EmitContext): string {
  return useRuntimeType(context, "binary-reader", "BinaryReader");
}

/** The local name of a function of the runtime that keeps, skips or writes unknown fields. */
export function unknownFunction(
  context: EmitContext,
  name: RuntimeExport<"unknown-fields"> & (RuntimeExport<"unknown-fields-protobuf-es"> | "skipUnknownField"),
): string {
  return listsUnknownFields(context) && name !== "skipUnknownField"
    ? useRuntime(context, "unknown-fields-protobuf-es", name)
    : useRuntime(context, "unknown-fields", name);
}

/** `while (reader.position < end)` over the fields; `others` is what becomes of a tag that no case takes, `declaration` is "" when `tag` exists. */
export function fieldLoop(
  context: EmitContext,
  cases: readonly Lines[],
  others: readonly string[],
  declaration: "const " | "" = "const ",
): Lines[] {
  const tag = `${declaration}tag = ${readerFunction(context, "readTag")}(reader);`;
  if (cases.length === 0) return ["while (reader.position < end) {", [tag, ...others], "}"];
  return ["while (reader.position < end) {", [tag, "switch (tag) {", [...cases, "default:", [...others]], "}"], "}"];
}

/** One case of the loop, in braces when its lines declare something. */
export function caseOf(tag: number, lines: readonly Lines[], declares = false): Lines[] {
  if (!declares) return [`case ${tag}:`, [...lines, "break;"]];
  return [`case ${tag}: {`, [...lines, "break;"], "}"];
}
