/** Path variables: from a captured text to a field. */
import { DecodeError } from "../values/decode-error.js";

/** Runs `parse`; its error names the variable. */
export function parseVariable<T>(name: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.expected, error.found, `type mismatch, parameter: ${name}, error`);
  }
}

/** Splits the values of a repeated field in one variable: `a,b`. */
export function splitList(text: string): string[] {
  return text.split(",");
}
