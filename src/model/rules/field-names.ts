/** Finding fields by name, and advice when there is none. */
import { suggest } from "../../diagnostics.js";
import type { Field, Message } from "../api-model.js";

/** The field of that proto name. */
export function findField(message: Message, name: string): Field | undefined {
  return message.fields.find((field) => field.name === name);
}

/** What to write instead of `name`, in one line. */
export function adviseField(message: Message, name: string): string {
  const byJsonName = message.fields.find((field) => field.jsonName === name);
  if (byJsonName !== undefined) {
    return `rules use the names of the .proto file, not the JSON names: did you mean "${byJsonName.name}"?`;
  }
  const names = message.fields.map((field) => field.name);
  const near = suggest(name, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (names.length === 0) return `${message.name} has no fields`;
  return `${message.name} has ${listSome(names)}`;
}

const shown = 8;

function listSome(names: readonly string[]): string {
  const some = names.slice(0, shown).join(", ");
  return names.length > shown ? `${some} and ${names.length - shown} more` : some;
}
