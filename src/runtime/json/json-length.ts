/**
 * The least number of characters of JSON text that the values read from it can have. Decoders count the values that
 * they read, each once. If only less than the shortest member of the text is left over, JSON.parse has lost nothing.
 */
import { DecodeError } from "../values/decode-error.js";
import type { JsonInputObject } from "../values/json.js";

/** Deepest nesting of objects and lists in a text. */
export const depthLimit = 100;

let length = 0;
let members = 0;
/** The text's value until every value in it was looked at. */
let unseen: unknown;
let wholeLength = 0;
let wholeMembers = 0;

/**
 * Starts to count the values of `json`, a whole text, if it is an object or a list. Earlier counts, such as those of a
 * decoder that failed, are dropped.
 */
export function startCounting(json: unknown): void {
  unseen = json;
  length = typeof json === "object" ? 1 : Number.NEGATIVE_INFINITY;
  members = 0;
}

/** Releases the value. */
export function endCounting(): void {
  unseen = undefined;
}

/** The counted characters; minus infinity if a number may have been rounded or the count was stopped. */
export function countedLength(): number {
  return length;
}

/** The number of counted members of objects. */
export function countedMembers(): number {
  return members;
}

/**
 * Stops the count at a type that can contain itself. The depth of such values has a limit, which is checked here for
 * the whole text, before the first of them is decoded: near the end of the stack a regular expression that V8 has to
 * compile ends the process. Throws DecodeError for a text that the exact reader has to read.
 */
export function stopCounting(): void {
  if (unseen !== undefined && !countWhole()) throw new DecodeError("JSON that JSON.parse reads exactly", "other JSON");
  length = Number.NEGATIVE_INFINITY;
}

/**
 * Counts every value of the text, instead of the values that decoders counted, and looks at each once. Returns false if
 * they nest too deep or a number may have been rounded.
 */
export function countWhole(): boolean {
  if (unseen !== undefined) {
    const json = unseen;
    startCounting(json);
    wholeLength = countAll(json, depthLimit) ? length : Number.NEGATIVE_INFINITY;
    wholeMembers = members;
    unseen = undefined;
  }
  length = wholeLength;
  members = wholeMembers;
  return length !== Number.NEGATIVE_INFINITY;
}

/** Counts every value below `value`; returns false if the nesting is too deep. */
function countAll(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Array.isArray(value) ? countItems(value, depth - 1) : countMembers(value as JsonInputObject, depth - 1);
}

function countItems(list: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < list.length; index++) {
    countItem(list[index]);
    if (!countAll(list[index], depth)) return false;
  }
  return true;
}

function countMembers(object: JsonInputObject, depth: number): boolean {
  for (const name in object) {
    countMember(name, object[name]);
    if (!countAll(object[name], depth)) return false;
  }
  return true;
}

/** Counts a member of an object; the reader of an object or a list in it counts the values inside. */
export function countMember(name: string, value: unknown): void {
  length += name.length + 4 + ownLength(value);
  members++;
}

/** Counts an item of a list, as `countMember` does. */
export function countItem(value: unknown): void {
  length += 1 + ownLength(value);
}

/**
 * The least length of a value, without the content of an object or a list. Unless it is empty only one of its two
 * brackets counts, because every member and item counts a comma, and the last one has none.
 */
function ownLength(value: unknown): number {
  switch (typeof value) {
    case "string":
      return value.length + 2;
    case "number":
      return numberLength(value);
    case "boolean":
      return value ? 4 : 5;
    default:
      return value === null ? 4 : isEmpty(value as object) ? 2 : 1;
  }
}

function isEmpty(value: object): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}

/** The fewest characters of a number; thousands may have been written as `1e3`. */
function numberLength(number: number): number {
  if (!isExact(number)) return Number.NEGATIVE_INFINITY;
  const magnitude = Math.abs(number);
  if (magnitude >= 1000 && magnitude % 1000 === 0) return 3;
  let length = number < 0 ? 2 : 1;
  for (let power = 10; power <= magnitude; power *= 10) length++;
  return Number.isInteger(number) ? length : length + fractionLength(magnitude);
}

/**
 * The length of the point and the fewest digits after it for this fraction. A decimal of few digits is the only one of
 * its length nearby, and division rounds to the same number as reading it does. Below a hundredth, `1e-3` is shorter.
 */
function fractionLength(magnitude: number): number {
  if (magnitude < 0.01 || magnitude > 1e9) return 2;
  if (Math.round(magnitude * 10) / 10 === magnitude) return 2;
  if (Math.round(magnitude * 100) / 100 === magnitude) return 3;
  const text = String(magnitude);
  return text.length - text.indexOf(".");
}

/** Tells whether JSON.parse cannot have rounded the integer of a text to this number. */
function isExact(number: number): boolean {
  return number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER;
}
