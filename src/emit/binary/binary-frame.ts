/** The common part of readers of messages, map entries and wrappers: parameters, loop over the fields, cases. */
import { readerFunction } from "./binary-scalar.js";
import type { Lines, Statement } from "../print/code-file.js";
import { call } from "../print/expression.js";
import { assign, block, caseBlock, caseOf, constant, defaultCase, switchOn } from "../print/statement.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { listsUnknownFields } from "../objects/value-form.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

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

/**
 * `while (reader.position < end)` over the fields. `others` becomes of a tag that no case takes; `declares`: the loop declares `tag`
 * itself.
 */
export function fieldLoop(
  context: EmitContext,
  cases: readonly Lines[],
  others: readonly Statement[],
  declares = true,
): Lines[] {
  const next = call(readerFunction(context, "readTag"), "reader");
  const tag = declares ? constant("tag", next) : assign("tag", next);
  const step = cases.length === 0 ? others : switchOn("tag", [...cases, ...defaultCase(others)]);
  return block("while (reader.position < end)", [tag, ...step]);
}

/** One case of the loop, in braces when its statements declare something. */
export function fieldCase(tag: number, lines: readonly Lines[], declares = false): Lines[] {
  return (declares ? caseBlock : caseOf)([`${tag}`], [...lines, "break;"]);
}
