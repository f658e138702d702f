/** Whether both readers give the same descriptors. */
import type { Span } from "../../src/diagnostics.js";
import type { FileDescriptor } from "../../src/proto/descriptor.js";

/** Where in a file two descriptors differ, in words; empty when they are equal. */
export function compareDescriptors(source: FileDescriptor, set: FileDescriptor): string[] {
  const differences: string[] = [];
  compareValues(source, set, source.path, differences);
  return differences;
}

function compareValues(source: unknown, set: unknown, path: string, differences: string[]): void {
  if (Object.is(source, set)) return;
  if (!isRecord(source) || !isRecord(set)) {
    differences.push(`${path}: source ${JSON.stringify(source)}, descriptor set ${JSON.stringify(set)}`);
    return;
  }
  for (const key of new Set([...Object.keys(source), ...Object.keys(set)])) {
    // Sets do not know where the files are on disk.
    if (key === "displayPath") continue;
    if (key === "span" && isInOption(path)) compareOptionSpans(source, set, path, differences);
    else compareValues(source[key], set[key], `${path}.${key}`, differences);
  }
}

/** Compilers give an option, or a part of it, one place; ours are exact and lie within. */
function compareOptionSpans(source: object, set: object, path: string, differences: string[]): void {
  const own = spanOf(source);
  const outer = spanOf(set);
  if (own.line >= outer.line && own.endLine <= outer.endLine) return;
  differences.push(`${path}.span: source ${JSON.stringify(own)}, descriptor set ${JSON.stringify(outer)}`);
}

function isInOption(path: string): boolean {
  return path.includes(".http") || /\.imports\.\d+$/.test(path);
}

function spanOf(value: object): Span {
  if ("span" in value && isRecord(value.span)) {
    const { line, column, endLine, endColumn } = value.span;
    return { line: Number(line), column: Number(column), endLine: Number(endLine), endColumn: Number(endColumn) };
  }
  throw new Error("no span");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
