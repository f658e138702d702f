/** The header Grpc-Timeout. */
import { RpcError } from "../status.js";

/** Nanoseconds per unit of Grpc-Timeout. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests */
const units: { readonly [unit: string]: number } = { H: 3.6e12, M: 6e10, S: 1e9, m: 1e6, u: 1e3, n: 1 };

/** Go's longest duration in ms: 292 years. */
const longest = 2 ** 63 / 1e6;

/**
 * Reads a Grpc-Timeout in milliseconds; undefined for "" and for 0, which mean no timeout. A number of 64 bits that is
 * too long a time is the longest time. Throws INVALID_ARGUMENT.
 */
export function parseTimeout(text: string): number | undefined {
  if (text === "") return undefined;
  const [, number = "", unit = ""] = /^0*(\d{1,20})([HMSmun])$/.exec(text) ?? [];
  if (number === "" || BigInt(number) >> 64n !== 0n) return refuseTimeout(text);
  return Math.min((Number(number) * (units[unit] ?? 0)) / 1e6, longest) || undefined;
}

/** Throws INVALID_ARGUMENT for an invalid Grpc-Timeout. */
export function refuseTimeout(text: string): never {
  throw new RpcError("INVALID_ARGUMENT", `invalid grpc-timeout: ${text.slice(0, 64)}`);
}
