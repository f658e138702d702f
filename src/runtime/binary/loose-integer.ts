/**
 * Integers and enum values as protobufjs' `fromObject` converts them, through which @grpc/proto-loader sends replies:
 * fractions are cut, a value beyond the type's range wraps around or stops at its end, and a value that is neither a
 * number nor a known name is zero. Clients of an existing service see what they always saw.
 * https://github.com/protobufjs/protobuf.js/blob/master/src/converter.js
 */
import { describeJson } from "../values/describe-json.js";
import { isShortInteger } from "../values/digits.js";
import { EncodeError } from "../values/encode-error.js";

/** int32, sint32, sfixed32: wraps around. */
export function looseInt32(value: unknown): number {
  return Number(value ?? 0) | 0;
}

/** uint32, fixed32: wraps around. */
export function looseUint32(value: unknown): number {
  return Number(value ?? 0) >>> 0;
}

/**
 * The number of a value that the enum does not have: for a name it is `first`, the number of the enum's first value.
 */
export function looseEnumNumber(value: unknown, first = 0): number {
  return typeof value === "number" ? looseInt32(value) : first;
}

/** int64, sint64, sfixed64 as decimal text. Numbers stop at the ends of the range; text and bigints wrap around. */
export function looseInt64(value: unknown): string {
  if (typeof value === "string" && isShortInteger(value)) return value;
  const number = exactNumber(value);
  if (Number.isSafeInteger(number)) return String(number + 0);
  return BigInt.asIntN(64, bigIntOf(value, -(2n ** 63n), 2n ** 63n - 1n)).toString();
}

/** uint64, fixed64 as decimal text; as `looseInt64`. */
export function looseUint64(value: unknown): string {
  if (typeof value === "string" && isShortInteger(value) && value.charCodeAt(0) !== 0x2d) return value;
  const number = exactNumber(value);
  if (Number.isSafeInteger(number) && number >= 0) return String(number + 0);
  return BigInt.asUintN(64, bigIntOf(value, 0n, 2n ** 64n - 1n)).toString();
}

/** A number, or the number of a Long; NaN for any other value. */
function exactNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null || !("low" in value)) return Number.NaN;
  const { low, high } = value as LongHalves;
  return looseInt32(high) * 2 ** 32 + looseUint32(low);
}

interface LongHalves {
  readonly low?: unknown;
  readonly high?: unknown;
}

function bigIntOf(value: unknown, least: bigint, most: bigint): bigint {
  switch (typeof value) {
    case "bigint":
      return value;
    case "number":
      return integerPart(value, least, most);
    case "string":
      if (value === "") throw new EncodeError("a 64-bit integer", describeJson(value));
      return BigInt(/^\s*([+-]?\d+)/.exec(value)?.[1] ?? 0);
    case "object":
      return value === null ? 0n : bits(value);
    default:
      return 0n;
  }
}

function integerPart(number: number, least: bigint, most: bigint): bigint {
  if (Number.isNaN(number)) return 0n;
  if (number <= Number(least)) return least;
  return number >= Number(most) ? most : BigInt(Math.trunc(number));
}

/** The bits of a Long; zero for another object. */
function bits({ low, high }: LongHalves): bigint {
  return (BigInt(looseInt32(high)) << 32n) | BigInt(looseUint32(low));
}
