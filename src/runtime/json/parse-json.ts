/**
 * JSON text to values, exactly: integers past 2^53 keep their value, an object with the same name twice and nesting
 * beyond the limit are refused. https://protobuf.dev/programming-guides/json/
 *
 * JSON.parse does the work where a cheap check proves its result exact: no number is so large that it may have been rounded,
 * and no property overwrote another, because the text is too short to hold one more than was read, or else because
 * it has as many colons outside of strings as the result has properties. Everything else, wrong input included, goes through
 * a reader of our own (`read-json-text.ts`).
 */
import { DecodeError } from "../values/decode-error.js";
import type { JsonInput } from "../values/json.js";
import { memoryLeft, takeMemory } from "../memory-bound.js";
import { countedLength, countedMembers, countWhole, depthLimit, endCounting, startCounting } from "./json-length.js";
import { readJsonText } from "./read-json-text.js";

/** What happens to text after the first JSON value; grpc-gateway ignores it in a body. */
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
 * Reads a text and decodes it; throws DecodeError. The decoder goes first, so that what it counts can take the place of a
 * look at every value.
 */
export function decodeJson<Message>(
  text: string,
  decode: JsonDecoder<Message>,
  trailing: Trailing = "refuse",
): Message {
  const decoded = tryDecode(text, decode);
  return decoded === undefined ? decode(readJsonText(text, depthLimit, trailing)) : decoded.message;
}

/** Undefined where the exact reader has to read the text. A function of its own: what JSON.parse gave is then free to go. */
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

/** Undefined for what is not JSON; the exact reader has the words for it. */
function tryParse(text: string): JsonInput | undefined {
  if (text.length > longText) checkLongText(text);
  try {
    return JSON.parse(text) as JsonInput;
  } catch {
    return undefined;
  }
}

/** Shorter texts, which all are that come through a front door as they are, cannot become more than there is memory for. */
const longText = 8_000_000;

/** Throws RESOURCE_EXHAUSTED for a text of which JSON.parse would make more than there is memory for, and for one that nests too deep. */
function checkLongText(text: string): void {
  const { depth, values, containers } = measure(text);
  if (depth > depthLimit) throw new DecodeError("less deeply nested JSON", "too many levels");
  // Twice as much as decoders may take: it is gone before there is a reply.
  if (values + 4 * containers > 2 * memoryLeft()) takeMemory(Number.POSITIVE_INFINITY);
}

/** Whether decoders counted all that stands in a text; white space in the usual places is reason enough to look for colons. */
function isReadWhole(text: string): boolean {
  return isWholeText(text) || (text.includes('": ') && isEveryMember(text));
}

/** Whether JSON.parse's result is known to be exact; looks at every value. */
function isProven(text: string): boolean {
  return countWhole() && (isWholeText(text) || isEveryMember(text));
}

/** Whether what was counted leaves no room for a property that another overwrote, which takes at least `"":0,`. */
function isWholeText(text: string): boolean {
  return text.length - countedLength() < 5;
}

/** The same where white space stands between the parts: one name was counted for every colon. */
function isEveryMember(text: string): boolean {
  return countedLength() > 0 && countedMembers() === countColons(text);
}

/** Colons outside of strings in a valid document; -1 when it nests too deep. */
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

/** What stands outside of strings: how deep it nests, its commas, and how many objects and lists begin. */
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

/** Index of the quote that ends the string which starts at `start`. */
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
