/** Finding fields by name, and advice when there is none. */
import { suggestFor, takesAdvice } from "../../diagnostics.js";
import type { Field, Message } from "../api-model.js";

/** The fields of each message that was asked for: an API may have thousands of rules that speak of one. */
const fieldsByName = new WeakMap<Message, ReadonlyMap<string, Field>>();

/** The field of that proto name. */
export function findField(message: Message, name: string): Field | undefined {
  const fields = fieldsByName.get(message) ?? new Map(message.fields.map((field) => [field.name, field]));
  fieldsByName.set(message, fields);
  return fields.get(name);
}

/** Advice what to write instead of `name`, in one line; after many `findings` only a list of the fields. */
export function adviseField(findings: number, message: Message, name: string): string {
  const byJsonName = takesAdvice(findings) ? message.fields.find((field) => field.jsonName === name) : undefined;
  if (byJsonName !== undefined) {
    return `rules use the names of the .proto file, not the JSON names: did you mean "${byJsonName.name}"?`;
  }
  const near = suggestFor(findings, name, () => message.fields.map((field) => field.name));
  if (near !== undefined) return `did you mean "${near}"?`;
  return message.fields.length === 0
    ? `${message.name} has no fields`
    : `${message.name} has ${listSome(message.fields)}`;
}

const shown = 8;

function listSome(fields: readonly Field[]): string {
  const some = fields
    .slice(0, shown)
    .map(({ name }) => name)
    .join(", ");
  return fields.length > shown ? `${some} and ${fields.length - shown} more` : some;
}
