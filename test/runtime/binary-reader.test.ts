import { describe, expect, test } from "vitest";
import {
  type BinaryReader,
  closeMessage,
  createReader,
  openMessage,
  readBool,
  readDouble,
  readFixed32,
  readFixed64,
  readFloat,
  readInt32,
  readSfixed32,
  readSint32,
  readTag,
  readUint32,
  readVarint64,
  readZigzag64,
  skipValue,
} from "../../src/runtime/binary/binary-reader.js";
import { readBytes, readString, readUncheckedString } from "../../src/runtime/binary/binary-text.js";
import { DecodeError } from "../../src/runtime/values/decode-error.js";
import { toBigInt, toDecimal, toNumber, toUnsignedBigInt, toUnsignedDecimal } from "../../src/runtime/binary/int64.js";

function reader(hex: string): BinaryReader {
  return createReader(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

const int64 = (from: BinaryReader): bigint => toBigInt(readVarint64(from));
const uint64 = (from: BinaryReader): bigint => toUnsignedBigInt(readVarint64(from));
const sint64 = (from: BinaryReader): bigint => toBigInt(readZigzag64(from));
const sfixed64 = (from: BinaryReader): bigint => toBigInt(readFixed64(from));
const minimum = "8080 8080 8080 8080 8001";
const allOnes = "ffff ffff ffff ffff ff01";

test.each<[string, (from: BinaryReader) => unknown, string, unknown]>([
  ["int32", readInt32, "00", 0],
  ["int32", readInt32, "7f", 127],
  ["int32", readInt32, "8001", 128],
  ["int32", readInt32, "ffff ffff 07", 2 ** 31 - 1],
  ["int32", readInt32, allOnes, -1],
  ["int32", readInt32, "8080 8080 f8ff ffff ff01", -(2 ** 31)],
  ["int32 of five bytes", readInt32, "ffff ffff 0f", -1],
  ["int32 with more bits than it has", readInt32, "8280 8080 10", 2],
  ["uint32", readUint32, "ffff ffff 0f", 2 ** 32 - 1],
  ["uint32", readUint32, "8080 8080 08", 2 ** 31],
  ["sint32", readSint32, "01", -1],
  ["sint32", readSint32, "ffff ffff 0f", -(2 ** 31)],
  ["sint32", readSint32, "feff ffff 0f", 2 ** 31 - 1],
  ["bool", readBool, "00", false],
  ["bool", readBool, "02", true],
  ["bool in overlong zeros", readBool, "8080 00", false],
  ["bool by its highest bit", readBool, minimum, true],
  ["fixed32", readFixed32, "ffff ffff", 2 ** 32 - 1],
  ["sfixed32", readSfixed32, "ffff ffff", -1],
  ["float", readFloat, "0000 c03f", 1.5],
  ["double", readDouble, "0000 0000 0000 f0bf", -1],
  ["int64", int64, "01", 1n],
  ["int64", int64, allOnes, -1n],
  ["int64", int64, minimum, -(2n ** 63n)],
  ["int64", int64, "ffff ffff ffff ffff 7f", 2n ** 63n - 1n],
  ["int64", int64, "8080 8080 8080 8010", 2n ** 53n],
  ["int64", int64, "8180 8080 8080 8010", 2n ** 53n + 1n],
  ["int64 across the halves", int64, "8080 8080 70", 30_064_771_072n],
  ["uint64", uint64, allOnes, 2n ** 64n - 1n],
  ["uint64", uint64, minimum, 2n ** 63n],
  ["sint64", sint64, "03", -2n],
  ["sint64", sint64, allOnes, -(2n ** 63n)],
  ["sint64", sint64, "feff ffff ffff ffff ff01", 2n ** 63n - 1n],
  ["sfixed64", sfixed64, "feff ffff ffff ffff", -2n],
  ["int64 in decimal", (from) => toDecimal(readVarint64(from)), minimum, "-9223372036854775808"],
  ["uint64 in decimal", (from) => toUnsignedDecimal(readVarint64(from)), allOnes, "18446744073709551615"],
  ["int64 as a number", (from) => toNumber(readVarint64(from)), allOnes, -1],
  ["string", readString, "03 61 62 63", "abc"],
  ["string", readString, "00", ""],
  ["string", readString, "02 c3a9", "é"],
  ["string with the replacement character", readString, "03 efbfbd", "\ufffd"],
  ["string with a byte order mark", readString, "04 efbbbf 61", "\ufeffa"],
  ["string", readString, `14 ${"61".repeat(20)}`, "a".repeat(20)],
  ["string of proto2", readUncheckedString, "02 61 ff", "a\ufffd"],
  ["bytes", readBytes, "02 00ff", new Uint8Array([0, 255])],
  ["tag", readTag, "0a", 10],
  ["tag of the highest field", readTag, "f8ff ffff 0f", 0xff_ff_ff_f8],
])("%s: reads %s", (_, read, hex, value) => {
  const from = reader(hex);
  expect(read(from)).toEqual(value);
  expect(from.position).toBe(from.bytes.length);
});

const long = `${"80".repeat(10)}01`;

test.each<[string, (from: BinaryReader) => unknown, string, string]>([
  ["nothing", readInt32, "", "expected more bytes, found the end of the input after byte 0"],
  ["a varint that stops", readInt32, "80", "expected more bytes, found the end of the input after byte 1"],
  [
    "a varint that doesn't end",
    readInt32,
    long,
    "expected a varint of at most 10 bytes, found a longer one at byte 10",
  ],
  [
    "a 64-bit varint that doesn't end",
    int64,
    long,
    "expected a varint of at most 10 bytes, found a longer one at byte 10",
  ],
  [
    "a tag of more than 32 bits",
    readTag,
    "8080 8080 10",
    "expected a field tag of at most 32 bits, found a longer one at byte 5",
  ],
  ["a cut fixed32", readFixed32, "0000 00", "expected more bytes, found the end of the input after byte 3"],
  ["a cut double", readDouble, "0000 0000 0000 00", "expected more bytes, found the end of the input after byte 7"],
  ["a length past the end", readString, "05 61", "expected more bytes, found the end of the input after byte 2"],
  ["a length of 2 GiB", readBytes, "ffff ffff 07", "expected more bytes, found the end of the input after byte 5"],
  ["a negative length", readBytes, "ffff ffff 0f", "expected a length, found more than the input at byte 5"],
  ["a length of 64 bits", readBytes, allOnes, "expected a length, found more than the input at byte 10"],
  [
    "a length that wraps at 32 bits",
    readBytes,
    "8180 8080 10 00",
    "expected a length, found more than the input at byte 5",
  ],
  ["Latin-1", readString, "01 e9", "expected text in UTF-8, found bytes that are not at byte 1"],
  ["a surrogate in UTF-8", readString, "03 eda080", "expected text in UTF-8, found bytes that are not at byte 1"],
  ["overlong UTF-8", readString, "02 c080", "expected text in UTF-8, found bytes that are not at byte 1"],
  ["a cut character", readString, "02 61c3", "expected text in UTF-8, found bytes that are not at byte 1"],
  ["field number 0", (from) => skipValue(from, 2), "00", "expected a field number, found 0 at byte 0"],
  ["wire type 6", (from) => skipValue(from, 14), "00", "expected a wire type that starts a value, found 6 at byte 0"],
  [
    "an end without a start",
    (from) => skipValue(from, 12),
    "",
    "expected a wire type that starts a value, found 4 at byte 0",
  ],
  [
    "a group that ends as another",
    (from) => skipValue(from, 11),
    "14",
    "expected a wire type that starts a value, found 4 at byte 1",
  ],
  [
    "a group that doesn't end",
    (from) => skipValue(from, 11),
    "0801",
    "expected more bytes, found the end of the input after byte 2",
  ],
])("refuses %s", (_, read, hex, message) => {
  expect(() => read(reader(hex))).toThrow(new DecodeError(...splitMessage(message)));
});

function splitMessage(message: string): [string, string] {
  const [expected = "", found = ""] = message.replace("expected ", "").split(", found ");
  return [expected, found];
}

describe("nesting", () => {
  const skipGroups = (depth: number) => () =>
    skipValue(createReader(Buffer.concat([Buffer.alloc(depth - 1, 11), Buffer.alloc(depth, 12)])), 11);

  test("groups may be 100 deep", () => {
    expect(skipGroups(100)).not.toThrow();
    expect(skipGroups(101)).toThrow(DecodeError);
    expect(skipGroups(500_000)).toThrow(DecodeError);
  });

  test("a message has to end where its length says", () => {
    const from = reader("02 08 8001");
    const end = openMessage(from);
    readTag(from);
    readInt32(from);
    expect(() => closeMessage(from, end)).toThrow("expected fields that end with their message");
  });
});

describe("strings of every length", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const read = (bytes: Uint8Array): string => readString(createReader(Buffer.from([bytes.length, ...bytes, 0xff])));

  test.each(Array.from({ length: 27 }, (_, length) => letters.slice(0, length)))('"%s"', (text) => {
    expect(read(Buffer.from(text))).toBe(text);
    for (let at = 0; at < text.length; at++) {
      const accented = `${text.slice(0, at)}é${text.slice(at + 1)}`;
      expect(read(Buffer.from(accented))).toBe(accented);
      expect(() => read(Buffer.from(accented, "latin1"))).toThrow("expected text in UTF-8");
    }
  });
});

test("bytes do not share memory with the input", () => {
  const input = Buffer.from([1, 7]);
  const bytes = readBytes(createReader(input));
  input[1] = 0;
  expect(bytes).toEqual(new Uint8Array([7]));
});

test("a view into a larger buffer is read from its own start", () => {
  const view = new Uint8Array(Uint8Array.from([9, 9, 1, 0x61]).buffer, 2);
  expect(readString(createReader(view))).toBe("a");
});
