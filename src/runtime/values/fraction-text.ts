/** Fractions of a second to and from decimal text. */
import { digits } from "./digits.js";

/** The text `.678` for 678,000,000 ns: three, six or nine digits, "" for 0. */
export function fractionText(nanos: number): string {
  if (nanos === 0) return "";
  const length = nanos % 1e6 === 0 ? 3 : nanos % 1000 === 0 ? 6 : 9;
  return `.${String(1e9 + nanos).slice(1, 1 + length)}`;
}

/** The nanoseconds 678,000,000 of the digits `678` from `start` to `end`, one to nine of them; else below 0. */
export function fractionNanos(text: string, start: number, end: number): number {
  if (end > start + 9) return -1;
  let nanos = digits(text, start, end);
  // 10 ** n takes as long as the rest of the function on Node.js 20 and 22.
  for (let at = end; at < start + 9; at++) nanos *= 10;
  return nanos;
}
