/** Query parameters of a binding that decide about its answer, as the key of a cache has them. */
import type { Binding, Field, Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { MethodPlan } from "../plan.js";

/** Every name that a parameter can have, or the reason why there are more than can be named. */
export type CacheParameters =
  | { readonly kind: "named"; readonly names: readonly string[] }
  | { readonly kind: "unbounded"; readonly reason: string };

/** Most parameters of a key. */
const maxParameters = 100;

/**
 * The names in every spelling, nested ones too. A list is none: of a parameter that is repeated the key has one value, and
 * `method.request.multivaluequerystring`, which has all, is refused in keys.
 */
export function cacheParameters(
  { method, bindings }: MethodPlan,
  binding: Binding,
  { messages }: ModelIndex,
): CacheParameters {
  const planned = bindings.find((each) => each.binding === binding);
  const request = messages.get(method.input);
  if (planned?.takesQuery !== true || request === undefined) return { kind: "named", names: [] };
  const names: string[] = [];
  const reason = collect(request, [""], [], { messages, names });
  return reason === undefined ? { kind: "named", names } : { kind: "unbounded", reason };
}

interface Collection {
  readonly messages: ModelIndex["messages"];
  readonly names: string[];
}

function collect(
  message: Message,
  prefixes: readonly string[],
  above: readonly string[],
  collection: Collection,
): string | undefined {
  if (above.includes(message.fullName)) return `${message.fullName} can hold itself, so that parameters have no end`;
  for (const field of message.fields.filter(({ extendee }) => extendee === undefined)) {
    const spellings = field.jsonName === field.name ? [field.name] : [field.name, field.jsonName];
    const names = prefixes.flatMap((prefix) => spellings.map((name) => `${prefix}${name}`));
    collection.names.push(...names);
    if (collection.names.length > maxParameters) return `it has more than ${maxParameters} parameters`;
    const reason = collectField(field, names, [...above, message.fullName], collection);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function collectField(
  { name, shape }: Field,
  names: readonly string[],
  above: readonly string[],
  collection: Collection,
): string | undefined {
  switch (shape.kind) {
    case "scalar":
    case "enum":
      return undefined;
    case "list":
      // A mask is one text with commas; its list by name is nothing that clients send.
      if (above.at(-1) === "google.protobuf.FieldMask") return undefined;
      return `${name} is a list, whose parameter is repeated, and the key has one value of it`;
    case "map":
      return `${name} is a map, whose parameters have any names`;
    case "message": {
      const nested = collection.messages.get(shape.fullName);
      const prefixes = names.map((each) => `${each}.`);
      return nested === undefined ? undefined : collect(nested, prefixes, above, collection);
    }
    default:
      return shape satisfies never;
  }
}
