/** Scalars of the wire as JSON, for the contents of an Any. https://protobuf.dev/programming-guides/json/ */
import {
  type BinaryReader,
  readBool,
  readDouble,
  readFixed32,
  readFixed64,
  readFloat,
  readInt32,
  readSfixed32,
  readSint32,
  readUint32,
  readVarint64,
  readZigzag64,
} from "../binary/binary-reader.js";
import { readBase64, readString } from "../binary/binary-text.js";
import { toDecimal, toUnsignedDecimal } from "../binary/int64.js";
import { writeDouble, writeFloat } from "../json/json-write.js";
import type { JsonValue } from "../values/json.js";
import type { ScalarType } from "./any-types.js";

/** Reads one value of the type and gives its JSON. Throws DecodeError. */
export function readScalar(type: ScalarType, reader: BinaryReader): JsonValue {
  switch (type) {
    case "s":
      return readString(reader);
    case "y":
      return readBase64(reader);
    case "b":
      return readBool(reader);
    case "d":
      return writeDouble(readDouble(reader));
    case "f":
      return writeFloat(readFloat(reader));
    case "i":
      return readInt32(reader);
    case "u":
      return readUint32(reader);
    case "z":
      return readSint32(reader);
    case "x":
      return readFixed32(reader);
    case "h":
      return readSfixed32(reader);
    case "l":
      return toDecimal(readVarint64(reader));
    case "v":
      return toUnsignedDecimal(readVarint64(reader));
    case "Z":
      return toDecimal(readZigzag64(reader));
    case "X":
      return toUnsignedDecimal(readFixed64(reader));
    case "H":
      return toDecimal(readFixed64(reader));
    default:
      return type satisfies never;
  }
}

/** The JSON of the type's zero. */
export function zeroOf(type: ScalarType): JsonValue {
  if (type === "s" || type === "y") return "";
  return type === "b" ? false : "lvZXH".includes(type) ? "0" : 0;
}
