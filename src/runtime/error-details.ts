/**
 * The standard details of errors, for `details` of an `RpcError`. Each function makes the JSON form of one message, with every field.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
 */
import { formatDuration } from "./values/duration.js";
import type { JsonObject, JsonValue } from "./values/json.js";
import { sortedMembers } from "./values/key-order.js";
import { setEntry } from "./values/set-entry.js";
import type { ErrorDetail } from "./status.js";

/** The cause of an error, stable for programs. */
export interface ErrorInfo {
  /** UPPER_SNAKE_CASE, at most 63 characters: `STOCK_TOO_LOW`. */
  readonly reason?: string;
  /** The owner of the reason: `library.example.com`. */
  readonly domain?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The time after which a client may try again. */
export interface RetryInfo {
  readonly retryDelay?: { readonly seconds?: number | bigint; readonly nanos?: number };
}

/** Information for developers; clients can read it, too. */
export interface DebugInfo {
  readonly stackEntries?: readonly string[];
  readonly detail?: string;
}

/** The quotas that are used up. */
export interface QuotaFailure {
  readonly violations?: readonly QuotaViolation[];
}

/** One quota. */
export interface QuotaViolation {
  readonly subject?: string;
  readonly description?: string;
  readonly apiService?: string;
  readonly quotaMetric?: string;
  readonly quotaId?: string;
  readonly quotaDimensions?: Readonly<Record<string, string>>;
  readonly quotaValue?: number | bigint | string;
  readonly futureQuotaValue?: number | bigint | string;
}

/** The conditions that the call needs and that do not hold. */
export interface PreconditionFailure {
  readonly violations?: readonly { readonly type?: string; readonly subject?: string; readonly description?: string }[];
}

/** The mistakes in a request. */
export interface BadRequest {
  readonly fieldViolations?: readonly FieldViolation[];
}

/** One field of the request. */
export interface FieldViolation {
  /** `shelf.theme`, `tags[1]`. */
  readonly field?: string;
  readonly description?: string;
  readonly reason?: string;
  readonly localizedMessage?: LocalizedMessage;
}

/** The id of a request, for questions to support. */
export interface RequestInfo {
  readonly requestId?: string;
  readonly servingData?: string;
}

/** The resource that the call was about. */
export interface ResourceInfo {
  readonly resourceType?: string;
  readonly resourceName?: string;
  readonly owner?: string;
  readonly description?: string;
}

/** Links to documentation. */
export interface Help {
  readonly links?: readonly { readonly description?: string; readonly url?: string }[];
}

/** A message that can be shown to a person. */
export interface LocalizedMessage {
  /** `de-CH`. */
  readonly locale?: string;
  readonly message?: string;
}

/** Makes a google.rpc.ErrorInfo. */
export function errorInfo(detail: ErrorInfo): ErrorDetail {
  return makeDetail("ErrorInfo", errorInfoTable, detail);
}

/** Makes a google.rpc.RetryInfo. */
export function retryInfo(detail: RetryInfo): ErrorDetail {
  return makeDetail("RetryInfo", retryInfoTable, detail);
}

/** Makes a google.rpc.DebugInfo. */
export function debugInfo(detail: DebugInfo): ErrorDetail {
  return makeDetail("DebugInfo", debugInfoTable, detail);
}

/** Makes a google.rpc.QuotaFailure. */
export function quotaFailure(detail: QuotaFailure): ErrorDetail {
  return makeDetail("QuotaFailure", quotaFailureTable, detail);
}

/** Makes a google.rpc.PreconditionFailure. */
export function preconditionFailure(detail: PreconditionFailure): ErrorDetail {
  return makeDetail("PreconditionFailure", preconditionFailureTable, detail);
}

/** Makes a google.rpc.BadRequest. */
export function badRequest(detail: BadRequest): ErrorDetail {
  return makeDetail("BadRequest", badRequestTable, detail);
}

/** Makes a google.rpc.RequestInfo. */
export function requestInfo(detail: RequestInfo): ErrorDetail {
  return makeDetail("RequestInfo", requestInfoTable, detail);
}

/** Makes a google.rpc.ResourceInfo. */
export function resourceInfo(detail: ResourceInfo): ErrorDetail {
  return makeDetail("ResourceInfo", resourceInfoTable, detail);
}

/** Makes a google.rpc.Help. */
export function help(detail: Help): ErrorDetail {
  return makeDetail("Help", helpTable, detail);
}

/** Makes a google.rpc.LocalizedMessage. */
export function localizedMessage(detail: LocalizedMessage): ErrorDetail {
  return makeDetail("LocalizedMessage", localizedMessageTable, detail);
}

/** The content of a field; lists and messages name the table of their messages. */
export type DetailField =
  | { readonly kind: "text" | "texts" | "textMap" | "duration" | "int64" | "optionalInt64" }
  | { readonly kind: "message" | "messages"; readonly of: DetailTable };

/** JSON names and contents by field number, 1 first. */
export type DetailTable = readonly (readonly [name: string, content: DetailField])[];

const text: DetailField = { kind: "text" };
const textMap: DetailField = { kind: "textMap" };

/** Fields of google.rpc.LocalizedMessage; the other tables have the names of their messages, too. */
export const localizedMessageTable: DetailTable = [
  ["locale", text],
  ["message", text],
];

export const errorInfoTable: DetailTable = [
  ["reason", text],
  ["domain", text],
  ["metadata", textMap],
];

export const retryInfoTable: DetailTable = [["retryDelay", { kind: "duration" }]];

export const debugInfoTable: DetailTable = [
  ["stackEntries", { kind: "texts" }],
  ["detail", text],
];

const quotaViolationTable: DetailTable = [
  ["subject", text],
  ["description", text],
  ["apiService", text],
  ["quotaMetric", text],
  ["quotaId", text],
  ["quotaDimensions", textMap],
  ["quotaValue", { kind: "int64" }],
  ["futureQuotaValue", { kind: "optionalInt64" }],
];

export const quotaFailureTable: DetailTable = [["violations", { kind: "messages", of: quotaViolationTable }]];

const preconditionViolationTable: DetailTable = [
  ["type", text],
  ["subject", text],
  ["description", text],
];

export const preconditionFailureTable: DetailTable = [
  ["violations", { kind: "messages", of: preconditionViolationTable }],
];

const fieldViolationTable: DetailTable = [
  ["field", text],
  ["description", text],
  ["reason", text],
  ["localizedMessage", { kind: "message", of: localizedMessageTable }],
];

export const badRequestTable: DetailTable = [["fieldViolations", { kind: "messages", of: fieldViolationTable }]];

export const requestInfoTable: DetailTable = [
  ["requestId", text],
  ["servingData", text],
];

export const resourceInfoTable: DetailTable = [
  ["resourceType", text],
  ["resourceName", text],
  ["owner", text],
  ["description", text],
];

const linkTable: DetailTable = [
  ["description", text],
  ["url", text],
];

export const helpTable: DetailTable = [["links", { kind: "messages", of: linkTable }]];

/** The JSON of an unset field; undefined if it is not printed. */
export function unsetDetailField({ kind }: DetailField): JsonValue | undefined {
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

function makeDetail(name: string, table: DetailTable, message: object): ErrorDetail {
  return { "@type": `type.googleapis.com/google.rpc.${name}`, ...makeMessage(table, message) };
}

function makeMessage(table: DetailTable, message: object): JsonObject {
  const members = message as { readonly [name: string]: unknown };
  const json: JsonObject = {};
  for (const [name, content] of table) {
    const value = members[name] == null ? unsetDetailField(content) : makeValue(content, members[name]);
    if (value !== undefined) json[name] = value;
  }
  return json;
}

/** The JSON of a value. The compiler checks types; another value from untyped code becomes text. */
function makeValue(content: DetailField, value: unknown): JsonValue {
  switch (content.kind) {
    case "text":
    case "int64":
    case "optionalInt64":
      return String(value);
    case "texts":
      return [...(value as Iterable<unknown>)].map(String);
    case "textMap": {
      const map: JsonObject = {};
      for (const [key, entry] of Object.entries(value as object)) setEntry(map, key, String(entry));
      return sortedMembers(map);
    }
    case "duration": {
      const { seconds = 0, nanos = 0 } = value as { readonly seconds?: number | bigint; readonly nanos?: number };
      return formatDuration(Number(seconds), nanos);
    }
    case "message":
      return makeMessage(content.of, value as object);
    case "messages":
      return [...(value as Iterable<object>)].map((each) => makeMessage(content.of, each));
    default:
      return content satisfies never;
  }
}
