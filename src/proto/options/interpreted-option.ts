/** Options once their names are resolved and their values checked, for every option alike. */
import type { Span } from "../../diagnostics.js";
import type { OptionFieldDefinition } from "./option-definitions.js";

/** The value of a message: what is set in it, by the full name of the field or extension. */
export interface InterpretedMessage {
  readonly fields: Map<string, InterpretedField>;
}

/** A field that is set; one value unless it is repeated. */
export interface InterpretedField {
  readonly definition: OptionFieldDefinition;
  readonly values: InterpretedValue[];
  /** The place where it was set first. */
  readonly span: Span;
}

/** One value. Strings carry their bytes as latin1 beside the text, numbers are in canonical decimal. */
export type InterpretedValue =
  | { readonly kind: "text"; readonly text: string; readonly bytes: string; readonly span: Span }
  | { readonly kind: "number"; readonly text: string; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "enum"; readonly name: string; readonly span: Span }
  | { readonly kind: "message"; readonly message: InterpretedMessage; readonly span: Span }
  /** A value that could not be checked, or was reported. */
  | { readonly kind: "unknown"; readonly span: Span };

/** A message value with nothing set. */
export function emptyMessage(): InterpretedMessage {
  return { fields: new Map() };
}

/** The options of a declaration without any. */
export const nothingSet: InterpretedMessage = emptyMessage();

/** The last value of a field by its full name; undefined when it is not set. */
export function lastValueOf(message: InterpretedMessage, fullName: string): InterpretedValue | undefined {
  return message.fields.get(fullName)?.values.at(-1);
}

/** The message in a field by its full name; undefined when it is not set. */
export function messageOf(message: InterpretedMessage, fullName: string): InterpretedMessage | undefined {
  const value = lastValueOf(message, fullName);
  return value?.kind === "message" ? value.message : undefined;
}

/** True when a bool field is set to true. */
export function isTrue(message: InterpretedMessage, fullName: string): boolean {
  const value = lastValueOf(message, fullName);
  return value?.kind === "boolean" && value.value;
}
