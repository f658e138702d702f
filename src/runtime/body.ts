/** Request bodies. */
import { bodyBytes, bodyText } from "./http.js";
import type { JsonInput } from "./json.js";
import { parseFirstJson, parseJson } from "./parse-json.js";
import type { BoundRequest, RawBody } from "./rpc.js";

/** The JSON of a body that is a message; an empty or blank body is the empty message. Throws DecodeError. */
export function messageBody(http: BoundRequest): JsonInput {
  const json = optionalBody(http, parseJson);
  return json === undefined ? {} : json;
}

/** As `messageBody`; text after the first JSON value is ignored, as grpc-gateway does. */
export function firstMessageBody(http: BoundRequest): JsonInput {
  const json = optionalBody(http, parseFirstJson);
  return json === undefined ? {} : json;
}

/** The JSON of a body that is one field of the message: null when there is none. Throws DecodeError. */
export function fieldBody(http: BoundRequest): JsonInput {
  return optionalBody(http, parseJson) ?? null;
}

/** As `fieldBody`; text after the first JSON value is ignored, as grpc-gateway does. */
export function firstFieldBody(http: BoundRequest): JsonInput {
  return optionalBody(http, parseFirstJson) ?? null;
}

function optionalBody(http: BoundRequest, parse: (text: string) => JsonInput): JsonInput | undefined {
  const text = bodyText(http.body);
  return /[^ \t\r\n]/.test(text) ? parse(text) : undefined;
}

/** A body taken as it is (google.api.HttpBody). */
export function rawBody(http: BoundRequest): RawBody {
  return { contentType: http.contentType, data: bodyBytes(http.body) };
}
