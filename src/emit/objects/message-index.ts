/** Look-ups in one message. Every field of every file asks for them, and a message may have thousands: each is made once. */
import type { Field, Message, Oneof } from "../../model/api-model.js";
import { pascalCase } from "../../plan/naming.js";

/** A oneof with its members. */
export interface IndexedOneof {
  readonly oneof: Oneof;
  /** In declaration order. */
  readonly fields: readonly Field[];
  /** A local name that no other oneof of the message has: `hasChoice`. */
  readonly flag: string;
}

/** One message by the names in it. */
export interface MessageIndex {
  readonly oneofs: ReadonlyMap<string, IndexedOneof>;
  readonly byJsonName: ReadonlyMap<string, readonly Field[]>;
}

const known = new WeakMap<Message, MessageIndex>();

/** The look-ups of a message. */
export function indexMessage(message: Message): MessageIndex {
  const found = known.get(message) ?? { oneofs: indexOneofs(message), byJsonName: groupFields(message, jsonNameOf) };
  known.set(message, found);
  return found;
}

function jsonNameOf({ jsonName }: Field): string {
  return jsonName;
}

function indexOneofs(message: Message): ReadonlyMap<string, IndexedOneof> {
  const members = groupFields(message, (field) => field.oneof);
  const flags = message.oneofs.map(({ name }) => `has${pascalCase(name)}`);
  const uses = new Map<string, number>();
  for (const flag of flags) uses.set(flag, (uses.get(flag) ?? 0) + 1);
  return new Map(
    message.oneofs.map((oneof, index) => {
      const flag = flags[index] ?? "";
      const isUnique = uses.get(flag) === 1;
      return [oneof.name, { oneof, fields: members.get(oneof.name) ?? [], flag: isUnique ? flag : `${flag}${index}` }];
    }),
  );
}

function groupFields(message: Message, keyOf: (field: Field) => string | undefined): Map<string, Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of message.fields) {
    const key = keyOf(field);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [field]);
    else group.push(field);
  }
  return groups;
}
