/** Integers as protobufjs takes them (`loose-integer.ts`), on the wire. */
import { writeFixed64, writeInt64, writeSfixed64, writeSint64, writeUint64 } from "./binary-int64.js";
import {
  type BinaryWriter,
  writeFixed32,
  writeInt32,
  writeSfixed32,
  writeSint32,
  writeUint32,
} from "./binary-writer.js";
import { looseInt32, looseInt64, looseUint32, looseUint64 } from "./loose-integer.js";

export function writeLooseInt32(writer: BinaryWriter, value: unknown): void {
  writeInt32(writer, looseInt32(value));
}

export function writeLooseSint32(writer: BinaryWriter, value: unknown): void {
  writeSint32(writer, looseInt32(value));
}

export function writeLooseSfixed32(writer: BinaryWriter, value: unknown): void {
  writeSfixed32(writer, looseInt32(value));
}

export function writeLooseUint32(writer: BinaryWriter, value: unknown): void {
  writeUint32(writer, looseUint32(value));
}

export function writeLooseFixed32(writer: BinaryWriter, value: unknown): void {
  writeFixed32(writer, looseUint32(value));
}

export function writeLooseInt64(writer: BinaryWriter, value: unknown): void {
  writeInt64(writer, looseInt64(value));
}

export function writeLooseSint64(writer: BinaryWriter, value: unknown): void {
  writeSint64(writer, looseInt64(value));
}

export function writeLooseSfixed64(writer: BinaryWriter, value: unknown): void {
  writeSfixed64(writer, looseInt64(value));
}

export function writeLooseUint64(writer: BinaryWriter, value: unknown): void {
  writeUint64(writer, looseUint64(value));
}

export function writeLooseFixed64(writer: BinaryWriter, value: unknown): void {
  writeFixed64(writer, looseUint64(value));
}
