/**
 * Writers of maps and of google.protobuf.Struct with the members in the order of their keys, as Go's protojson prints
 * them for grpc-gateway: numbers by value, texts by their bytes in UTF-8, false before true.
 */
import { exactText, exactValue } from "./json-text.js";
import { type Entries, writeJsonValue, writeList, writeMap, writeStringMap } from "./json-write.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { setEntry } from "../values/set-entry.js";

/** Writes a map whose keys are texts, or true and false. */
export function writeSortedMap<T>(map: Entries<T> | null | undefined, write: (value: T) => JsonValue): JsonObject {
  return inOrder(writeMap(map, write), compareTexts);
}

/** Writes a map whose keys are integers. */
export function writeNumberedMap<T>(map: Entries<T> | null | undefined, write: (value: T) => JsonValue): JsonObject {
  return inOrder(writeMap(map, write), compareNumbers);
}

/** Writes a map<string, string>; returns the map itself if nothing in it has to change. */
export function writeSortedStringMap(map: Entries<unknown> | null | undefined): JsonObject {
  return inOrder(writeStringMap(map), compareTexts);
}

/** Writes a google.protobuf.Value, as `writeJsonValue` does. */
export function writeSortedJsonValue(value: unknown): JsonValue {
  if (typeof value !== "object" || value === null) return writeJsonValue(value);
  return Array.isArray(value) ? writeSortedJsonList(value) : writeSortedJsonObject(value as Entries<unknown>);
}

/** Writes a google.protobuf.Struct; undefined and null give `{}`. */
export function writeSortedJsonObject(value: Entries<unknown> | null | undefined): JsonObject {
  return writeSortedMap(value, writeSortedJsonValue);
}

/** Writes a google.protobuf.ListValue; undefined and null give `[]`. */
export function writeSortedJsonList(value: readonly unknown[] | null | undefined): JsonValue[] {
  return writeList(value, writeSortedJsonValue);
}

/** Below 0 if `a` comes first. */
type Compare = (a: string, b: string) => number;

/**
 * The keys of a map in their own order and sorted. The maps of a list mostly have the same keys, so those of the last
 * small map are remembered.
 */
interface KeyOrder {
  readonly compare: Compare;
  readonly given: readonly string[];
  readonly sorted: readonly string[];
}

const fewKeys = 16;
let last: KeyOrder | undefined;

function inOrder(json: JsonObject, compare: Compare): JsonObject {
  if (last !== undefined && last.compare === compare && hasKeys(json, last.given)) return withKeys(json, last.sorted);
  let before: string | undefined;
  for (const key in json) {
    if (before !== undefined && compare(before, key) > 0) return reordered(json, compare);
    before = key;
  }
  return json;
}

function reordered(json: JsonObject, compare: Compare): JsonObject {
  const keys = Object.keys(json);
  const sorted = [...keys].sort(compare);
  const object = withKeys(json, sorted);
  // A JavaScript object has keys such as "9" and "10" before all others, by value.
  if (!hasKeys(object, sorted)) return inOwnOrder(object, sorted);
  if (keys.length <= fewKeys) last = { compare, given: keys, sorted };
  return object;
}

/** Tells whether an object has these keys in this order. */
function hasKeys(json: JsonObject, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in json) if (key !== keys[at++]) return false;
  return at === keys.length;
}

function withKeys(json: JsonObject, keys: readonly string[]): JsonObject {
  const object: JsonObject = {};
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    setEntry(object, key, json[key]);
  }
  return object;
}

/** A value that `jsonText` prints as an object with these members in this order. */
function inOwnOrder(json: JsonObject, keys: readonly string[]): JsonObject {
  const print = (key: string): string => `${exactText(key)}:${exactText(json[key] as JsonValue)}`;
  return exactValue(() => `{${keys.map(print).join()}}`);
}

function compareTexts(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The rank of a UTF-16 code unit in the order of UTF-8, where characters of two units come last. */
function rank(code: number): number {
  if (code < 0xd800) return code;
  return code < 0xe000 ? code + 0x2000 : code - 0x800;
}

function compareNumbers(a: string, b: string): number {
  // If the numbers are too long for their difference, they have the same length.
  return Number(a) - Number(b) || (a < b === a.startsWith("-") ? 1 : -1);
}
