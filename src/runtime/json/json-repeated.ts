/**
 * Readers of lists, maps and the keys of maps, for emitted JSON decoders. They count the values that they read, as
 * decoders do (`json-length.ts`), and throw DecodeError with the path inside.
 */
import { DecodeError, inside } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import type { JsonInput } from "../values/json.js";
import { countItem, countMember } from "./json-length.js";
import {
  readInt32,
  readInt64String,
  readObject,
  readString,
  readUint32,
  readUint64String,
  wrong,
} from "./json-read.js";
import { takeMemory } from "../memory-bound.js";
import { setEntry } from "../values/set-entry.js";

/** Reads a list; items for which the reader has no value (unknown enum names) are dropped. */
export function readList<T>(json: JsonInput, read: (item: JsonInput) => T | undefined): T[] {
  const list: (JsonInput | T)[] = copyList(json);
  let index = 0;
  let kept = 0;
  try {
    for (; index < list.length; index++) {
      const value = list[index] as JsonInput;
      countItem(value);
      const item = read(value);
      if (item !== undefined) list[kept++] = item;
    }
  } catch (error) {
    throw inside(error, `[${index}]`);
  }
  if (kept < index) list.length = kept;
  return list as T[];
}

/**
 * Reads a map; `readKey` gives the key its canonical form (default: any string). Entries without a value are dropped.
 */
export function readMap<T>(
  json: JsonInput,
  read: (value: JsonInput) => T | undefined,
  readKey: (key: string) => string = readString,
): { [key: string]: T } {
  const entries = readObject(json);
  const map: { [key: string]: T } = {};
  let key = "";
  try {
    for (key in entries) {
      const entry = entries[key];
      countMember(key, entry);
      const value = read(entry);
      if (value === undefined) continue;
      const name = readKey(key);
      if (readKey !== readString && Object.hasOwn(map, name)) throw new DecodeError("every key once", `${name} twice`);
      setEntry(map, name, value);
    }
  } catch (error) {
    throw inKey(error, key);
  }
  return map;
}

/**
 * Reads a repeated string. V8 inlines the one function that it calls; lists and maps of scalars are the most common.
 */
export function readStrings(json: JsonInput): string[] {
  const list = copyList(json);
  let index = 0;
  try {
    for (; index < list.length; index++) {
      countItem(list[index]);
      readString(list[index] as JsonInput);
    }
  } catch (error) {
    throw inside(error, `[${index}]`);
  }
  return list as string[];
}

/** Reads a repeated int32, sint32 or sfixed32. */
export function readInt32s(json: JsonInput): number[] {
  const list = copyList(json);
  let index = 0;
  try {
    for (; index < list.length; index++) {
      countItem(list[index]);
      list[index] = readInt32(list[index] as JsonInput);
    }
  } catch (error) {
    throw inside(error, `[${index}]`);
  }
  return list as number[];
}

/** Reads a map<string, string>. */
export function readStringMap(json: JsonInput): { [key: string]: string } {
  const entries = readObject(json);
  const map: { [key: string]: string } = {};
  let key = "";
  try {
    for (key in entries) {
      const entry = entries[key];
      countMember(key, entry);
      setEntry(map, readString(key), readString(entry));
    }
  } catch (error) {
    throw inKey(error, key);
  }
  return map;
}

/**
 * The error to throw for an error in the entry `key` of a map. The key is described for a DecodeError only, because
 * that takes stack.
 */
function inKey(error: unknown, key: string): unknown {
  return error instanceof DecodeError ? inside(error, `[${describeJson(key)}]`) : error;
}

/** Copies a list: a copy allocates as many places as it needs, the first `push` allocates 17. */
function copyList(json: JsonInput): JsonInput[] {
  takeMemory(4);
  if (Array.isArray(json)) return (json as readonly JsonInput[]).slice();
  throw wrong("a list", json);
}

/**
 * Reads a key of int32, sint32 or sfixed32: digits with an optional sign, as Go's strconv reads them; not `1e2` or
 * `1.0`.
 */
export function readInt32Key(key: string): string {
  return String(readInt32(plainInteger(key, "a 32-bit integer")));
}

/** Reads a key of uint32 or fixed32: digits. */
export function readUint32Key(key: string): string {
  return String(readUint32(plainDigits(key, "an unsigned 32-bit integer")));
}

/** Reads a key of int64, sint64 or sfixed64, as `readInt32Key` does. */
export function readInt64Key(key: string): string {
  return readInt64String(plainInteger(key, "a 64-bit integer"));
}

/** Reads a key of uint64 or fixed64: digits. */
export function readUint64Key(key: string): string {
  return readUint64String(plainDigits(key, "an unsigned 64-bit integer"));
}

/** The shortest form of digits with an optional sign. */
function plainInteger(key: string, expected: string): string {
  const [, sign, digits] = /^([+-]?)(\d+)$/.exec(key) ?? [];
  if (digits === undefined) throw wrong(expected, key);
  return (sign === "-" ? "-" : "") + withoutZeros(digits);
}

function plainDigits(key: string, expected: string): string {
  if (/^\d+$/.test(key)) return withoutZeros(key);
  throw wrong(expected, key);
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}

export function readBoolKey(key: string): string {
  if (key === "true" || key === "false") return key;
  throw wrong('"true" or "false"', key);
}
