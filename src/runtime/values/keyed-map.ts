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

/** The entries of a Map, or of an object in its place, by the text of their keys; undefined and null stay. */
export function textEntries<Value>(map: Keyed<Value> | null | undefined): { [key: string]: Value } | null | undefined {
  if (!(map instanceof Map)) return map as { [key: string]: Value } | null | undefined;
  const entries: { [key: string]: Value } = {};
  for (const [key, value] of map) setEntry(entries, String(key), value);
  return entries;
}

/** The entries as pairs, the last one first. Throws EncodeError for another value than a Map or an object. */
export function keyedEntries<Value>(map: Keyed<Value>): [text: string, value: Value][] {
  if (typeof map !== "object") throw new EncodeError("a map", describeJson(map));
  return Object.entries(textEntries(map) ?? {}).reverse();
}

/** A map as typed code has it, and as other code may. */
type Keyed<Value> = ReadonlyMap<unknown, Value> | { readonly [key: string]: Value };
