import { expect, test } from "vitest";
import {
  writeFixed64,
  writeInt64,
  writeSfixed64,
  writeSint64,
  writeUint64,
} from "../../src/runtime/binary/binary-int64.js";
import { writePacked, writeRepeated } from "../../src/runtime/binary/binary-repeated.js";
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
  writeFloat,
  writeInt32,
  writeRaw,
  writeSfixed32,
  writeSint32,
  writeString,
  writeUint32,
} from "../../src/runtime/binary/binary-writer.js";
import { EncodeError } from "../../src/runtime/values/encode-error.js";

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
  ["string", writeString, "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff", "117fc280dfbfe0a080ed9fbfee8080efbfbf"],
  ["string with half a pair", writeString, "\ud800", "03efbfbd"],
  ["string with half a pair", writeString, "é\udc00é", "07c3a9efbfbdc3a9"],
  ["string that a loop takes", writeString, "語".repeat(32), `60${"e8aa9e".repeat(32)}`],
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

test.each(["é".repeat(30), "語".repeat(32), "😀".repeat(16), "a".repeat(33)])("grows for the text %s", (text) => {
  const parts = Array.from({ length: 300 }, (_, index) => text.slice(0, index % 7 === 0 ? 0 : undefined));
  const whole = parts.map((part) => Buffer.from([Buffer.byteLength(part), ...Buffer.from(part)]));
  const hex = written((writer) => {
    for (const part of [...parts].reverse()) writeString(writer, part);
  });
  expect(hex).toBe(Buffer.concat(whole).toString("hex"));
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
  expect(() => enumNumber("MISSPELLED")).toThrow('expected an enum value, found "MISSPELLED"');
  expect(() => enumNumber("")).toThrow('expected an enum value, found ""');
  expect(() => enumNumber(2 ** 31)).toThrow("expected an enum value, found 2147483648");
  expect(() => enumNumber(0.5)).toThrow("expected an enum value, found 0.5");
  expect([7, -(2 ** 31), "7", null as never].map(enumNumber)).toEqual([7, -(2 ** 31), 7, 0]);
});

const int32 = "a 32-bit integer";
const uint32 = "an unsigned 32-bit integer";
const int64 = "a 64-bit integer";
const uint64 = "an unsigned 64-bit integer";

/** A Long as the package of that name makes them. */
const signed = (low: number, high: number): object => ({ low, high, unsigned: false });
const unsigned = (low: number, high: number): object => ({ low, high, unsigned: true });

