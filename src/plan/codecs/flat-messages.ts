/** Finds flat messages: their JSON text is short, and joining it takes less time than an object and JSON.stringify. */
import type { Field, Message, WellKnownType } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import { wellKnownFacts } from "../../model/well-known-types.js";

/** The longest sum of texts that is emitted; above it an object is as fast, and nobody reads either. */
const mostFields = 500;

/**
 * Full names of the messages without lists, maps and extensions, at any depth. `extensions`: by the full name of the message that
 * they extend. A message that can contain itself is not flat, nor is one of more than 500 fields.
 */
export function findFlatMessages(
  index: ModelIndex,
  extensions: ReadonlyMap<string, readonly Field[]>,
): ReadonlySet<string> {
  const flat = new Set<string>();
  /** Fields that hold a message of which it is open whether it is flat, by full name. */
  const open = new Map<string, number>();
  const holders = new Map<string, string[]>();
  const found: string[] = [];
  for (const message of index.messages.values()) {
    if (!isObject(message) || extensions.has(message.fullName) || !isFlatByItself(message)) continue;
    const held = messagesIn(message, index);
    for (const name of held) appendTo(holders, name, message.fullName);
    open.set(message.fullName, held.length);
    if (held.length === 0) found.push(message.fullName);
  }
  // From the innermost outwards: what is left at the end holds something that is not flat, or itself.
  for (let name = found.pop(); name !== undefined; name = found.pop()) {
    flat.add(name);
    for (const holder of holders.get(name) ?? []) {
      const left = (open.get(holder) ?? 0) - 1;
      open.set(holder, left);
      if (left === 0) found.push(holder);
    }
  }
  return flat;
}

function isFlatByItself({ fields }: Message): boolean {
  return fields.length <= mostFields && fields.every(({ shape }) => shape.kind !== "list" && shape.kind !== "map");
}

/** Full names of the messages that the fields hold, without those whose JSON is a short text; one for each field. */
function messagesIn({ fields }: Message, index: ModelIndex): string[] {
  return fields.flatMap(({ shape }) => {
    if (shape.kind !== "message") return [];
    return isShortText(index.messages.get(shape.fullName)?.wellKnown) ? [] : [shape.fullName];
  });
}

function appendTo(lists: Map<string, string[]>, key: string, item: string): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}

/** Tells whether the JSON of a message is an object of its fields. */
export function isObject({ wellKnown }: Message): boolean {
  return (wellKnownFacts(wellKnown)?.json ?? "fields") === "fields";
}

/** Tells whether the JSON of a well-known type is a string, a number or a boolean. */
function isShortText(wellKnown: WellKnownType | undefined): boolean {
  const json = wellKnownFacts(wellKnown)?.json;
  return json === "time" || json === "mask" || json === "scalar";
}
