/** 64-bit integers in the forms of the message styles, from the two halves on the wire. */
import type { Bits64 } from "./binary-reader.js";

/** The type of `Long.fromBits` in the package `long`. */
export type LongFromBits<T> = (low: number, high: number, unsigned: boolean) => T;

/** int64, sint64, sfixed64 as a bigint. */
export function toBigInt(bits: Bits64): bigint {
  const number = toNumber(bits);
  return Number.isSafeInteger(number) ? BigInt(number) : (BigInt(bits.high) << 32n) | BigInt(bits.low >>> 0);
}

/** uint64, fixed64 as a bigint. */
export function toUnsignedBigInt(bits: Bits64): bigint {
  const number = toUnsignedNumber(bits);
  return Number.isSafeInteger(number) ? BigInt(number) : (BigInt(bits.high >>> 0) << 32n) | BigInt(bits.low >>> 0);
}

/** int64, sint64, sfixed64 in decimal. */
export function toDecimal(bits: Bits64): string {
  const number = toNumber(bits);
  return Number.isSafeInteger(number) ? String(number) : String(toBigInt(bits));
}

/** uint64, fixed64 in decimal. */
export function toUnsignedDecimal(bits: Bits64): string {
  const number = toUnsignedNumber(bits);
  return Number.isSafeInteger(number) ? String(number) : String(toUnsignedBigInt(bits));
}

/** int64, sint64, sfixed64 as a number, rounded past 2^53. */
export function toNumber(bits: Bits64): number {
  return bits.high * 2 ** 32 + (bits.low >>> 0);
}

/** uint64, fixed64 as a number, rounded past 2^53. */
export function toUnsignedNumber(bits: Bits64): number {
  return (bits.high >>> 0) * 2 ** 32 + (bits.low >>> 0);
}

/** int64, sint64, sfixed64 as a Long of the user's package. */
export function toLong<T>(bits: Bits64, fromBits: LongFromBits<T>): T {
  return fromBits(bits.low, bits.high, false);
}

/** uint64, fixed64 as a Long of the user's package. */
export function toUnsignedLong<T>(bits: Bits64, fromBits: LongFromBits<T>): T {
  return fromBits(bits.low, bits.high, true);
}
