/**
 * JSON values to JSON text. JSON.stringify does it where there are lists and maps; what is flat is joined from its parts, which
 * takes half the time. What it must not print as it does is a lone surrogate, which becomes U+FFFD as in UTF-8, and a negative
 * zero.
 */
import type { JsonObject, JsonValue } from "../values/json.js";

/** What stands in for a value that JSON.stringify would print wrongly: it prints a lone surrogate, so that `jsonText` looks closer. */
interface ExactValue {
  readonly toJSON: () => "\ud800";
  readonly exactText: () => string;
}

/** A value that is printed as what `print` gives. No JSON object has a function as its member, so that none is taken for one. */
export function exactValue(print: () => string): JsonObject {
  const value: ExactValue = { toJSON: () => "\ud800", exactText: print };
  return value as unknown as JsonObject;
}

/** The negative zero, which JSON.stringify prints without its sign. */
export const minusZero: JsonObject = /* @__PURE__ */ exactValue(() => "-0");

/** The text of what the writers give. */
export function jsonText(json: JsonValue): string {
  const text = JSON.stringify(json);
  // How JSON.stringify prints lone surrogates. An escaped backslash may look like it, which costs time alone.
  return text.includes("\\ud") ? exactText(json) : text;
}

/** The text of a value that JSON.stringify alone would not print rightly. */
export function exactText(json: JsonValue): string {
  if (typeof json === "string") return JSON.stringify((json as ES2024String).toWellFormed());
  if (typeof json !== "object" || json === null) return String(json);
  if (Array.isArray(json)) return `[${json.map(exactText).join()}]`;
  if (typeof json["exactText"] === "function") return (json as unknown as ExactValue).exactText();
  // Of keys with lone surrogates two may become one.
  const members = new Map<string, string>();
  for (const [key, member] of Object.entries(json)) {
    if (member !== undefined) members.set(exactText(key), exactText(member));
  }
  return `{${Array.from(members, ([key, member]) => `${key}:${member}`).join()}}`;
}

/** What lib.d.ts has from ES2024 on. */
type ES2024String = string & { toWellFormed(): string };

/** What JSON escapes, and surrogates. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/**
 * A string (or what `writeString` takes for one) as it stands between the quotes of a JSON text. They are part of the constant text
 * around it: a string that V8 joins from fewer parts costs less. `special` sees in a third of the time of JSON.stringify that a
 * string is its own text.
 */
export function stringText(value: unknown): string {
  const text = typeof value === "string" ? value : String(value ?? "");
  return special.test(text) ? JSON.stringify((text as ES2024String).toWellFormed()).slice(1, -1) : text;
}

/** The name of an enum value, or its number. */
export function enumText(json: string | number): string | number {
  return typeof json === "string" ? `"${json}"` : json;
}

/** What `writeDouble` and `writeFloat` give. */
export function numberText(json: JsonValue): string | number {
  return json === minusZero ? "-0" : enumText(json as string | number);
}

/** A member, `head` + `text` + `tail`, or nothing for the text of a zero. */
export function memberUnless(zero: JsonText, head: string, text: JsonText, tail = ""): string {
  return text === zero ? "" : `${head}${text}${tail}`;
}

/** What stands in a template for its JSON text. */
type JsonText = string | number | boolean | null;

/** An object of members that each have a comma in front of them, of which there may be none. */
export function closeObject(members: string): string {
  return members === "" ? "{}" : `{${members.slice(1)}}`;
}
