/**
 * The details of a status in binary form, as gRPC sends them in `grpc-status-details-bin`: a google.rpc.Status whose
 * Anys usually hold messages of google/rpc/error_details.proto. A table describes these few, without generated code.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
 */
import { typeOfUrl } from "../any/any-types.js";
import {
  type BinaryReader,
  closeMessage,
  createReader,
  isBefore,
  openMessage,
  readInt32,
  readTag,
  readVarint64,
  skipValue,
} from "../binary/binary-reader.js";
import { readBytes, readString } from "../binary/binary-text.js";
import { formatDuration } from "../values/duration.js";
import {
  badRequestTable,
  type DetailField,
  type DetailTable,
  debugInfoTable,
  errorInfoTable,
  helpTable,
  localizedMessageTable,
  preconditionFailureTable,
  quotaFailureTable,
  requestInfoTable,
  resourceInfoTable,
  retryInfoTable,
  unsetDetailField,
} from "../error-details.js";
import { toDecimal, toNumber } from "../binary/int64.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { sortedMembers } from "../values/key-order.js";
import { setEntry } from "../values/set-entry.js";
import type { ErrorDetail } from "../status.js";

/** The tables by the name of the message in google.rpc. */
const tables: ReadonlyMap<string, DetailTable> = new Map([
  ["ErrorInfo", errorInfoTable],
  ["RetryInfo", retryInfoTable],
  ["DebugInfo", debugInfoTable],
  ["QuotaFailure", quotaFailureTable],
  ["PreconditionFailure", preconditionFailureTable],
  ["BadRequest", badRequestTable],
  ["RequestInfo", requestInfoTable],
  ["ResourceInfo", resourceInfoTable],
  ["Help", helpTable],
  ["LocalizedMessage", localizedMessageTable],
]);

/** A google.protobuf.Any of any library: `type_url` in objects of protobufjs and, with `keepCase`, of proto-loader. */
export interface PackedMessage {
  readonly typeUrl?: string | null;
  readonly type_url?: string | null;
  /** Bytes, or base64. */
  readonly value?: Uint8Array | readonly number[] | string | null;
}

/** Gives the JSON of a packed message, without its type; undefined for an unknown type. Throws for malformed bytes. */
export type DetailDecoder = (typeUrl: string, value: Uint8Array) => JsonValue | undefined;

/** Prints a packed message as a detail of an `RpcError`. */
export type DetailPrinter = (packed: PackedMessage) => ErrorDetail;

/**
 * The JSON form of a packed message, of google.rpc or another type that `decode` knows. Messages of other types, and
 * malformed bytes, are kept in `value` as base64, and the log says so. Never throws.
 */
export function printDetail(packed: PackedMessage, decode?: DetailDecoder): ErrorDetail {
  const typeUrl = packed.typeUrl ?? packed.type_url ?? "";
  const value =
    typeof packed.value === "string" ? Buffer.from(packed.value, "base64") : Uint8Array.from(packed.value ?? []);
  if (typeUrl === "" && value.length === 0) return {} as ErrorDetail;
  try {
    const json = decode?.(typeUrl, value) ?? decodeStandard(typeUrl, value);
    if (json !== undefined) return { "@type": typeUrl, ...(json as JsonObject) };
    console.error(`the type of an error detail is not known, its bytes are passed on: ${typeUrl}`);
  } catch (error) {
    console.error(`an error detail is no ${typeUrl}, its bytes are passed on:`, error);
  }
  return { "@type": typeUrl, value: Buffer.from(value).toString("base64") };
}

/** A packed message as a detail of an `RpcError`: of google.rpc's types the JSON form, of other types the bytes. */
export function packedDetail(packed: PackedMessage): ErrorDetail {
  return printDetail(packed);
}

