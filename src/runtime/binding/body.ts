/** Request bodies. */
import { bodyBytes, bodyText } from "../http.js";
import type { JsonInput } from "../values/json.js";
import { boundMemory } from "../memory-bound.js";
import { decodeJson, type JsonDecoder, parseJson, type Trailing } from "../json/parse-json.js";
import type { BoundRequest, RawBody } from "../rpc.js";

/**
 * Reads the message of a body; an empty or blank body is the empty message, whose JSON is `empty`. Throws DecodeError.
 */
export function messageBody<Message>(http: BoundRequest, decode: JsonDecoder<Message>, empty: JsonInput = {}): Message {
  return decodeBody(http, decode, "refuse", empty);
}

/** Reads as `messageBody` does, and ignores text after the first JSON value, as grpc-gateway does. */
export function firstMessageBody<Message>(
  http: BoundRequest,
  decode: JsonDecoder<Message>,
  empty: JsonInput = {},
): Message {
  return decodeBody(http, decode, "ignore", empty);
}

/** Reads the JSON of a body that is one field of the message; `empty` if there is no body. Throws DecodeError. */
export function fieldBody(http: BoundRequest, empty: JsonInput = null): JsonInput {
  return parseBody(http, "refuse", empty);
}

/** Reads as `fieldBody` does, and ignores text after the first JSON value, as grpc-gateway does. */
export function firstFieldBody(http: BoundRequest, empty: JsonInput = null): JsonInput {
  return parseBody(http, "ignore", empty);
}

function decodeBody<Message>(
  http: BoundRequest,
  decode: JsonDecoder<Message>,
  trailing: Trailing,
  empty: JsonInput,
): Message {
  const text = boundText(http);
  return isBlank(text) ? decode(empty) : decodeJson(text, decode, trailing);
}

function parseBody(http: BoundRequest, trailing: Trailing, empty: JsonInput): JsonInput {
  const text = boundText(http);
  return isBlank(text) ? empty : parseJson(text, trailing);
}

/** Tells whether there is no body, or nothing but white space. */
export function isEmptyBody(http: BoundRequest): boolean {
  return isBlank(bodyText(http.body));
}

function boundText(http: BoundRequest): string {
  boundMemory();
  return bodyText(http.body);
}

function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

/** A body that is passed on unchanged (google.api.HttpBody). */
export function rawBody(http: BoundRequest): RawBody {
  return { contentType: http.contentType, data: bodyBytes(http.body) };
}
