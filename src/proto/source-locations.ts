/**
 * SourceCodeInfo of one file: where each declaration stands and the comment above it.
 * https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto (message SourceCodeInfo)
 */
import type { Span } from "../diagnostics.js";
import { bytesOf, readPackedIntegers, readRecord, textOf, type WireRecord } from "./wire-record.js";

/** Field numbers and indexes from FileDescriptorProto down to a declaration, for example [4, 0, 2, 1]. */
export type SourcePath = readonly number[];

/** Looks places and comments up by path. */
export interface SourceLocations {
  /** The span of the path, or of the nearest enclosing path that has one; 1:1 in a file without source info. */
  readonly spanOf: (path: SourcePath) => Span;
  /** The span of exactly this path. */
  readonly exactSpanOf: (path: SourcePath) => Span | undefined;
  /** The leading comment without markers, or "". */
  readonly commentOf: (path: SourcePath) => string;
}

/** What stands where nothing is known: the start of the file. */
export const unknownSpan: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

interface SourceLocation {
  readonly span: Span;
  readonly comment: string;
}

const pathField = 1;
const spanField = 2;
const leadingCommentsField = 3;

/** Indexes a SourceCodeInfo message. Where a path occurs twice the first location counts. */
export function readSourceLocations(sourceCodeInfo: WireRecord): SourceLocations {
  const locations = new Map<string, SourceLocation>();
  for (const bytes of bytesOf(sourceCodeInfo, 1)) {
    const record = readRecord(bytes);
    const key = packedIntegers(record, pathField).join();
    if (!locations.has(key)) locations.set(key, readLocation(record));
  }
  return {
    spanOf: (path) => nearestSpan(locations, path),
    exactSpanOf: (path) => locations.get(path.join())?.span,
    commentOf: (path) => locations.get(path.join())?.comment ?? "",
  };
}

function nearestSpan(locations: ReadonlyMap<string, SourceLocation>, path: SourcePath): Span {
  // The empty path is the whole file: no place worth pointing at.
  for (let length = path.length; length > 0; length--) {
    const found = locations.get(path.slice(0, length).join());
    if (found !== undefined) return found.span;
  }
  return unknownSpan;
}

function readLocation(record: WireRecord): SourceLocation {
  const [line = 0, column = 0, third = 0, fourth] = packedIntegers(record, spanField);
  // Three numbers: the range ends on the line it began on.
  const endLine = fourth === undefined ? line : third;
  const endColumn = fourth ?? third;
  return {
    span: { line: line + 1, column: column + 1, endLine: endLine + 1, endColumn: endColumn + 1 },
    comment: textOf(record, leadingCommentsField) ?? "",
  };
}

function packedIntegers(record: WireRecord, number: number): number[] {
  const [bytes] = bytesOf(record, number);
  return bytes === undefined ? [] : readPackedIntegers(bytes);
}