function decodeStandard(typeUrl: string, value: Uint8Array): JsonObject | undefined {
  const name = typeOfUrl(typeUrl);
  const table = name.startsWith("google.rpc.") ? tables.get(name.slice("google.rpc.".length)) : undefined;
  return table === undefined ? undefined : readMessage(createReader(value), table, value.length);
}

/** The details of a binary google.rpc.Status in JSON. Throws DecodeError for malformed bytes. */
export function readStatusDetails(bytes: Uint8Array, print: DetailPrinter = packedDetail): ErrorDetail[] {
  const reader = createReader(bytes);
  const details: ErrorDetail[] = [];
  while (isBefore(reader, bytes.length)) {
    const tag = readTag(reader);
    if (tag === 26) details.push(print(readPacked(readBytes(reader))));
    else skipValue(reader, tag);
  }
  return details;
}

function readPacked(bytes: Uint8Array): PackedMessage {
  const reader = createReader(bytes);
  let typeUrl = "";
  let value: Uint8Array = new Uint8Array(0);
  while (isBefore(reader, bytes.length)) {
    const tag = readTag(reader);
    if (tag === 10) typeUrl = readString(reader);
    else if (tag === 18) value = readBytes(reader);
    else skipValue(reader, tag);
  }
  return { typeUrl, value };
}

function readMessage(reader: BinaryReader, table: DetailTable, end: number): JsonObject {
  const message: JsonObject = {};
  for (const [name, content] of table) {
    const initial = unsetDetailField(content);
    if (initial !== undefined) message[name] = initial;
  }
  while (isBefore(reader, end)) {
    const tag = readTag(reader);
    const field = table[(tag >>> 3) - 1];
    if (field === undefined || (tag & 7) !== wireType(field[1])) skipValue(reader, tag);
    else message[field[0]] = readContent(reader, field[1], message[field[0]]);
  }
  for (const [name, { kind }] of table)
    if (kind === "textMap") message[name] = sortedMembers(message[name] as JsonObject);
  return message;
}

function wireType({ kind }: DetailField): number {
  return kind === "int64" || kind === "optionalInt64" ? 0 : 2;
}

function readContent(reader: BinaryReader, content: DetailField, current: JsonValue | undefined): JsonValue {
  switch (content.kind) {
    case "text":
      return readString(reader);
    case "int64":
    case "optionalInt64":
      return toDecimal(readVarint64(reader));
    case "texts":
      return append(current, readString(reader));
    case "messages":
      return append(
        current,
        nested(reader, (end) => readMessage(reader, content.of, end)),
      );
    case "message":
      return nested(reader, (end) => readMessage(reader, content.of, end));
    case "duration":
      return nested(reader, (end) => readDuration(reader, end));
    case "textMap":
      return nested(reader, (end) => readEntry(reader, end, current as JsonObject));
    default:
      return content satisfies never;
  }
}

/** Appends in place: a copy for each item would take time by the square of their number. */
function append(list: JsonValue | undefined, item: JsonValue): JsonValue {
  (list as JsonValue[]).push(item);
  return list as JsonValue[];
}

function nested<T>(reader: BinaryReader, read: (end: number) => T): T {
  const end = openMessage(reader);
  const value = read(end);
  closeMessage(reader, end);
  return value;
}

function readDuration(reader: BinaryReader, end: number): string {
  let seconds = 0;
  let nanos = 0;
  while (isBefore(reader, end)) {
    const tag = readTag(reader);
    if (tag === 8) seconds = toNumber(readVarint64(reader));
    else if (tag === 16) nanos = readInt32(reader);
    else skipValue(reader, tag);
  }
  return formatDuration(seconds, nanos);
}

function readEntry(reader: BinaryReader, end: number, map: JsonObject): JsonObject {
  let key = "";
  let value = "";
  while (isBefore(reader, end)) {
    const tag = readTag(reader);
    if (tag === 10) key = readString(reader);
    else if (tag === 18) value = readString(reader);
    else skipValue(reader, tag);
  }
  setEntry(map, key, value);
  return map;
}
