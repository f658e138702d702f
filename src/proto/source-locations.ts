/**
 * SourceCodeInfo of one file: where each declaration stands and the comment above it.
 * https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto (message SourceCodeInfo)
 */
import type { Span } from "../diagnostics.js";
import { bytesOf, firstBytes, readPackedIntegers, readRecord, textOf, type WireRecord } from "./wire-record.js";

/** Field numbers and indexes from FileDescriptorProto down to a declaration, for example [4, 0, 2, 1]. */
export type SourcePath = readonly number[];

/** Looks places and comments up by path. */
export interface SourceLocations {
  /** The span of the path, or of the nearest enclosing path that has one; 1:1 in a file without source info. */
  readonly spanOf: (path: SourcePath) => Span;
  /** The leading comment without markers, or "". */
  readonly commentOf: (path: SourcePath) => string;
}

/** What stands where nothing is known: the start of the file. */
export const unknownSpan: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Encoded locations by the bytes of their path: most are never asked for, so they stay encoded. */
type LocationIndex = ReadonlyMap<string, Uint8Array>;

const pathField = 1;
const spanField = 2;
const leadingCommentsField = 3;

/** Indexes a SourceCodeInfo message. Where a path occurs twice the first location counts. */
export function readSourceLocations(sourceCodeInfo: WireRecord): SourceLocations {
  const locations = new Map<string, Uint8Array>();
  for (const bytes of bytesOf(sourceCodeInfo, 1)) {
    const key = latin1(firstBytes(bytes, pathField));
    if (!locations.has(key)) locations.set(key, bytes);
  }
  return {
    spanOf: (path) => nearestSpan(locations, path),
    commentOf: (path) => {
      const location = locations.get(pathKey(path, path.length));
      return location === undefined ? "" : (textOf(readRecord(location), leadingCommentsField) ?? "");
    },
  };
}

function nearestSpan(locations: LocationIndex, path: SourcePath): Span {
  // The empty path is the whole file: no place worth pointing at.
  for (let length = path.length; length > 0; length--) {
    const found = locations.get(pathKey(path, length));
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

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
