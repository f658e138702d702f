import { mismatch } from "./mismatch.js";

/**
 * What an encoder throws for a value that its field cannot hold. `fieldPath` leads to it through the reply, by the properties
 * that the handler's object has (`books[3].createTime`); `encodeReply` adds it. `found` is shortened and safe to show.
 */
export class EncodeError extends RangeError {
  override readonly name: string = "EncodeError";
  // `declare`: what the constructor sets needs no code of its own in the bundle.
  /** What would have been valid: `a 32-bit integer`. */
  declare readonly expected: string;
  /** What was there instead. */
  declare readonly found: string;
  declare readonly fieldPath: string;
  /** Whether the fault is in a message as a whole (a Timestamp), and not in what was read of it last. */
  declare readonly ofMessage: boolean;

  constructor(expected: string, found: string, ofMessage = false, fieldPath = "") {
    super(mismatch(fieldPath, expected, found));
    this.expected = expected;
    this.found = found;
    this.fieldPath = fieldPath;
    this.ofMessage = ofMessage;
  }
}
