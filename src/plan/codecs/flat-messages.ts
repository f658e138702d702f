/** Which messages are flat: their JSON text is short, and joining it takes less than an object and JSON.stringify. */
import type { Field, Message, WellKnownType } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";

/**
 * Full names of the messages without lists, maps and extensions, at any depth. `extensions`: by the full name of the message that
 * they extend. A message that can contain itself is not flat.
 */
export function findFlatMessages(
  index: ModelIndex,
  extensions: ReadonlyMap<string, readonly Field[]>,
): ReadonlySet<string> {
  const known = new Map<string, boolean>();
  const isFlat = (message: Message | undefined): boolean => {
    if (message === undefined || !isObject(message) || extensions.has(message.fullName)) return false;
    const before = known.get(message.fullName);
    if (before !== undefined) return before;
    // Until the fields are seen, so that one of them that leads back here finds it.
    known.set(message.fullName, false);
    const flat = message.fields.every(isFlatField);
    known.set(message.fullName, flat);
    return flat;
  };
  const isFlatField = ({ shape }: Field): boolean => {
    if (shape.kind !== "message") return shape.kind !== "list" && shape.kind !== "map";
    const message = index.messages.get(shape.fullName);
    return isShortText(message?.wellKnown) || isFlat(message);
  };
  return new Set([...index.messages.values()].filter(isFlat).map(({ fullName }) => fullName));
}

/** Whether the JSON of a message is an object of its fields. */
export function isObject({ wellKnown }: Message): boolean {
  return wellKnown === undefined || wellKnown === "Empty";
}

function isShortText(wellKnown: WellKnownType | undefined): boolean {
  return wellKnown !== undefined && shortTexts.has(wellKnown);
}

/** Well-known types whose JSON is a string, a number or a boolean. */
const shortTexts: ReadonlySet<WellKnownType> = new Set<WellKnownType>([
  ...(["Duration", "FieldMask", "Timestamp", "BoolValue", "BytesValue", "DoubleValue", "FloatValue"] as const),
  ...(["Int32Value", "Int64Value", "StringValue", "UInt32Value", "UInt64Value"] as const),
]);
