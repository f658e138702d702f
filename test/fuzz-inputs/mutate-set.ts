/** Damage to descriptor sets that keeps their form: declarations twice, names and numbers of others, fields that are not there. */
import { create, type DescField, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { mutateBytes } from "../fuzz/mutate.js";
import type { Random } from "../support/random-message.js";

const most = 3;
const names = ["Shelf", "name", "Kind", "__proto__", "constructor", "a b", "", "1x", ".acme.v1.Shelf", ".acme.two.Old"];
const numbers = [0, 1, 2, 3, 4, 9, 10, 11, 14, 17, 100, 999, 1000, 19000, 536870911, 536870912, 2147483647, -1];

/** Bytes of a set that differs in a few places from `bytes`. */
export function mutateSet(bytes: Uint8Array, random: Random): Uint8Array {
  if (random() < 0.15) return mutateBytes(bytes, bytes, random);
  const set: MessageShape<typeof FileDescriptorSetSchema> = fromBinary(FileDescriptorSetSchema, bytes);
  for (let count = 1 + below(most, random); count > 0; count--) {
    // Bundled files are nobody's to change, and most of the set.
    const own = set.file.filter(({ name }) => !name.startsWith("google/"));
    const messages = own.flatMap((file) => messagesIn(reflect(fileSchema(), file)));
    const target = oneOf(messages, random);
    if (target !== undefined) mutateOnce(target, messages, random);
  }
  return toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, set));
}

function fileSchema() {
  const field = FileDescriptorSetSchema.fields[0];
  if (field?.message === undefined) throw new Error("FileDescriptorSet has no files");
  return field.message;
}

/** A message and all below it, without source info. */
function messagesIn(message: ReflectMessage): ReflectMessage[] {
  const found = [message];
  for (const field of message.fields) {
    if (field.message === undefined || !message.isSet(field) || field.name === "source_code_info") continue;
    if (field.fieldKind === "list")
      for (const item of message.get(field)) found.push(...messagesIn(item as ReflectMessage));
    else if (field.fieldKind === "message") found.push(...messagesIn(message.get(field) as ReflectMessage));
  }
  return found;
}

function mutateOnce(target: ReflectMessage, all: readonly ReflectMessage[], random: Random): void {
  const field = oneOf(target.fields, random);
  if (field === undefined) return;
  const twin = sibling(target, field, all, random);
  if (field.fieldKind === "list") mutateList(target, field, all, random);
  else if (random() < 0.2) target.clear(field);
  else if (field.fieldKind === "scalar") setScalar(target, field, all, random);
  else if (field.fieldKind === "enum") target.set(field, oneOf(field.enum.values, random)?.number ?? 0);
  else if (field.fieldKind === "message" && twin !== undefined) target.set(field, twin.get(field));
}

/** An item twice, gone, in another place, or one of another list of the kind. */
function mutateList(
  target: ReflectMessage,
  field: DescField & { fieldKind: "list" },
  all: readonly ReflectMessage[],
  random: Random,
): void {
  const own = [...target.get(field)];
  const others = [...(sibling(target, field, all, random)?.get(field) ?? [])];
  const at = below(own.length + 1, random);
  const added = random() < 0.5 ? own : others;
  const items =
    random() < 0.3
      ? own.filter((_, index) => index !== at)
      : [...own.slice(0, at), ...added.slice(0, 1 + below(2, random)), ...own.slice(at)];
  target.clear(field);
  for (const item of items) target.get(field).add(copyOf(item));
}

function copyOf(item: unknown): unknown {
  if (typeof item !== "object" || item === null || !("message" in item)) return item;
  const { desc, message } = item as ReflectMessage;
  return reflect(desc, fromBinary(desc, toBinary(desc, message)));
}

function setScalar(
  target: ReflectMessage,
  field: DescField & { fieldKind: "scalar" },
  all: readonly ReflectMessage[],
  random: Random,
): void {
  const other = sibling(target, field, all, random)?.get(field);
  const current = target.get(field);
  const values: Readonly<Record<string, unknown>> = {
    string: random() < 0.7 ? other : oneOf(names, random),
    number: random() < 0.3 ? other : oneOf(numbers, random),
    boolean: !current,
  };
  const value = values[typeof current];
  try {
    if (value !== undefined) target.set(field, value as never);
  } catch {
    // Not every number fits every field.
  }
}

/** Another message of the type, in which the field is set. */
function sibling(
  target: ReflectMessage,
  field: DescField,
  all: readonly ReflectMessage[],
  random: Random,
): ReflectMessage | undefined {
  return oneOf(
    all.filter((each) => each.desc === target.desc && each.isSet(field)),
    random,
  );
}

function oneOf<T>(items: readonly T[], random: Random): T | undefined {
  return items[below(items.length, random)];
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}
