import { mismatch } from "./mismatch.js";

/**
 * What a decoder throws for input that is not a valid message, and nothing else. `fieldPath` leads to the offending value in
 * proto spelling (`books[3].create_time`; "" for the whole input); `found` is shortened and safe to show.
 */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  // `declare`: what the constructor sets needs no code of its own in the bundle.
  /** What would have been valid: `a 32-bit integer`. */
  declare readonly expected: string;
  /** What was there instead. */
  declare readonly found: string;
  declare readonly fieldPath: string;

  constructor(expected: string, found: string, fieldPath = "") {
    super(mismatch(fieldPath, expected, found));
    this.expected = expected;
    this.found = found;
    this.fieldPath = fieldPath;
  }
}

/** What to throw for an error inside `step` (`books`, `[3]`): a DecodeError with the step in front of its path. */
export function inside(error: unknown, step: string): unknown {
  if (!(error instanceof DecodeError)) return error;
  const { fieldPath } = error;
  const isMember = fieldPath !== "" && !fieldPath.startsWith("[");
  return new DecodeError(error.expected, error.found, `${step}${isMember ? "." : ""}${fieldPath}`);
}
