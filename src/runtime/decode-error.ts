/**
 * What a decoder throws for input that is not a valid message, and nothing else. `fieldPath` leads to the offending value in
 * proto spelling (`books[3].create_time`; "" for the whole input); `found` is shortened and safe to show.
 */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  /** What would have been valid: `a 32-bit integer`. */
  readonly expected: string;
  /** What was there instead. */
  readonly found: string;
  readonly fieldPath: string;

  constructor(expected: string, found: string, fieldPath = "") {
    super(`${fieldPath === "" ? "" : `${fieldPath}: `}expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
    this.fieldPath = fieldPath;
  }
}
