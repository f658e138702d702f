/** Random values of scalars and texts. */
import { ScalarType } from "@bufbuild/protobuf";
import { texts } from "../requests/texts.js";
import type { Choice } from "./choice.js";
import { isLong, type WireItem } from "./wire-message.js";

/** A finite number of any size. */
export function randomDouble(choice: Choice): number {
  switch (choice.below(6)) {
    case 0:
      return choice.between(-1000, 1000) / 4;
    case 1: {
      const value = Buffer.from(Array.from({ length: 8 }, () => choice.below(256))).readDoubleLE();
      return Number.isFinite(value) ? value : 1.5;
    }
    case 2:
      return choice.next();
    case 3:
      return choice.between(-5, 5) * 10 ** choice.between(-12, 25);
    case 4:
      return choice.between(0, 2 ** 30) * 2 ** choice.between(-10, 30);
    default:
      return choice.below(100);
  }
}

/** A text of the pool, or a short one of letters from everywhere. */
export function randomText(choice: Choice): string {
  if (choice.chance(0.7)) return choice.pick(texts.text);
  return Array.from({ length: choice.below(12) }, () => randomLetter(choice)).join("");
}

function randomLetter(choice: Choice): string {
  const [low, high] = choice.weighted([
    [6, [0x20, 0x7e]],
    [2, [0xa0, 0x24f]],
    [1, [0x1f300, 0x1f5ff]],
    [1, [0x3000, 0xd7ff]],
  ] as const);
  return String.fromCodePoint(choice.between(low, high));
}

/** Fewer than `limit` bytes. */
export function randomBytes(choice: Choice, limit: number): Buffer {
  return Buffer.from(Array.from({ length: choice.below(limit) }, () => choice.below(256)));
}

const edges: Readonly<Record<IntegerKind, readonly bigint[]>> = {
  int32: [0n, 1n, -1n, 42n, 7n, 2n ** 31n - 1n, -(2n ** 31n), 100n],
  uint32: [0n, 1n, 42n, 2n ** 32n - 1n, 2n ** 31n, 100n],
  int64: [0n, 1n, -1n, 42n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 53n) - 1n, 100n, 10n ** 18n],
  uint64: [0n, 1n, 42n, 2n ** 53n + 1n, 2n ** 64n - 1n, 2n ** 63n, 100n],
};

/** Range of an integer type. */
export type IntegerKind = "int32" | "uint32" | "int64" | "uint64";

/** Undefined for what is no integer. */
export function integerKind(scalar: ScalarType): IntegerKind | undefined {
  switch (scalar) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return "int32";
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return "uint32";
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return "int64";
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return "uint64";
    default:
      return undefined;
  }
}

/** An integer of the kind, often one at its edges. */
export function randomInteger(choice: Choice, kind: IntegerKind): bigint {
  if (choice.chance(0.6)) return choice.pick(edges[kind]);
  return BigInt(choice.between(kind.startsWith("u") ? 0 : -1000, 100_000));
}

const doubles = [0, -0, 1, Number.NaN, Infinity, -Infinity, 1e21, 1e-7, 1e20, 1e-6, 123456789.123, 5e-324, 2 ** 53];
const floats = [0, -0, 1, 0.1, Number.NaN, Infinity, 3.4028234663852886e38, 1e-45, 16777216, 1e21, 1e-7, 1e20, 0.3];

/** A value of a scalar type as the wire has it. */
export function randomScalar(choice: Choice, scalar: ScalarType): WireItem {
  const kind = integerKind(scalar);
  if (kind !== undefined) {
    const value = randomInteger(choice, kind);
    return isLong(scalar) ? value : Number(value);
  }
  switch (scalar) {
    case ScalarType.DOUBLE:
      return choice.pick([...doubles, 1.7976931348623157e308, randomDouble(choice), randomDouble(choice)]);
    case ScalarType.FLOAT:
      return Math.fround(choice.pick([...floats, 8388608.5, 33554432, randomDouble(choice) % 1e6]));
    case ScalarType.BOOL:
      return choice.chance(0.5);
    case ScalarType.BYTES:
      return randomBytes(choice, 12);
    default:
      return randomText(choice);
  }
}
