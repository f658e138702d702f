/**
 * From JSON text to values, exactly: integers past 2^53 keep their value; an object with the same name twice and
 * nesting beyond the limit are refused. https://protobuf.dev/programming-guides/json/
 *
 * JSON.parse does the work if a cheap check proves its result exact. No number may be so large that it could have been
 * rounded. No property may have overwritten another: either the text is too short to hold one more than was read, or it
 * has as many colons outside of strings as the result has properties. Any other text, including wrong input, goes
 * through a reader of our own (`read-json-text.ts`).
 */
import { DecodeError } from "../values/decode-error.js";
import type { JsonInput } from "../values/json.js";
import { memoryLeft, takeMemory } from "../memory-bound.js";
import { countedLength, countedMembers, countWhole, depthLimit, endCounting, startCounting } from "./json-length.js";
import { readJsonText } from "./read-json-text.js";

/** Treatment of text after the first JSON value; grpc-gateway ignores it in a body. */
export type Trailing = "refuse" | "ignore";

/** Makes a message of JSON; throws DecodeError. It may be called twice with the same text. */
export type JsonDecoder<Message> = (json: JsonInput) => Message;

/** Reads a text; throws DecodeError for what is not JSON. */
export function parseJson(text: string, trailing: Trailing = "refuse"): JsonInput {
  const json = tryParse(text);
  if (json === undefined) return readJsonText(text, depthLimit, trailing);
  startCounting(json);
  return isProven(text) ? json : readJsonText(text, depthLimit, trailing);
}

/**
 * Reads a text and decodes it; throws DecodeError. The decoder runs first, because its count can replace a look at
 * every value.
 */
export function decodeJson<Message>(
  text: string,
  decode: JsonDecoder<Message>,
  trailing: Trailing = "refuse",
): Message {
  const decoded = tryDecode(text, decode);
  return decoded === undefined ? decode(readJsonText(text, depthLimit, trailing)) : decoded.message;
}

/**
 * Reads and decodes with JSON.parse; undefined if the exact reader has to read the text. It is a separate function so
 * that the values of JSON.parse can be collected.
 */
function tryDecode<Message>(text: string, decode: JsonDecoder<Message>): { readonly message: Message } | undefined {
  const json = tryParse(text);
  if (json === undefined) return undefined;
  startCounting(json);
  try {
    const message = decode(json);
    if (isReadWhole(text) || isProven(text)) return { message };
  } catch (error) {
    if (!(error instanceof DecodeError) || isProven(text)) throw error;
  } finally {
    endCounting();
  }
  return undefined;
}

/** Runs JSON.parse; undefined for invalid JSON, which the exact reader describes. */
function tryParse(text: string): JsonInput | undefined {
  if (text.length > longText) checkLongText(text);
  try {
    return JSON.parse(text) as JsonInput;
  } catch {
    return undefined;
  }
}

/**
 * Texts up to this length cannot become more than the memory holds. All uncompressed bodies that come through a front
 * door are shorter.
 */
const longText = 8_000_000;

/**
 * Throws RESOURCE_EXHAUSTED for a text of which JSON.parse would make more than the memory holds, and for one that
 * nests too deep.
 */
function checkLongText(text: string): void {
  const { depth, values, containers } = measure(text);
  if (depth > depthLimit) throw new DecodeError("less deeply nested JSON", "too many levels");
  // Twice as much as decoders may take, because it is released before the reply is made.
  if (values + 4 * containers > 2 * memoryLeft()) takeMemory(Number.POSITIVE_INFINITY);
}

/** Tells whether decoders counted the whole text; if it has white space in the usual places, by its colons. */
function isReadWhole(text: string): boolean {
  return isWholeText(text) || (text.includes('": ') && isEveryMember(text));
}

/** Tells whether JSON.parse's result is exact; looks at every value. */
function isProven(text: string): boolean {
  return countWhole() && (isWholeText(text) || isEveryMember(text));
}

/** Tells whether the count leaves no room for an overwritten property, which takes at least `"":0,`. */
function isWholeText(text: string): boolean {
  return text.length - countedLength() < 5;
}

/** Tells the same for a text with white space between the parts: one name was counted for every colon. */
function isEveryMember(text: string): boolean {
  return countedLength() > 0 && countedMembers() === countColons(text);
}

/** The number of colons outside of strings in a valid document; -1 if it nests too deep. */
function countColons(text: string): number {
  let count = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x3a) count++;
    else if (code === 0x7d || code === 0x5d) depth--;
    else if ((code === 0x7b || code === 0x5b) && ++depth > depthLimit) return -1;
  }
  return count;
}

/** Measures a text outside of strings: its depth, its commas, and the number of objects and lists. */
function measure(text: string): { readonly depth: number; readonly values: number; readonly containers: number } {
  let open = 0;
  let depth = 0;
  let values = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x2c) values++;
    else if (code === 0x7d || code === 0x5d) open--;
    else if (code === 0x7b || code === 0x5b) {
      containers++;
      depth = Math.max(depth, ++open);
    }
  }
  return { depth, values, containers };
}

/** Index of the quote that ends the string at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (text.charCodeAt(end - 1) === 0x5c && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}
