import { expect, test } from "vitest";
import { writePacked, writeRepeated } from "../../src/runtime/binary-repeated.js";
import {
  type BinaryWriter,
  createWriter,
  enumNumber,
  finishWriter,
  isZero,
  writeBool,
  writeBytes,
  writeDouble,
  writeFixed32,
  writeFixed64,
  writeFloat,
  writeInt32,
  writeInt64,
  writeRaw,
  writeSfixed32,
  writeSfixed64,
  writeSint32,
  writeSint64,
  writeString,
  writeUint32,
  writeUint64,
} from "../../src/runtime/binary-writer.js";

function written(write: (writer: BinaryWriter) => void): string {
  const writer = createWriter();
  write(writer);
  return Buffer.from(finishWriter(writer)).toString("hex");
}

const long = { low: -2, high: -1, toString: () => "-2" };

test.each<[string, (writer: BinaryWriter, value: never) => void, unknown, string]>([
  ["int32", writeInt32, 0, "00"],
  ["int32", writeInt32, 300, "ac02"],
  ["int32", writeInt32, -1, "ffffffffffffffffff01"],
  ["int32", writeInt32, -(2 ** 31), "80808080f8ffffffff01"],
  ["int32 from text", writeInt32, "12", "0c"],
  ["uint32", writeUint32, 2 ** 32 - 1, "ffffffff0f"],
  ["uint32", writeUint32, 2 ** 21, "80808001"],
  ["sint32", writeSint32, -(2 ** 31), "ffffffff0f"],
  ["sint32", writeSint32, 2 ** 31 - 1, "feffffff0f"],
  ["bool", writeBool, true, "01"],
  ["fixed32", writeFixed32, 2 ** 32 - 1, "ffffffff"],
  ["sfixed32", writeSfixed32, -2, "feffffff"],
  ["float", writeFloat, 1.5, "0000c03f"],
  ["double", writeDouble, -0, "0000000000000080"],
  ["int64", writeInt64, 1n, "01"],
  ["int64", writeInt64, -1n, "ffffffffffffffffff01"],
  ["int64", writeInt64, -(2n ** 63n), "80808080808080808001"],
  ["int64", writeInt64, 2n ** 63n - 1n, "ffffffffffffffff7f"],
  ["int64 from a number", writeInt64, -(2 ** 53) + 1, "81808080808080f0ff01"],
  ["int64 from a number rounded up", writeInt64, 2 ** 63, "ffffffffffffffff7f"],
  ["int64 from text", writeInt64, "9007199254740993", "8180808080808010"],
  ["int64 from a Long", writeInt64, long, "feffffffffffffffff01"],
  ["int64 at every size", writeInt64, 2n ** 35n, "808080808001"],
  ["int64 at every size", writeInt64, 2n ** 32n, "8080808010"],
  ["uint64", writeUint64, 2n ** 64n - 1n, "ffffffffffffffffff01"],
  ["uint64 from a number rounded up", writeUint64, 2 ** 64, "ffffffffffffffffff01"],
  ["sint64", writeSint64, -(2n ** 63n), "ffffffffffffffffff01"],
  ["sint64", writeSint64, 2n ** 31n, "8080808010"],
  ["fixed64", writeFixed64, 2n ** 63n, "0000000000000080"],
  ["sfixed64", writeSfixed64, "-2", "feffffffffffffff"],
  ["string", writeString, "", "00"],
  ["string", writeString, "é", "02c3a9"],
  ["string", writeString, "a😀", "0561f09f9880"],
  ["string with half a pair", writeString, "\ud800", "03efbfbd"],
  ["string longer than a loop takes", writeString, "é".repeat(20), `28${"c3a9".repeat(20)}`],
  ["string from a number", writeString, 5, "0135"],
  ["bytes", writeBytes, new Uint8Array([1, 2]), "020102"],
  ["bytes from base64", writeBytes, "AQI=", "020102"],
  ["bytes from numbers", writeBytes, [1, 2], "020102"],
])("%s: writes %s", (_, write, value, hex) => {
  expect(written((writer) => write(writer, value as never))).toBe(hex);
});

test("what is written first comes last", () => {
  const hex = written((writer) => {
    writeUint32(writer, 1);
    writeUint32(writer, 2);
  });
  expect(hex).toBe("0201");
});

test("lists keep their order", () => {
  expect(written((writer) => writePacked(writer, 10, [1, 2, 300], writeInt32))).toBe("0a040102ac02");
  expect(written((writer) => writePacked(writer, 10, [], writeInt32))).toBe("");
  expect(written((writer) => writeRepeated(writer, 8, [1, 2], writeInt32))).toBe("08010802");
});

test("grows past any size", () => {
  const part = Buffer.alloc(1000, 7);
  const hex = written((writer) => {
    for (let count = 0; count < 3000; count++) writeRaw(writer, part);
    writeUint32(writer, 1);
  });
  expect(hex).toBe(`01${"07".repeat(3_000_000)}`);
});

test("writers at work at the same time do not share a buffer", () => {
  const outer = createWriter();
  writeString(outer, "outer");
  expect(written((writer) => writeString(writer, "inner"))).toBe("05696e6e6572");
  expect(Buffer.from(finishWriter(outer)).toString()).toBe("\u0005outer");
});

test("a finished message stays as it is when the buffer is used again", () => {
  const writer = createWriter();
  writeString(writer, "first");
  const message = finishWriter(writer);
  written((next) => writeString(next, "other"));
  expect(Buffer.from(message).toString()).toBe("\u0005first");
});

test("refuses what no field can hold", () => {
  expect(() => written((writer) => writeBytes(writer, 5))).toThrow("expected bytes, found 5");
  expect(() => enumNumber("MISSPELLED")).toThrow('expected a value of the enum, found "MISSPELLED"');
  expect(() => enumNumber("")).toThrow('expected a value of the enum, found ""');
  expect(enumNumber(7)).toBe(7);
});

test.each([
  ["int64", writeInt64, 2n ** 63n],
  ["int64", writeInt64, "-9223372036854775809"],
  ["sint64", writeSint64, 1e30],
  ["uint64", writeUint64, 2n ** 64n],
  ["fixed64", writeFixed64, "18446744073709551616"],
  ["sfixed64", writeSfixed64, 2n ** 64n - 1n],
])("%s refuses %s", (_, write, value) => {
  expect(() => written((writer) => write(writer, value as never))).toThrow("64-bit integer");
});

test.each([0, 0n, "0", { low: 0, high: 0, toString: () => "0" }])("%s is zero", (value) => {
  expect(isZero(value)).toBe(true);
});

test.each([1, -1n, "5", long])("%s is not zero", (value) => {
  expect(isZero(value)).toBe(false);
});
