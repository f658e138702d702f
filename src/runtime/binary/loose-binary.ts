/** Writers of integers that protobufjs would convert (`loose-integer.ts`). */
import { writeFixed64, writeInt64, writeSfixed64, writeSint64, writeUint64 } from "./binary-int64.js";
import {
  type BinaryWriter,
  isLong,
  type ScalarLike,
  writeFixed32,
  writeInt32,
  writeSfixed32,
  writeSint32,
  writeUint32,
} from "./binary-writer.js";
import { looseInt32, looseInt64, looseUint32, looseUint64 } from "./loose-integer.js";

/** int32. */
export function writeLooseInt32(writer: BinaryWriter, value: unknown): void {
  writeInt32(writer, looseInt32(value));
}

/** sint32. */
export function writeLooseSint32(writer: BinaryWriter, value: unknown): void {
  writeSint32(writer, looseInt32(value));
}

/** sfixed32. */
export function writeLooseSfixed32(writer: BinaryWriter, value: unknown): void {
  writeSfixed32(writer, looseInt32(value));
}

/** uint32. */
export function writeLooseUint32(writer: BinaryWriter, value: unknown): void {
  writeUint32(writer, looseUint32(value));
}

/** fixed32. */
export function writeLooseFixed32(writer: BinaryWriter, value: unknown): void {
  writeFixed32(writer, looseUint32(value));
}

/** int64. */
export function writeLooseInt64(writer: BinaryWriter, value: unknown): void {
  writeInt64(writer, isExact(value) ? value : looseInt64(value));
}

/** sint64. */
export function writeLooseSint64(writer: BinaryWriter, value: unknown): void {
  writeSint64(writer, isExact(value) ? value : looseInt64(value));
}

/** sfixed64. */
export function writeLooseSfixed64(writer: BinaryWriter, value: unknown): void {
  writeSfixed64(writer, isExact(value) ? value : looseInt64(value));
}

/** uint64. */
export function writeLooseUint64(writer: BinaryWriter, value: unknown): void {
  writeUint64(writer, isExact(value) ? value : looseUint64(value));
}

/** fixed64. */
export function writeLooseFixed64(writer: BinaryWriter, value: unknown): void {
  writeFixed64(writer, isExact(value) ? value : looseUint64(value));
}

/** Tells whether every 64-bit type holds a number or Long, so that it needs no text in between. */
function isExact(value: unknown): value is ScalarLike {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return isLong(value as ScalarLike) && (value as { readonly high: number }).high >= 0;
}
