/** JSON as scalars on the wire, for the contents of an Any. https://protobuf.dev/programming-guides/json/ */
import { writeFixed64, writeInt64, writeSfixed64, writeSint64, writeUint64 } from "../binary/binary-int64.js";
import {
  type BinaryWriter,
  writeBool,
  writeBytes,
  writeDouble,
  writeFixed32,
  writeFloat,
  writeInt32,
  writeSfixed32,
  writeSint32,
  writeString,
  writeUint32,
} from "../binary/binary-writer.js";
import {
  readBool,
  readBytes,
  readDouble,
  readFloat,
  readInt32,
  readInt64,
  readString,
  readUint32,
  readUint64,
} from "../json/json-read.js";
import type { JsonInput } from "../values/json.js";
import type { ScalarType } from "./any-types.js";

/** A scalar between JSON and the wire. */
export type ScalarValue = number | bigint | string | boolean | Uint8Array;

/** Tells whether a value is the zero of its type, which fields without presence leave out. */
export function isZero(value: ScalarValue): boolean {
  if (typeof value === "object") return value.length === 0;
  return !value && !Object.is(value, -0) && !Number.isNaN(value);
}

/** Reads the JSON of the type. Throws DecodeError. */
export function readScalar(type: ScalarType, json: JsonInput): ScalarValue {
  switch (type) {
    case "s":
      return readString(json);
    case "b":
      return readBool(json);
    case "y":
      return readBytes(json);
    case "d":
      return readDouble(json);
    case "f":
      return readFloat(json);
    case "i":
    case "z":
    case "h":
      return readInt32(json);
    case "u":
    case "x":
      return readUint32(json);
    case "l":
    case "Z":
    case "H":
      return readInt64(json);
    case "v":
    case "X":
      return readUint64(json);
    default:
      return type satisfies never;
  }
}

/** Writes a value that `readScalar` gave for the type, without its tag. */
export function writeScalar(writer: BinaryWriter, type: ScalarType, value: ScalarValue): void {
  scalarWriters[type](writer, value as never);
}

const scalarWriters = {
  s: writeString,
  b: writeBool,
  y: writeBytes,
  d: writeDouble,
  f: writeFloat,
  i: writeInt32,
  z: writeSint32,
  h: writeSfixed32,
  u: writeUint32,
  x: writeFixed32,
  l: writeInt64,
  Z: writeSint64,
  H: writeSfixed64,
  v: writeUint64,
  X: writeFixed64,
} satisfies Readonly<Record<ScalarType, unknown>>;
