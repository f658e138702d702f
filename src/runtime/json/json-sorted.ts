/**
 * Writers of maps and of google.protobuf.Struct with the members in the order of their keys, as Go's protojson prints
 * them for grpc-gateway: numbers by value, texts by their bytes in UTF-8, false before true.
 */
import { exactText, exactValue } from "./json-text.js";
import { type Entries, writeJsonValue, writeList, writeMap, writeStringMap } from "./json-write.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { compareNumbers, compareTexts } from "../values/key-order.js";
import { setEntry } from "../values/set-entry.js";

/** Writes a map whose keys are texts, or true and false. */
export function writeSortedMap<T>(map: Entries<T> | null | undefined, write: (value: T) => JsonValue): JsonObject {
  return inTextOrder(writeMap(map, write));
}

/** Writes a map whose keys are integers. */
export function writeNumberedMap<T>(map: Entries<T> | null | undefined, write: (value: T) => JsonValue): JsonObject {
  return inNumberOrder(writeMap(map, write));
}

/** Writes a map<string, string>; returns the map itself if nothing in it has to change. */
export function writeSortedStringMap(map: Entries<unknown> | null | undefined): JsonObject {
  return inTextOrder(writeStringMap(map));
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

/** The members of a map whose keys are texts, or true and false, in their order, for `jsonText`. */
export function inTextOrder(json: JsonObject): JsonObject {
  return inOrder(json, compareTexts);
}

/** The members of a map whose keys are integers, in their order, for `jsonText`. */
export function inNumberOrder(json: JsonObject): JsonObject {
  return inOrder(json, compareNumbers);
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
