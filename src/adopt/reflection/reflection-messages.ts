/**
 * The messages of gRPC's server reflection, as far as they are used; v1 and v1alpha have the same.
 * https://github.com/grpc/grpc-proto/blob/master/grpc/reflection/v1/reflection.proto
 */
import { bytesOf, integerOf, readRecord, recordOf, recordsOf, textOf } from "../../proto/descriptor-set/wire-record.js";
import { bytesField } from "../../proto/descriptor-set/write-fields.js";

/** A question to the server. */
export type ReflectionRequest =
  | { readonly kind: "services" }
  | { readonly kind: "fileOfSymbol"; readonly name: string }
  | { readonly kind: "file"; readonly name: string };

/** Field numbers of ServerReflectionRequest. */
const requestFields = { file: 3, fileOfSymbol: 4, services: 7 } as const;

/** Writes a question. */
export function writeReflectionRequest(request: ReflectionRequest): Buffer {
  const text = request.kind === "services" ? "" : request.name;
  return bytesField(requestFields[request.kind], Buffer.from(text));
}

/** An answer of the server: names of services, encoded files, or a status code with its message. */
export type ReflectionResponse =
  | { readonly kind: "services"; readonly names: readonly string[] }
  | { readonly kind: "files"; readonly files: readonly Uint8Array[] }
  | { readonly kind: "error"; readonly code: number; readonly message: string };

/** Field numbers of ServerReflectionResponse. */
const responseFields = { files: 4, services: 6, error: 7 } as const;

/** Reads an answer. Throws WireFormatError for malformed bytes. */
export function readReflectionResponse(bytes: Uint8Array): ReflectionResponse {
  const record = readRecord(bytes);
  if (record.numbers.includes(responseFields.files))
    return { kind: "files", files: bytesOf(recordOf(record, responseFields.files), 1) };
  if (record.numbers.includes(responseFields.services)) {
    const services = recordsOf(recordOf(record, responseFields.services), 1);
    return { kind: "services", names: services.map((service) => textOf(service, 1) ?? "") };
  }
  const error = recordOf(record, responseFields.error);
  return { kind: "error", code: integerOf(error, 1) ?? 2, message: textOf(error, 2) ?? "" };
}
