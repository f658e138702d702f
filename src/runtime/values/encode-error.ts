import { mismatch } from "./mismatch.js";

/**
 * The error of an encoder for a value that its field cannot hold. `fieldPath` leads to it through the reply, by the
 * properties that the handler's object has (`books[3].createTime`); `encodeReply` adds it. `found` is shortened and
 * safe to show.
 */
export class EncodeError extends RangeError {
  override readonly name: string = "EncodeError";
  // `declare`: the constructor sets these properties, so the bundle needs no code for their declarations.
  /** A description of a valid value: `a 32-bit integer`. */
  declare readonly expected: string;
  /** A description of the found value. */
  declare readonly found: string;
  declare readonly fieldPath: string;
  /** Whether the fault is in a message as a whole (a Timestamp), and not in the property that was read last. */
  declare readonly ofMessage: boolean;

  constructor(expected: string, found: string, ofMessage = false, fieldPath = "") {
    super(mismatch(fieldPath, expected, found));
    this.expected = expected;
    this.found = found;
    this.fieldPath = fieldPath;
    this.ofMessage = ofMessage;
  }
}
