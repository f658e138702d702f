/**
 * From JSON values to JSON text. JSON.stringify prints values with lists and maps; flat ones are joined from their
 * parts, which takes half the time. JSON.stringify prints two things wrongly: a lone surrogate, which becomes U+FFFD as
 * in UTF-8, and a negative zero.
 */
import type { JsonObject, JsonValue } from "../values/json.js";

/**
 * A substitute for a value that JSON.stringify would print wrongly. Its text has a lone surrogate, so that `jsonText`
 * prints the whole text exactly.
 */
interface ExactValue {
  readonly toJSON: () => "\ud800";
  readonly exactText: () => string;
}

/**
 * A value that is printed as the result of `print`. No JSON object has a function as its member, so none is mistaken
 * for it.
 */
export function exactValue(print: () => string): JsonObject {
  const value: ExactValue = { toJSON: () => "\ud800", exactText: print };
  return value as unknown as JsonObject;
}

/** The negative zero, which JSON.stringify prints without its sign. */
export const minusZero: JsonObject = /* @__PURE__ */ exactValue(() => "-0");

/** The text of a value that the writers have made. */
export function jsonText(json: JsonValue): string {
  const text = JSON.stringify(json);
  // JSON.stringify prints lone surrogates like that. An escaped backslash may look the same, which only costs time.
  return text.includes("\\ud") ? exactText(json) : text;
}

/** The text of a value that JSON.stringify alone would print wrongly. */
export function exactText(json: JsonValue): string {
  if (typeof json === "string") return JSON.stringify((json as ES2024String).toWellFormed());
  if (typeof json !== "object" || json === null) return String(json);
  if (Array.isArray(json)) return `[${json.map(exactText).join()}]`;
  if (typeof json["exactText"] === "function") return (json as unknown as ExactValue).exactText();
  // Two keys with lone surrogates may become one.
  const members = new Map<string, string>();
  for (const [key, member] of Object.entries(json)) {
    if (member !== undefined) members.set(exactText(key), exactText(member));
  }
  return `{${Array.from(members, ([key, member]) => `${key}:${member}`).join()}}`;
}

/** A method that lib.d.ts has from ES2024 on. */
type ES2024String = string & { toWellFormed(): string };

/** Characters that JSON escapes, and surrogates. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/**
 * The text of a string (or of a value that `writeString` converts) without its quotes. They are part of the constant
 * text around it, because a string that V8 joins from fewer parts costs less. `special` finds out in a third of the
 * time of JSON.stringify that a string needs no escapes.
 */
export function stringText(value: unknown): string {
  const text = typeof value === "string" ? value : String(value ?? "");
  return special.test(text) ? JSON.stringify((text as ES2024String).toWellFormed()).slice(1, -1) : text;
}

/** The name of an enum value, or its number. */
export function enumText(json: string | number): string | number {
  return typeof json === "string" ? `"${json}"` : json;
}

/** The text of a result of `writeDouble` or `writeFloat`. */
export function numberText(json: JsonValue): string | number {
  return json === minusZero ? "-0" : enumText(json as string | number);
}

/** The text of a member, `head` + `text` + `tail`, or "" for a zero. */
export function memberUnless(zero: JsonText, head: string, text: JsonText, tail = ""): string {
  return text === zero ? "" : `${head}${text}${tail}`;
}

/** A value whose text in a template is its JSON. */
type JsonText = string | number | boolean | null;

/** The text of an object. `members` has a comma in front of each member, and may be empty. */
export function closeObject(members: string): string {
  return members === "" ? "{}" : `{${members.slice(1)}}`;
}
