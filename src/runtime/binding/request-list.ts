/** Bodies that hold a stream of messages. */
import { DecodeError, inside } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import { bodyText } from "../http.js";
import { boundMemory } from "../memory-bound.js";
import { decodeJson, type JsonDecoder } from "../json/parse-json.js";
import type { BoundRequest } from "../rpc.js";
import { RpcError } from "../status.js";

/** Most messages of a stream, unless the API says how many. */
const standardLimit = 10_000;

/**
 * Reads the messages of a body: JSON values one after the other, with or without white space between them, as
 * grpc-gateway reads a stream, or one array of values. An empty body is an empty stream. Throws DecodeError whose path
 * begins with the message's index, and RESOURCE_EXHAUSTED beyond `limit` messages.
 */
export function readRequests<Message>(
  http: BoundRequest,
  decode: JsonDecoder<Message>,
  limit = standardLimit,
): Message[] {
  const { text, start } = startOf(http);
  return text[start] === "[" ? readList(text, start, decode, limit) : readValues(text, start, decode, limit);
}

/** Reads as `readRequests` does, for messages that are arrays in JSON: an array is one message. */
export function readRequestValues<Message>(
  http: BoundRequest,
  decode: JsonDecoder<Message>,
  limit = standardLimit,
): Message[] {
  const { text, start } = startOf(http);
  return readValues(text, start, decode, limit);
}

function startOf({ body }: BoundRequest): { readonly text: string; readonly start: number } {
  boundMemory();
  const text = bodyText(body);
  return { text, start: skipSpace(text, 0) };
}

function readValues<Message>(text: string, start: number, decode: JsonDecoder<Message>, limit: number): Message[] {
  const messages: Message[] = [];
  for (let at = start; at < text.length; ) {
    const end = endOfValue(text, at);
    add(messages, text, at, end, decode, limit);
    at = skipSpace(text, end);
  }
  return messages;
}

function readList<Message>(text: string, start: number, decode: JsonDecoder<Message>, limit: number): Message[] {
  const messages: Message[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== "]" || messages.length > 0) {
    const end = endOfValue(text, at);
    add(messages, text, at, end, decode, limit);
    at = skipSpace(text, end);
    if (text[at] === "]") break;
    if (text[at] !== ",") throw unexpected(text, at, "`,` or `]`");
    at = skipSpace(text, at + 1);
  }
  at = skipSpace(text, at + 1);
  if (at < text.length) throw unexpected(text, at, "the end of the JSON text");
  return messages;
}

/** Decodes the message in `text` from `start` to `end`. */
function add<Message>(
  messages: Message[],
  text: string,
  start: number,
  end: number,
  decode: JsonDecoder<Message>,
  limit: number,
): void {
  if (messages.length >= limit)
    throw new RpcError("RESOURCE_EXHAUSTED", `the request holds more than ${limit} messages`);
  try {
    messages.push(decodeJson(text.slice(start, end), decode));
  } catch (error) {
    throw inside(error, `[${messages.length}]`);
  }
}

/** The index behind the value that begins at `start`; for invalid JSON any index at which the parser reports it. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        if (depth === 0) return at + 1;
        break;
      case 0x7b:
      case 0x5b:
        depth++;
        break;
      case 0x7d:
      case 0x5d:
        depth--;
        if (depth <= 0) return at + 1;
        break;
      default:
        if (depth === 0) return endOfWord(text, at);
    }
  }
  return text.length;
}

const quote = 0x22;

/** Index of the quote that ends the string at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === 0x5c) before--;
  return (at - before) % 2 === 0;
}

/** The index behind a number or a name, at least one character further. */
function endOfWord(text: string, start: number): number {
  const end = /[\s,:"[\]{}]/g;
  end.lastIndex = start + 1;
  return end.exec(text)?.index ?? text.length;
}

function skipSpace(text: string, start: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
}

function unexpected(text: string, at: number, expected: string): DecodeError {
  const code = text.codePointAt(at);
  const found = code === undefined ? "the end of the JSON text" : describeJson(String.fromCodePoint(code));
  return new DecodeError(expected, code === undefined ? found : `${found} at character ${at + 1}`);
}
