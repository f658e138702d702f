/**
 * Reads a FileDescriptorSet: `buf build -o image.binpb`, or
 * `protoc --include_imports --include_source_info --descriptor_set_out=image.binpb`.
 */
import type { Diagnostic } from "../diagnostics.js";
import { checkDescriptorSet } from "./check-descriptor-set.js";
import { decodeFile, decodeFilePath } from "./decode-file.js";
import type { FileDescriptor } from "./descriptor.js";
import { unknownSpan } from "./source-locations.js";
import { bytesOf, readRecord, WireFormatError, type WireRecord } from "./wire-record.js";

/** The files of a descriptor set, in its order, or what is wrong with it. */
export interface DescriptorSet {
  readonly files: FileDescriptor[];
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
  try {
    const files = decodeFiles(bytes);
    if (files.length === 0) throw new WireFormatError("no files");
    return { files, diagnostics: checkDescriptorSet(files) };
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    const message = `not a descriptor set: found ${error.message}`;
    return { files: [], diagnostics: [unusable("PB030", message, howToWrite, displayName)] };
  }
}

function decodeFiles(bytes: Uint8Array): FileDescriptor[] {
  return bytesOf(readRecord(bytes), 1).map((each) => {
    const record = readRecord(each);
    return withFileName(record, () => decodeFile(record));
  });
}

/** Says in which file of the set the fault is. */
function withFileName(record: WireRecord, decode: () => FileDescriptor): FileDescriptor {
  const path = decodeFilePath(record);
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    throw new WireFormatError(`${error.message} in ${path}`);
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
  return undefined;
}
