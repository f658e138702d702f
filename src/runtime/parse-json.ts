/**
 * JSON text to a JsonInput, exactly: integers past 2^53 keep their value, an object with the same name twice and nesting
 * beyond the limit are refused. https://protobuf.dev/programming-guides/json/
 *
 * JSON.parse does the work where a cheap check proves its result exact: no number is so large that it may have been rounded,
 * and no property overwrote another, because the text is too short to hold one more than the result has, or else because
 * it has as many colons outside of strings as the result has properties. Everything else, wrong input included, goes through
 * a reader of our own (`read-json-text.ts`).
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
  const spare = text.length - shortestLength(value, depthLimit);
  return spare < shortestMember || (spare < Infinity && countNames(value) === countColons(text)) ? value : undefined;
}

/** The least that an overwritten property adds to a text: `"":0,`. */
const shortestMember = 5;

function isExact(number: number): boolean {
  return number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
}

/**
 * A lower bound of the length of a text that JSON.parse reads as `value`; minus infinity when there is a number that may have
 * been rounded or the nesting is too deep.
 */
function shortestLength(value: unknown, depth: number): number {
  switch (typeof value) {
    case "string":
      return value.length + 2;
    case "number":
      return shortestNumber(value);
    case "object":
      if (value === null) return 4;
      if (depth === 0) return Number.NEGATIVE_INFINITY;
      return Array.isArray(value) ? shortestList(value, depth - 1) : shortestObject(value, depth - 1);
    default:
      return value === true ? 4 : 5;
  }
}

function shortestList(list: readonly unknown[], depth: number): number {
  let length = list.length === 0 ? 2 : list.length + 1;
  for (let index = 0; index < list.length; index++) length += shortestLength(list[index], depth);
  return length;
}

function shortestObject(object: object, depth: number): number {
  let length = 1;
  const members = object as { readonly [name: string]: unknown };
  for (const name in members) length += name.length + 4 + shortestLength(members[name], depth);
  return length === 1 ? 2 : length;
}

/** Digits before the point, and two characters for a fraction; thousands may have been written as `1e3`. */
function shortestNumber(number: number): number {
  if (!isExact(number)) return Number.NEGATIVE_INFINITY;
  const magnitude = Math.abs(number);
  if (magnitude >= 1000 && magnitude % 1000 === 0) return 3;
  let length = Number.isInteger(number) ? 1 : 3;
  for (let power = 10; power <= magnitude; power *= 10) length++;
  return length;
}

/** The number of properties below `value`. */
function countNames(value: object): number {
  let count = 0;
  const members = value as { readonly [name: string]: unknown };
  const isList = Array.isArray(value);
  for (const name in members) {
    const member = members[name];
    if (!isList) count++;
    if (typeof member === "object" && member !== null) count += countNames(member);
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
