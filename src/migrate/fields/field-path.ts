/** Paths of fields as differences and rules have them: `books[].create_time`, `labels{}`. */
import type { Field, Message } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";

/** The names of a path without its brackets, which rules may leave out. */
export function pathNames(path: string): readonly string[] {
  return path.split(".").map((part) => part.replace(/(?:\[\]|\{\})+$/, ""));
}

/** Tells whether `path` is the field that `rule` names, or lies below it. */
export function isWithin(path: string, rule: string): boolean {
  const names = pathNames(path);
  const wanted = pathNames(rule);
  return wanted.length <= names.length && wanted.every((name, index) => name === names[index]);
}

/** Tells whether `path` is the field that `rule` names. */
export function isSamePath(path: string, rule: string): boolean {
  return isWithin(path, rule) && pathNames(path).length === pathNames(rule).length;
}

/** The field of a message that a JSON member is, under its JSON name or its own. */
export function fieldOf(message: Message | undefined, name: string): Field | undefined {
  return message?.fields.find((field) => field.jsonName === name || field.name === name);
}

/** The message below a field, of its items and values too; undefined for scalars, and for messages whose JSON is not their fields. */
export function messageBelow({ shape }: Field, index: ModelIndex): Message | undefined {
  const element = shape.kind === "list" ? shape.item : shape.kind === "map" ? shape.value : shape;
  return element.kind === "message" ? plainMessage(index.messages.get(element.fullName)) : undefined;
}

/** The message itself unless its JSON is of a form of its own. */
export function plainMessage(message: Message | undefined): Message | undefined {
  return message?.wellKnown === undefined || message.wellKnown === "Empty" ? message : undefined;
}

/** Tells whether members below a field have names that the schema does not know: those of Struct, Value, ListValue and Any. */
export function isOpen({ shape }: Field, index: ModelIndex): boolean {
  const element = shape.kind === "list" ? shape.item : shape.kind === "map" ? shape.value : shape;
  if (element.kind !== "message") return false;
  const wellKnown = index.messages.get(element.fullName)?.wellKnown;
  return wellKnown !== undefined && ["Struct", "Value", "ListValue", "Any"].includes(wellKnown);
}
