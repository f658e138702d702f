/**
 * The two messages of a plugin of protoc, in binary.
 * https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/compiler/plugin.proto
 */
import { createReader, isBefore, readTag, skipValue } from "../../runtime/binary/binary-reader.js";
import { bytesField, varintField } from "../../proto/descriptor-set/write-fields.js";
import { readBytes, readString } from "../../runtime/binary/binary-text.js";

/** The part of a CodeGeneratorRequest that is used. */
export interface GeneratorRequest {
  /** Import paths of the files to generate for. */
  readonly files: readonly string[];
  /** `key=value,…`. */
  readonly parameter: string;
  /** A FileDescriptorSet of those files and all that they import. */
  readonly descriptorSet: Uint8Array;
}

/** Field numbers with their wire type: 2 is bytes, 0 a varint. */
const tags = { fileToGenerate: (1 << 3) | 2, parameter: (2 << 3) | 2, protoFile: (15 << 3) | 2 } as const;

/** Reads a request. Throws DecodeError for malformed bytes. */
export function readRequest(bytes: Uint8Array): GeneratorRequest {
  const reader = createReader(bytes);
  const files: string[] = [];
  const descriptors: Uint8Array[] = [];
  let parameter = "";
  while (isBefore(reader, bytes.length)) {
    const tag = readTag(reader);
    if (tag === tags.fileToGenerate) files.push(readString(reader));
    else if (tag === tags.parameter) parameter = readString(reader);
    else if (tag === tags.protoFile) descriptors.push(readBytes(reader));
    else skipValue(reader, tag);
  }
  return { files, parameter, descriptorSet: Buffer.concat(descriptors.map((file) => bytesField(1, file))) };
}

/** The answer: files, or why there are none. */
export type GeneratorResponse =
  | { readonly error: string }
  | { readonly files: readonly { readonly path: string; readonly content: string }[] };

/** Both features of plugins: proto3 `optional`, and editions. */
const supportedFeatures = 3;

/** google.protobuf.Edition: PROTO2, and the newest that this tool reads. */
const editions = { oldest: 998, newest: 1002 } as const;

/** Writes a response. */
export function writeResponse(response: GeneratorResponse): Buffer {
  const support = [varintField(2, supportedFeatures), varintField(3, editions.oldest), varintField(4, editions.newest)];
  if ("error" in response) return Buffer.concat([bytesField(1, Buffer.from(response.error)), ...support]);
  const files = response.files.map(({ path, content }) =>
    bytesField(15, Buffer.concat([bytesField(1, Buffer.from(path)), bytesField(15, Buffer.from(content))])),
  );
  return Buffer.concat([...support, ...files]);
}
