/** Field paths (`shelf.name`) against message types. */
import type { Field, Message } from "../api-model.js";
import { findField } from "./field-names.js";

/** The fields from the message down to the leaf, or why there are none. */
export type ResolvedFieldPath =
  | { readonly kind: "ok"; readonly fields: readonly Field[] }
  /** `message` has no field `name`; `depth` names before it were found. */
  | { readonly kind: "unknown"; readonly message: Message; readonly name: string; readonly depth: number }
  /** `field` is not a single message, so nothing hangs below it. */
  | { readonly kind: "blocked"; readonly field: Field; readonly depth: number };

/** Follows proto field names; every field but the last has to be a single message. A type that is not loaded blocks. */
export function resolveFieldPath(
  root: Message,
  path: readonly string[],
  messages: ReadonlyMap<string, Message>,
): ResolvedFieldPath {
  const fields: Field[] = [];
  let message = root;
  for (const [depth, name] of path.entries()) {
    const field = findField(message, name);
    if (field === undefined) return { kind: "unknown", message, name, depth };
    fields.push(field);
    if (depth === path.length - 1) break;
    const next = field.shape.kind === "message" ? messages.get(field.shape.fullName) : undefined;
    if (next === undefined) return { kind: "blocked", field, depth };
    message = next;
  }
  return { kind: "ok", fields };
}
