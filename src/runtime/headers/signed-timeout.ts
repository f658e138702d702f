/** Grpc-Timeout as grpc-gateway read it before 2.31. */
import { parseTimeout, refuseTimeout } from "./timeout.js";

/** Reads as `parseTimeout` does, but accepts a sign, and numbers of 63 bits. A negative time has already expired. */
export function parseSignedTimeout(text: string): number | undefined {
  const [sign = ""] = /^[+-](?=\d)/.exec(text) ?? [];
  const unsigned = text.slice(sign.length);
  if (Number.parseInt(unsigned, 10) > 2 ** 63) return refuseTimeout(text);
  const milliseconds = parseTimeout(unsigned);
  return sign === "-" && milliseconds !== undefined ? -milliseconds : milliseconds;
}
