/** Answers: replies and statuses as HTTP responses, as grpc-gateway writes them. */
import type { HttpResponse } from "../http.js";
import type { JsonValue } from "../values/json.js";
import type { MetadataSource, MetadataValue } from "../metadata.js";
import type { RawBody } from "../rpc.js";
import { codeNumber, httpStatus, type Status, type StatusCode } from "../status.js";

/** A header line. */
export type Header = readonly [name: string, value: string];

export const jsonType: Header = ["Content-Type", "application/json"];

/** A response with a JSON body. */
export function jsonResponse(json: string, headers: readonly Header[], status = 200): HttpResponse {
  return { status, headers: [jsonType, ...headers], body: json };
}

/** A response whose body is passed on unchanged. */
export function rawResponse(raw: RawBody, headers: readonly Header[], status = 200): HttpResponse {
  return { status, headers: [contentType(raw), ...headers], body: raw.data };
}

/** The Content-Type of a raw body. */
export function contentType(raw: RawBody): Header {
  return ["Content-Type", headerText(raw.contentType) || "application/octet-stream"];
}

/**
 * The JSON of a status: `{"code":5,"message":"…","details":[]}`.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto
 */
export function statusJson(status: Status): JsonValue {
  return { code: status.code, message: status.message, details: [...status.details] };
}

/** The response of a status. */
export function statusResponse(
  status: Status,
  headers: readonly Header[] = [],
): HttpResponse & { readonly body: string } {
  const body = statusBody(status);
  return {
    status: body === unprintable ? 500 : httpStatus(status.code),
    headers: [jsonType, ...statusHeaders(status), ...headers],
    body,
    failure: status,
  };
}

/** The response of a status without details. */
export function refuseWith(code: StatusCode, message: string): ReturnType<typeof statusResponse> {
  return statusResponse({ code: codeNumber(code), message, details: [] });
}

/** The headers of a status. 401 must name a way to authenticate, and grpc-gateway puts the message there. */
export function statusHeaders(status: Status): Header[] {
  return status.code === codeNumber("UNAUTHENTICATED") ? [["WWW-Authenticate", headerText(status.message)]] : [];
}

/** The body of grpc-gateway for an error that it cannot print. */
const unprintable = '{"code":13,"message":"failed to marshal error message","details":[]}';

/** A status in JSON; details that JSON cannot express make it INTERNAL. */
export function statusBody(status: Status): string {
  try {
    return JSON.stringify(statusJson(status));
  } catch (error) {
    console.error("the details of an error are no JSON:", error);
    return unprintable;
  }
}

/** Turns metadata into headers: `foo` becomes `Grpc-Metadata-Foo` with the prefix; binary values become base64. */
export function metadataHeaders(metadata: MetadataSource, prefix: "Grpc-Metadata-" | "Grpc-Trailer-"): Header[] {
  return Object.keys(metadata.getMap()).flatMap((key) =>
    metadata.get(key).map((value): Header => [prefix + headerName(key), metadataText(value)]),
  );
}

/** The text of a metadata value in a header. */
export function metadataText(value: MetadataValue): string {
  return typeof value === "string" ? headerText(value) : Buffer.from(value).toString("base64");
}

function headerName(key: string): string {
  return key.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** Replaces characters that a header value cannot hold, above all line ends, by spaces. */
function headerText(text: string): string {
  return text
    .replace(/[^ -~]+/g, " ")
    .trim()
    .slice(0, 4096);
}
