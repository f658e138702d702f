/**
 * Reads a FileDescriptorSet: `buf build -o image.binpb`, or
 * `protoc --include_imports --include_source_info --descriptor_set_out=image.binpb`.
 */
import type { Diagnostic } from "../../diagnostics.js";
import type { FileDescriptor } from "../descriptor.js";
import { checkDescriptorSet } from "./check-descriptor-set.js";
import { decodeFile, decodeFilePath } from "./decode-file.js";
import { unknownSpan } from "./source-locations.js";
import { booleanOf, bytesOf, hasField, readRecord, recordOf, WireFormatError } from "./wire-record.js";

/** The files of a descriptor set, in its order, or what is wrong with it. */
export interface DescriptorSet {
  readonly files: FileDescriptor[];
  /** Import paths of the files that buf was asked for; the others are imports. Absent when the set does not say. */
  readonly named?: readonly string[];
  readonly diagnostics: Diagnostic[];
}

const howToWrite =
  "write it with `buf build -o image.binpb`, or `protoc --include_imports --include_source_info --descriptor_set_out=image.binpb`";

/**
 * Decodes a descriptor set. `displayName` is the file to show in diagnostics.
 * Never throws on damaged bytes: a file that cannot be used gives no files and a PB030 or PB031; a set that is not
 * complete gives PB032, PB033 or PB034.
 */
export function readDescriptorSet(bytes: Uint8Array, displayName: string): DescriptorSet {
  const wrongEncoding = describeOtherEncoding(bytes);
  if (wrongEncoding !== undefined) {
    const message = `${wrongEncoding}, expected a binary descriptor set`;
    return { files: [], diagnostics: [unusable("PB031", message, howToWrite, displayName)] };
  }
  // Slices of a Buffer are Buffers, which cost several times as much as plain ones.
  const records = readSet(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (typeof records === "string") {
    return {
      files: [],
      diagnostics: [unusable("PB030", `not a descriptor set: found ${records}`, howToWrite, displayName)],
    };
  }
  const results = records.map((record) => readFile(record, displayName));
  const files = results.flatMap((result) => (result.kind === "file" ? [result.file] : []));
  const damages = results.flatMap((result) => (result.kind === "damage" ? [result.diagnostic] : []));
  const named = results.flatMap((result) => (result.kind === "file" && result.isNamed ? [result.file.path] : []));
  const isFromBuf = results.some((result) => result.kind === "file" && result.isNamed !== undefined);
  // References to a file that could not be read would only repeat the finding.
  const diagnostics = damages.length > 0 ? damages : checkDescriptorSet(files);
  return { files, ...(isFromBuf ? { named } : {}), diagnostics };
}

/** buf.alpha.image.v1.ImageFileExtension, with `is_import` as its field 1. */
const bufExtension = 8042;

/** One file of a set, or why it cannot be used. */
type FileResult =
  | { readonly kind: "file"; readonly file: FileDescriptor; readonly isNamed?: boolean }
  | { readonly kind: "damage"; readonly diagnostic: Diagnostic };

/** The files of the set still encoded, or what was found instead. */
function readSet(bytes: Uint8Array): Uint8Array[] | string {
  try {
    const files = bytesOf(readRecord(bytes), 1);
    return files.length === 0 ? "no files" : files;
  } catch (error) {
    if (error instanceof WireFormatError) return error.message;
    throw error;
  }
}

function readFile(bytes: Uint8Array, displayName: string): FileResult {
  let shown = displayName;
  try {
    const record = readRecord(bytes);
    shown = decodeFilePath(record);
    const file = decodeFile(record);
    if (!hasField(record, bufExtension)) return { kind: "file", file };
    return { kind: "file", file, isNamed: !booleanOf(recordOf(record, bufExtension), 1) };
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    const message = `file that cannot be used in ${displayName}: found ${error.message}`;
    return { kind: "damage", diagnostic: unusable("PB030", message, howToWrite, shown) };
  }
}

function unusable(code: "PB030" | "PB031", message: string, help: string, file: string): Diagnostic {
  return { code, severity: "error", message, location: { file, ...unknownSpan }, help };
}

/** Names what the bytes are when their first ones give it away: none of these can begin a FileDescriptorSet. */
function describeOtherEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === undefined) return "found an empty file";
  if (first === 0x1f && second === 0x8b) return "found gzip";
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return "found zstd";
  if (first === 0x7b) return "found JSON";
  if (first !== 0x0a && bytes.length > 8 && bytes.subarray(0, 64).every(isPrintable)) return "found text";
  return undefined;
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
