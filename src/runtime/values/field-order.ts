import { setEntry } from "./set-entry.js";

/**
 * A property, and the property that names it if it is a member of a oneof (`oneofs: true`): they follow each other.
 */
export type OrderedProperty = readonly [name: string, choice?: string];

/**
 * Puts properties in the order in which proto-loader makes them, independent of the order in the request. `order` has
 * the properties that a new message lacks, by field number; `fixed` is the number of properties before them.
 */
export function orderFields(message: object, fixed: number, ...order: readonly OrderedProperty[]): void {
  if (isOrdered(Object.keys(message), fixed, order)) return;
  const properties = message as { [name: string]: unknown };
  for (const [name, choice] of order) {
    if (!Object.hasOwn(message, name)) continue;
    moveToEnd(properties, name);
    if (choice !== undefined) moveToEnd(properties, choice);
  }
}

/**
 * Tells whether the properties are in order. One check each is enough, because the name of a choice is always set with
 * its member.
 */
function isOrdered(names: readonly string[], fixed: number, order: readonly OrderedProperty[]): boolean {
  let next = 0;
  for (let at = fixed; at < names.length; at++) {
    while (next < order.length && order[next]?.[0] !== names[at]) next++;
    const found = order[next++];
    if (found === undefined) return false;
    at += found.length - 1;
  }
  return true;
}

function moveToEnd(message: { [name: string]: unknown }, name: string): void {
  const value = message[name];
  delete message[name];
  setEntry(message, name, value);
}
