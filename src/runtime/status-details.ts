/**
 * The details of a status in their binary form, as gRPC carries them in `grpc-status-details-bin`: a google.rpc.Status whose Anys hold,
 * as a rule, the messages of google/rpc/error_details.proto. These few are read from a table, without generated code.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
 */
import { typeOfUrl } from "./any.js";
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
} from "./binary-reader.js";
import { readBytes, readString } from "./binary-text.js";
import { formatDuration } from "./duration.js";
import { toDecimal, toNumber } from "./int64.js";
import type { JsonObject, JsonValue } from "./json.js";
import { setEntry } from "./set-entry.js";

/** What a field holds; lists and messages name the table of their messages. */
type Content =
  | { readonly kind: "text" | "texts" | "textMap" | "duration" | "int64" | "optionalInt64" }
  | { readonly kind: "message" | "messages"; readonly of: Table };

/** JSON names and contents by field number, 1 first. */
type Table = readonly (readonly [name: string, content: Content])[];

const text: Content = { kind: "text" };
const textMap: Content = { kind: "textMap" };

function messages(of: Table): Content {
  return { kind: "messages", of };
}

const localizedMessage: Table = [
  ["locale", text],
  ["message", text],
];

/** By name within google.rpc. */
const tables: ReadonlyMap<string, Table> = new Map<string, Table>([
  [
    "ErrorInfo",
    [
      ["reason", text],
      ["domain", text],
      ["metadata", textMap],
    ],
  ],
  ["RetryInfo", [["retryDelay", { kind: "duration" }]]],
  [
    "DebugInfo",
    [
      ["stackEntries", { kind: "texts" }],
      ["detail", text],
    ],
  ],
  [
    "QuotaFailure",
    [
      [
        "violations",
        messages([
          ["subject", text],
          ["description", text],
          ["apiService", text],
          ["quotaMetric", text],
          ["quotaId", text],
          ["quotaDimensions", textMap],
          ["quotaValue", { kind: "int64" }],
          ["futureQuotaValue", { kind: "optionalInt64" }],
        ]),
      ],
    ],
  ],
  [
    "PreconditionFailure",
    [
      [
        "violations",
        messages([
          ["type", text],
          ["subject", text],
          ["description", text],
        ]),
      ],
    ],
  ],
  [
    "BadRequest",
    [
      [
        "fieldViolations",
        messages([
          ["field", text],
          ["description", text],
          ["reason", text],
          ["localizedMessage", { kind: "message", of: localizedMessage }],
        ]),
      ],
    ],
  ],
  [
    "RequestInfo",
    [
      ["requestId", text],
      ["servingData", text],
    ],
  ],
  [
    "ResourceInfo",
    [
      ["resourceType", text],
      ["resourceName", text],
      ["owner", text],
      ["description", text],
    ],
  ],
  [
    "Help",
    [
      [
        "links",
        messages([
          ["description", text],
          ["url", text],
        ]),
      ],
    ],
  ],
  ["LocalizedMessage", localizedMessage],
]);

/** The details of a binary google.rpc.Status in JSON. Throws DecodeError for bytes that are none. */
export function readStatusDetails(bytes: Uint8Array): JsonObject[] {
  const reader = createReader(bytes);
  const details: JsonObject[] = [];
  while (isBefore(reader, bytes.length)) {
    const tag = readTag(reader);
    if (tag === 26) details.push(readPacked(readBytes(reader)));
    else skipValue(reader, tag);
  }
  return details;
}

function readPacked(bytes: Uint8Array): JsonObject {
  const reader = createReader(bytes);
  let typeUrl = "";
  let value: Uint8Array = new Uint8Array(0);
  while (isBefore(reader, bytes.length)) {
    const tag = readTag(reader);
    if (tag === 10) typeUrl = readString(reader);
    else if (tag === 18) value = readBytes(reader);
    else skipValue(reader, tag);
  }
  return detailJson({ typeUrl, value });
}

/** The JSON form of a packed message. One that is not of google.rpc keeps its bytes, as base64 in `value`. */
export function detailJson({ typeUrl, value }: { readonly typeUrl: string; readonly value: Uint8Array }): JsonObject {
  const name = typeOfUrl(typeUrl);
  const table = name.startsWith("google.rpc.") ? tables.get(name.slice("google.rpc.".length)) : undefined;
  const reader = createReader(value);
  if (table === undefined) return { "@type": typeUrl, value: Buffer.from(value).toString("base64") };
  return { "@type": typeUrl, ...readMessage(reader, table, value.length) };
}

function readMessage(reader: BinaryReader, table: Table, end: number): JsonObject {
  const message: JsonObject = {};
  for (const [name, content] of table) {
    const initial = initialValue(content);
    if (initial !== undefined) message[name] = initial;
  }
  while (isBefore(reader, end)) {
    const tag = readTag(reader);
    const field = table[(tag >>> 3) - 1];
    if (field === undefined || (tag & 7) !== wireType(field[1])) skipValue(reader, tag);
    else message[field[0]] = readContent(reader, field[1], message[field[0]]);
  }
  return message;
}

function initialValue({ kind }: Content): JsonValue | undefined {
  switch (kind) {
    case "text":
      return "";
    case "texts":
    case "messages":
      return [];
    case "textMap":
      return {};
    case "int64":
      return "0";
    case "duration":
    case "message":
      return null;
    case "optionalInt64":
      return undefined;
    default:
      return kind satisfies never;
  }
}

function wireType({ kind }: Content): number {
  return kind === "int64" || kind === "optionalInt64" ? 0 : 2;
}

function readContent(reader: BinaryReader, content: Content, current: JsonValue | undefined): JsonValue {
  switch (content.kind) {
    case "text":
      return readString(reader);
    case "int64":
    case "optionalInt64":
      return toDecimal(readVarint64(reader));
    case "texts":
      return [...(current as JsonValue[]), readString(reader)];
    case "messages":
      return [...(current as JsonValue[]), nested(reader, (end) => readMessage(reader, content.of, end))];
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