test.each<[string, unknown, (writer: BinaryWriter, value: never) => void, string, string]>([
  ["int32", 2 ** 31, writeInt32, int32, "2147483648"],
  ["int32", -(2 ** 31) - 1, writeInt32, int32, "-2147483649"],
  ["int32", 2 ** 32, writeInt32, int32, "4294967296"],
  ["int32", 0.5, writeInt32, int32, "0.5"],
  ["int32", Number.NaN, writeInt32, int32, "NaN"],
  ["int32", Number.POSITIVE_INFINITY, writeInt32, int32, "Infinity"],
  ["int32", "2147483648", writeInt32, int32, '"2147483648"'],
  ["int32", "many", writeInt32, int32, '"many"'],
  ["int32", 2n ** 31n, writeInt32, int32, "2147483648"],
  ["int32", {}, writeInt32, int32, "an object"],
  ["sint32", 2 ** 31, writeSint32, int32, "2147483648"],
  ["sint32", -1.5, writeSint32, int32, "-1.5"],
  ["sfixed32", -(2 ** 31) - 1, writeSfixed32, int32, "-2147483649"],
  ["uint32", -1, writeUint32, uint32, "-1"],
  ["uint32", 2 ** 32, writeUint32, uint32, "4294967296"],
  ["uint32", 0.5, writeUint32, uint32, "0.5"],
  ["uint32", Number.NaN, writeUint32, uint32, "NaN"],
  ["uint32", "-1", writeUint32, uint32, '"-1"'],
  ["fixed32", -1, writeFixed32, uint32, "-1"],
  ["fixed32", 2 ** 32, writeFixed32, uint32, "4294967296"],
  ["int64", 2n ** 63n, writeInt64, int64, "9223372036854775808"],
  ["int64", "-9223372036854775809", writeInt64, int64, '"-9223372036854775809"'],
  ["int64", 0.5, writeInt64, int64, "0.5"],
  ["int64", Number.NaN, writeInt64, int64, "NaN"],
  ["int64", "many", writeInt64, int64, '"many"'],
  ["int64", unsigned(0, -(2 ** 31)), writeInt64, int64, "an object"],
  ["sint64", 1e30, writeSint64, int64, "1e+30"],
  ["sfixed64", 2n ** 64n - 1n, writeSfixed64, int64, "18446744073709551615"],
  ["uint64", 2n ** 64n, writeUint64, uint64, "18446744073709551616"],
  ["uint64", -1n, writeUint64, uint64, "-1"],
  ["uint64", -1, writeUint64, uint64, "-1"],
  ["uint64", "-1", writeUint64, uint64, '"-1"'],
  ["uint64", 1.5, writeUint64, int64, "1.5"],
  ["uint64", signed(-1, -1), writeUint64, uint64, "an object"],
  ["fixed64", "18446744073709551616", writeFixed64, uint64, '"18446744073709551616"'],
  ["fixed64", -(2 ** 53) + 1, writeFixed64, uint64, "-9007199254740991"],
  ["float", 1e39, writeFloat, "a number in the range of a float", "1e+39"],
  ["float", "-1e39", writeFloat, "a number in the range of a float", '"-1e39"'],
])("%s: refuses %s", (_, value, write, expected, found) => {
  expect(() => written((writer) => write(writer, value as never))).toThrow(new EncodeError(expected, found));
});

test.each<[string, unknown, (writer: BinaryWriter, value: never) => void, string]>([
  ["int32", null, writeInt32, "00"],
  ["int32", undefined, writeInt32, "00"],
  ["int32", "", writeInt32, "00"],
  ["int32", " 7 ", writeInt32, "07"],
  ["int32", "1e2", writeInt32, "64"],
  ["int32", -0, writeInt32, "00"],
  ["int32", 7n, writeInt32, "07"],
  ["int32", true, writeInt32, "01"],
  ["uint32", null, writeUint32, "00"],
  ["uint32", "4294967295", writeUint32, "ffffffff0f"],
  ["sint32", "-1", writeSint32, "01"],
  ["fixed32", undefined, writeFixed32, "00000000"],
  ["sfixed32", "-2", writeSfixed32, "feffffff"],
  ["int64", null, writeInt64, "00"],
  ["int64", undefined, writeInt64, "00"],
  ["int64", "1e2", writeInt64, "64"],
  ["uint64", signed(5, 0), writeUint64, "05"],
  ["uint64", unsigned(-1, -1), writeUint64, "ffffffffffffffffff01"],
  ["uint64", { low: -1, high: -1 }, writeUint64, "ffffffffffffffffff01"],
  ["int64", unsigned(5, 0), writeInt64, "05"],
  ["float", null, writeFloat, "00000000"],
  ["float", Number.NEGATIVE_INFINITY, writeFloat, "000080ff"],
  ["float", "NaN", writeFloat, "0000c07f"],
  ["double", null, writeDouble, "0000000000000000"],
  ["string", null, writeString, "00"],
])("%s: takes %s", (_, value, write, hex) => {
  expect(written((writer) => write(writer, value as never))).toBe(hex);
});

test.each([0, 0n, "0", { low: 0, high: 0, toString: () => "0" }])("%s is zero", (value) => {
  expect(isZero(value)).toBe(true);
});

test.each([1, -1n, "5", long])("%s is not zero", (value) => {
  expect(isZero(value)).toBe(false);
});
