/** Grpc-Timeout as grpc-gateway read it before 2.31. */
import { parseTimeout, refuseTimeout } from "./timeout.js";

/** Reads as `parseTimeout` does, but accepts a sign, and numbers of 63 bits. A negative time has already expired. */
export function parseSignedTimeout(text: string): number | undefined {
  const [sign = ""] = /^[+-](?=\d)/.exec(text) ?? [];
  const unsigned = text.slice(sign.length);
  const milliseconds = parseTimeout(unsigned);
  const [digits = "0"] = /[1-9]\d*/.exec(unsigned) ?? [];
  if (BigInt(digits) > (sign === "-" ? 0x8000000000000000n : 0x7fffffffffffffffn)) return refuseTimeout(text);
  return sign === "-" && milliseconds !== undefined ? -milliseconds : milliseconds;
}
