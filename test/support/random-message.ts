/** Random messages of any descriptor, the same ones for the same seed. */
import {
  create,
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
  setExtension,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** A number in [0, 1), as Math.random, from a sequence that the seed decides. */
export type Random = () => number;

/** mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills about a third of the fields, fewer the deeper it gets; required fields and a google.protobuf.Value's kind always. */
export function randomMessage(
  descriptor: DescMessage,
  random: Random,
  extensions: readonly DescExtension[] = [],
): Message {
  const message = create(descriptor);
  fill(reflect(descriptor, message), random, 0);
  for (const extension of extensions) {
    if (extension.extendee.typeName !== descriptor.typeName || random() < 0.5) continue;
    const value =
      extension.message === undefined ? randomValue(extension, random, 1) : randomMessage(extension.message, random);
    setExtension(message as Message, extension, value as never);
  }
  return message;
}

function fill(target: ReflectMessage, random: Random, depth: number): void {
  const density = depth === 0 ? 0.35 : 0.35 / (depth + 1);
  for (const member of target.members) {
    if (member.kind === "oneof") {
      const field = member.fields[Math.floor(random() * member.fields.length)];
      const always = target.desc.typeName === "google.protobuf.Value";
      if (field !== undefined && (always || random() < density))
        fillField(target, leafOf(target, field, depth), random, depth);
    } else if (member.presence === 3 || random() < density) fillField(target, member, random, depth);
  }
}

/** A Value or a recursive type has to end somewhere. */
function leafOf(target: ReflectMessage, field: DescField, depth: number): DescField {
  const isDeep = depth > 4 && target.desc.typeName === "google.protobuf.Value";
  return (isDeep ? target.fields.find((other) => other.name === "string_value") : undefined) ?? field;
}

function fillField(target: ReflectMessage, field: DescField, random: Random, depth: number): void {
  if (depth > 6 && field.message !== undefined && field.presence !== 3) return;
  const count = 1 + Math.floor(random() * 3);
  switch (field.fieldKind) {
    case "list":
      for (let index = 0; index < count; index++) target.get(field).add(randomValue(field, random, depth));
      break;
    case "map":
      for (let index = 0; index < count; index++) {
        const key = randomScalar(field.mapKey, random) as string | number | bigint | boolean;
        target.get(field).set(key, randomValue(field, random, depth));
      }
      break;
    default:
      target.set(field, randomValue(field, random, depth) as never);
  }
}

function randomValue(field: DescField | DescExtension, random: Random, depth: number): unknown {
  if (field.message !== undefined) {
    const value = reflect(field.message);
    fill(value, random, depth + 1);
    return value;
  }
  if (field.enum !== undefined) return randomEnum(field.enum, random);
  return randomScalar(field.scalar as ScalarType, random);
}

function randomEnum(descriptor: DescEnum, random: Random): number {
  if (descriptor.typeName === "google.protobuf.NullValue") return 0;
  if (descriptor.open && random() < 0.1) return 4711;
  return pick(descriptor.values, random)?.number ?? 0;
}

function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

const int32s = [0, 1, -1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 2 ** 28, 2 ** 31 - 1, -(2 ** 31)];
const uint32s = [0, 1, 127, 128, 2 ** 21, 2 ** 28 - 1, 2 ** 28, 2 ** 31, 2 ** 32 - 1];
const int64s = [
  0n,
  1n,
  -1n,
  2n ** 31n,
  2n ** 32n,
  2n ** 35n - 1n,
  2n ** 35n,
  2n ** 53n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const uint64s = [0n, 1n, 2n ** 28n, 2n ** 32n - 1n, 2n ** 49n, 2n ** 53n + 1n, 2n ** 56n, 2n ** 63n, 2n ** 64n - 1n];
const doubles = [0, -0, 1.5, -1e300, 5e-324, Number.MAX_SAFE_INTEGER, Infinity, -Infinity, Number.NaN];
const texts = [
  "",
  "a",
  "shelves/7",
  "é",
  "日本語のテキスト",
  "😀",
  "\u0000",
  "\ufeffmark",
  "\ufffd",
  "x".repeat(200),
  "ü".repeat(70),
];

function randomScalar(scalar: ScalarType, random: Random): unknown {
  switch (scalar) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return pick(int32s, random);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return pick(uint32s, random);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return pick(int64s, random);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return pick(uint64s, random);
    case ScalarType.DOUBLE:
      return pick(doubles, random);
    case ScalarType.FLOAT:
      return Math.fround(pick(doubles, random) ?? 0);
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.STRING:
      return pick(texts, random);
    case ScalarType.BYTES:
      return Uint8Array.from({ length: Math.floor(random() * 20) }, () => Math.floor(random() * 256));
    default:
      return scalar satisfies never;
  }
}
