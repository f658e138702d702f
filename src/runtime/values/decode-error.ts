import { mismatch } from "./mismatch.js";

/**
 * The error of a decoder for input that is not a valid message; a decoder throws no other. `fieldPath` leads to the
 * offending value in proto spelling (`books[3].create_time`; "" for the whole input); `found` is shortened and safe to
 * show.
 */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  // `declare`: the constructor sets these properties, so the bundle needs no code for their declarations.
  /** A description of a valid value: `a 32-bit integer`. */
  declare readonly expected: string;
  /** A description of the found value. */
  declare readonly found: string;
  declare readonly fieldPath: string;

  constructor(expected: string, found: string, fieldPath = "") {
    super(mismatch(fieldPath, expected, found));
    this.expected = expected;
    this.found = found;
    this.fieldPath = fieldPath;
  }
}

/**
 * The error to throw for an error inside `step` (`books`, `[3]`): a DecodeError gets the step in front of its path.
 */
export function inside(error: unknown, step: string): unknown {
  if (!(error instanceof DecodeError)) return error;
  const { fieldPath } = error;
  const isMember = fieldPath !== "" && !fieldPath.startsWith("[");
  return new DecodeError(error.expected, error.found, `${step}${isMember ? "." : ""}${fieldPath}`);
}
