/** The order in which Go's protojson prints the keys of maps. */
import type { JsonObject } from "./json.js";

/** A map with its members in the order of their texts. JavaScript itself puts keys such as "10" first, by their values. */
export function sortedMembers(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareTexts(a, b)));
}

/** Compares texts by their bytes in UTF-8; below 0 if `a` comes first. */
export function compareTexts(a: string, b: string): number {
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

/** Compares decimal integers by their values. */
export function compareNumbers(a: string, b: string): number {
  // If the numbers are too long for their difference, they have the same length.
  return Number(a) - Number(b) || (a < b === a.startsWith("-") ? 1 : -1);
}
