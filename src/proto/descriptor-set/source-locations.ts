/**
 * SourceCodeInfo of one file: where each declaration stands and the comment above it.
 * https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto (message SourceCodeInfo)
 */
import type { Span } from "../../diagnostics.js";
import { firstBytes, readPackedIntegers, readRecord, scanFields, textOf } from "./wire-record.js";

/** Field numbers and indexes from FileDescriptorProto down to a declaration, for example [4, 0, 2, 1]. */
export type SourcePath = readonly number[];

/** Looks places and comments up by path. */
export interface SourceLocations {
  /** The span of the path, or of the nearest enclosing path that has one; 1:1 in a file without source info. */
  readonly spanOf: (path: SourcePath) => Span;
  /** The leading comment without markers, or "". */
  readonly commentOf: (path: SourcePath) => string;
}

/** The span of an unknown place: the start of the file. */
export const unknownSpan: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Locations by the bytes of their path. Most are never asked for, so they stay encoded: only where they are is kept. */
interface LocationIndex {
  readonly bytes: Uint8Array;
  readonly numbers: ReadonlyMap<string, number>;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const locationField = 1;
const pathField = 1;
const spanField = 2;
const leadingCommentsField = 3;

/** Indexes an encoded SourceCodeInfo message. Where a path occurs twice the first location counts. */
export function readSourceLocations(sourceCodeInfo: Uint8Array): SourceLocations {
  const index = indexLocations(sourceCodeInfo);
  return {
    spanOf: (path) => nearestSpan(index, path),
    commentOf: (path) => {
      const location = findLocation(index, pathKey(path, path.length));
      return location === undefined ? "" : (textOf(readRecord(location), leadingCommentsField) ?? "");
    },
  };
}

function indexLocations(bytes: Uint8Array): LocationIndex {
  const numbers = new Map<string, number>();
  const starts: number[] = [];
  const ends: number[] = [];
  scanFields(bytes, 0, bytes.length, (field, start, end) => {
    if (field !== locationField) return;
    const key = readKey(bytes, start, end);
    if (numbers.has(key)) return;
    numbers.set(key, starts.length);
    starts.push(start);
    ends.push(end);
  });
  return { bytes, numbers, starts, ends };
}

function readKey(bytes: Uint8Array, from: number, to: number): string {
  let key = "";
  scanFields(bytes, from, to, (field, start, end) => {
    if (field === pathField) key = latin1(bytes, start, end);
  });
  return key;
}

function findLocation(index: LocationIndex, key: string): Uint8Array | undefined {
  const number = index.numbers.get(key);
  return number === undefined ? undefined : index.bytes.subarray(index.starts[number], index.ends[number]);
}

function nearestSpan(index: LocationIndex, path: SourcePath): Span {
  // The empty path is the whole file: no place worth pointing at.
  for (let length = path.length; length > 0; length--) {
    const found = findLocation(index, pathKey(path, length));
    if (found !== undefined) return readSpan(found);
  }
  return unknownSpan;
}

function readSpan(location: Uint8Array): Span {
  const [line = 0, column = 0, third = 0, fourth] = readPackedIntegers(firstBytes(location, spanField));
  // Three numbers: the range ends on the line it began on.
  const endLine = fourth === undefined ? line : third;
  const endColumn = fourth ?? third;
  return { line: line + 1, column: column + 1, endLine: endLine + 1, endColumn: endColumn + 1 };
}

/** The first `length` numbers of a path as packed varints, one character per byte. */
function pathKey(path: SourcePath, length: number): string {
  let key = "";
  for (let index = 0; index < length; index++) {
    let rest = path[index] ?? 0;
    for (; rest > 0x7f; rest >>>= 7) key += String.fromCharCode((rest & 0x7f) | 0x80);
    key += String.fromCharCode(rest);
  }
  return key;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
