/** Nested data with values in it, such as an OpenAPI document or a policy, for targets that print it. */
import type { Joined, Reference, Value } from "./value.js";

/** Data for a target to print. */
export type Document =
  | string
  | number
  | boolean
  | Reference
  | Joined
  | Noted
  | Inline
  | Entries
  | readonly Document[]
  | DocumentMembers;

/** Members by names that are ours, in the order in which they are printed; undefined ones are left out. */
export interface DocumentMembers {
  readonly [name: string]: Document | undefined;
  /** Tells values and wrapped data from members. */
  readonly kind?: never;
}

/** Members by names that are the user's, `kind` among the possible ones. */
export interface Entries {
  readonly kind: "entries";
  readonly entries: readonly (readonly [name: string, content: Document])[];
}

/** Data with a remark for people, where the target has comments. */
export interface Noted {
  readonly kind: "noted";
  readonly note: string;
  readonly content: Document;
}

/** Data that is short enough to stand on one line. */
export interface Inline {
  readonly kind: "inline";
  readonly content: Document;
}

/** A form of data, told apart by `kind`. */
export type DocumentForm =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "constant"; readonly value: number | boolean }
  | { readonly kind: "list"; readonly items: readonly Document[] }
  | Noted
  | Inline
  | Entries;

/** Puts a remark before data. */
export function noted(note: string, content: Document): Noted {
  return { kind: "noted", note, content };
}

/** Puts data on one line. */
export function inline(content: Document): Inline {
  return { kind: "inline", content };
}

/** Members by names that are the user's. */
export function entries(list: readonly (readonly [string, Document])[]): Entries {
  return { kind: "entries", entries: list };
}

/** The form of data, for exhaustive switches; members come as entries. */
export function formOf(document: Document): DocumentForm {
  if (typeof document === "string") return { kind: "value", value: document };
  if (typeof document !== "object") return { kind: "constant", value: document };
  if (isList(document)) return { kind: "list", items: document };
  if (isMembers(document)) return { kind: "entries", entries: membersOf(document) };
  if (document.kind === "noted" || document.kind === "inline" || document.kind === "entries") return document;
  return { kind: "value", value: document };
}

function isList(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}

function isMembers(
  document: Exclude<Document, string | number | boolean | readonly Document[]>,
): document is DocumentMembers {
  return document.kind === undefined;
}

function membersOf(members: DocumentMembers): [string, Document][] {
  return Object.entries(members).filter((member): member is [string, Document] => member[1] !== undefined);
}

/** Maps every value, and keeps the rest. */
export function mapValues(document: Document, map: (value: Value) => Document): Document {
  const form = formOf(document);
  switch (form.kind) {
    case "value":
      return map(form.value);
    case "constant":
      return form.value;
    case "list":
      return form.items.map((item) => mapValues(item, map));
    case "noted":
    case "inline":
      return { ...form, content: mapValues(form.content, map) };
    case "entries":
      return entries(form.entries.map(([name, content]) => [name, mapValues(content, map)]));
    default:
      return form satisfies never;
  }
}

/** Data as JSON has it, without remarks, with each value as `print` gives it, and each name as `printName` does. */
export function toJson(
  document: Document,
  print: (value: Value) => unknown,
  printName: (name: string) => string = (name) => name,
): unknown {
  const form = formOf(document);
  switch (form.kind) {
    case "value":
      return print(form.value);
    case "constant":
      return form.value;
    case "list":
      return form.items.map((item) => toJson(item, print, printName));
    case "noted":
    case "inline":
      return toJson(form.content, print, printName);
    case "entries":
      return Object.fromEntries(
        form.entries.map(([name, content]) => [printName(name), toJson(content, print, printName)]),
      );
    default:
      return form satisfies never;
  }
}
