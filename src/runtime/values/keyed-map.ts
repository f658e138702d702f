/** Maps whose keys cannot be names of properties, bool and 64-bit integers, as a Map. */
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import { setEntry } from "./set-entry.js";

/** Makes a Map of entries by text; `keyOf` gives the key of a text. */
export function toKeyedMap<Key, Value>(
  entries: { readonly [key: string]: Value },
  keyOf: (text: string) => Key,
): Map<Key, Value> {
  const map = new Map<Key, Value>();
  for (const text in entries) map.set(keyOf(text), entries[text] as Value);
  return map;
}

/** The bool key of a text. */
export function boolKey(text: string): boolean {
  return text === "true";
}

/** The entries of a Map by the text of their keys; undefined and null stay. Throws EncodeError for another value. */
export function textEntries<Value>(
  map: ReadonlyMap<unknown, Value> | null | undefined,
): { [key: string]: Value } | null | undefined {
  if (map == null) return map;
  const entries: { [key: string]: Value } = {};
  for (const [key, value] of keyedEntries(map)) setEntry(entries, String(key), value);
  return entries;
}

/** The entries of a Map, the last one first. Throws EncodeError for another value. */
export function keyedEntries<Key, Value>(map: ReadonlyMap<Key, Value>): [Key, Value][] {
  if (!(map instanceof Map)) throw new EncodeError("a Map", describeJson(map));
  return [...map].reverse();
}
