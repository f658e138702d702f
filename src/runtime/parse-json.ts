/**
 * JSON text to a JsonInput, exactly: integers past 2^53 keep their value, an object with the same name twice and nesting
 * beyond the limit are refused. https://protobuf.dev/programming-guides/json/
 *
 * JSON.parse does the work where a cheap check proves its result exact: no number so large that it may have been rounded,
 * and as many properties as the text has colons outside of strings, so that none overwrote another. Everything else, wrong
 * input included, goes through a reader of our own (`read-json-text.ts`).
 */
import type { JsonInput } from "./json.js";
import { readJsonText } from "./read-json-text.js";

/** How deep objects and lists may nest. */
const depthLimit = 100;

/** Reads a whole document; throws DecodeError for anything else. */
export function parseJson(text: string): JsonInput {
  return parseFast(text) ?? readJsonText(text, depthLimit, "refuse");
}

/** Reads the first value of a text and does not look at what follows it, as grpc-gateway reads a body. */
export function parseFirstJson(text: string): JsonInput {
  return parseFast(text) ?? readJsonText(text, depthLimit, "ignore");
}

/** Undefined when JSON.parse's result is not known to be exact; also for `null`, which is cheap either way. */
function parseFast(text: string): JsonInput | undefined {
  let value: JsonInput;
  try {
    value = JSON.parse(text) as JsonInput;
  } catch {
    return undefined;
  }
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return isExact(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const names = countNames(value, depthLimit);
  return names >= 0 && names === countColons(text) ? value : undefined;
}

function isExact(number: number): boolean {
  return number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
}

/** The number of properties below `value`; negative when there is a large number or the nesting is too deep. */
function countNames(value: object, depth: number): number {
  if (depth === 0) return Number.NEGATIVE_INFINITY;
  let count = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (typeof item === "object" && item !== null) count += countNames(item, depth - 1);
      else if (typeof item === "number" && !isExact(item)) return Number.NEGATIVE_INFINITY;
    }
    return count;
  }
  const object = value as { readonly [name: string]: unknown };
  for (const name in object) {
    count++;
    const member = object[name];
    if (typeof member === "object" && member !== null) count += countNames(member, depth - 1);
    else if (typeof member === "number" && !isExact(member)) return Number.NEGATIVE_INFINITY;
  }
  return count;
}

/** Colons outside of strings in a valid document. */
function countColons(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x3a) count++;
  }
  return count;
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
