import { describe, expect, it } from "vitest";
import { formatDuration, readDuration } from "../../src/runtime/values/duration.js";
import { readFieldMask, writeFieldMask } from "../../src/runtime/values/field-mask.js";
import { formatTimestamp, readTimestamp } from "../../src/runtime/values/timestamp.js";
import { fc, runs } from "../support/property.js";

function millisOf(text: string): number | undefined {
  try {
    const { seconds, nanos } = readTimestamp(text);
    return seconds * 1000 + Math.floor(nanos / 1e6);
  } catch {
    return undefined;
  }
}

/** What Date makes of a text of RFC 3339; Date rolls over days that a month does not have. */
function referenceMillis(text: string): number | undefined {
  const [, date, time, fraction = ""] =
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ??
    [];
  if (date === undefined || time === undefined) return undefined;
  const midnight = new Date(date);
  const isDate = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
  const millis = new Date(text.replace(/\.\d+/, fraction.slice(0, 4))).getTime();
  return isDate && !date.startsWith("0000") && millis <= 253402300799999 ? millis : undefined;
}

describe("Timestamp", () => {
  it.each<[string, number, number]>([
    ["1970-01-01T00:00:00Z", 0, 0],
    ["0001-01-01T00:00:00Z", -62135596800, 0],
    ["9999-12-31T23:59:59.999999999Z", 253402300799, 999_999_999],
    ["2000-02-29T12:34:56.500Z", 951827696, 500_000_000],
    ["1969-12-31T23:59:59.000001Z", -1, 1000],
  ])("%s is %d s and %d ns", (text, seconds, nanos) => {
    expect(readTimestamp(text)).toStrictEqual({ seconds, nanos });
    expect(formatTimestamp(seconds, nanos)).toBe(text);
  });

  it.each<[string, number, number]>([
    ["2020-01-01T05:30:00+05:30", 1577836800, 0],
    ["2019-12-31T19:00:00.1-05:00", 1577836800, 100_000_000],
  ])("%s is read with its offset", (text, seconds, nanos) => {
    expect(readTimestamp(text)).toStrictEqual({ seconds, nanos });
  });

  it.each([
    ...[
      "2021-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z",
      "2020-04-31T00:00:00Z",
      "2020-13-01T00:00:00Z",
      "2020-00-01T00:00:00Z",
    ],
    ...[
      "2020-01-01T24:00:00Z",
      "2020-01-01T00:60:00Z",
      "2020-01-01T00:00:60Z",
      "2020-01-01t00:00:00Z",
      "2020-01-01T00:00:00z",
    ],
    ...["2020-01-01T00:00:00", "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00.1234567890Z", "2020-01-01T00:00:00+1:00"],
    ...["2020-01-01T00:00:00+24:00", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", ""],
    ...[
      "2020-01-01T00:00:00Zx",
      "2020-1-01T00:00:00Z",
      "2020-01-01 00:00:00Z",
      " 2020-01-01T00:00:00Z",
      "-001-01-01T00:00:00Z",
    ],
  ])("%s is refused", (text) => {
    expect(() => readTimestamp(text)).toThrow("expected an RFC 3339 time from year 1 to 9999");
  });

  it("agrees with Date over the whole range", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62135596800000, max: 253402300799999 }), (ms) => {
        const seconds = Math.floor(ms / 1000);
        const nanos = (ms - seconds * 1000) * 1_000_000;
        const text = formatTimestamp(seconds, nanos);
        expect(text).toBe(new Date(ms).toISOString().replace(".000Z", "Z"));
        expect(readTimestamp(text)).toStrictEqual({ seconds, nanos });
      }),
      { numRuns: runs(2000) },
    );
  });

  it("agrees with Date on every day of 400 years", () => {
    const wrong: string[] = [];
    for (let day = 0; day < 146_097; day++) {
      const text = formatTimestamp(day * 86400 + 86399, 0);
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (text !== `${date}T23:59:59Z` || readTimestamp(text).seconds !== day * 86400 + 86399) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it("keeps every nanosecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom(1, 1000, 1e6), (number, unit) => {
        const nanos = number - (number % unit);
        const text = formatTimestamp(-1, nanos);
        expect(text.length).toBe(nanos === 0 ? 20 : nanos % 1e6 === 0 ? 24 : nanos % 1000 === 0 ? 27 : 30);
        expect(readTimestamp(text)).toStrictEqual({ seconds: -1, nanos });
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    "2024-02-29T23:59:58Z",
    "2024-02-29T23:59:58.1Z",
    "2023-11-30T00:00:00.123456789Z",
    "2024-02-29T19:29:38+05:30",
    "1999-12-31T09:09:09.98765-11:01",
  ])("takes another character for one of %s only where the text is still a time", (text) => {
    const others = [..."0123456789+-.:TZtz/ \0", "\u0660", "\uff11", "\u{1d7d8}", "00", ""];
    const changed = Array.from(text, (_, at) => others.map((other) => text.slice(0, at) + other + text.slice(at + 1)));
    const read = changed.flat().map((variant) => [variant, millisOf(variant)]);
    expect(read).toEqual(changed.flat().map((variant) => [variant, referenceMillis(variant)]));
  });

  it.each<[number, number, string]>([
    [1.9, 0, "1970-01-01T00:00:01Z"],
    [-0.5, 0, "1969-12-31T23:59:59Z"],
    [-1.5, 1_000_000, "1969-12-31T23:59:58.001Z"],
    [253402300799, 999_999_998.9, "9999-12-31T23:59:59.999999998Z"],
  ])("%d s and %d ns are rounded down", (seconds, nanos, text) => {
    expect(formatTimestamp(seconds, nanos)).toBe(text);
  });

  it.each([
    [-62135596801, 0],
    [253402300800, 0],
    [0, -1],
    [0, 1_000_000_000],
    [Number.NaN, 0],
  ])("%d s and %d ns cannot be printed", (seconds, nanos) => {
    expect(() => formatTimestamp(seconds, nanos)).toThrow(RangeError);
  });
});

describe("Duration", () => {
  it.each<[string, number, number]>([
    ["0s", 0, 0],
    ["1.500s", 1, 500_000_000],
    ["-0.000000001s", 0, -1],
    ["-315576000000s", -315576000000, 0],
  ])("%s is %d s and %d ns", (text, seconds, nanos) => {
    expect(readDuration(text)).toStrictEqual({ seconds, nanos });
    expect(formatDuration(seconds, nanos)).toBe(text);
  });

  it.each([
    ["+1s", 1, 0],
    ["1.s", 1, 0],
    [".5s", 0, 500_000_000],
    ["-.5s", 0, -500_000_000],
    [".s", 0, 0],
  ])("%s is read as Go reads it", (text, seconds, nanos) => {
    expect(readDuration(text)).toEqual({ seconds, nanos });
  });

  it.each(["1", "s", "+s", "+-1s", "1.0000000000s", "315576000001s", "1h", "", "1 s", "--1s", "1e3s"])(
    "%s is refused",
    (text) => {
      expect(() => readDuration(text)).toThrow("expected seconds such as 1.5s");
    },
  );

  it("prints only what is in range and of one sign", () => {
    expect(() => formatDuration(1, -1)).toThrow(RangeError);
    expect(() => formatDuration(-1, 1)).toThrow(RangeError);
    expect(() => formatDuration(315576000001, 0)).toThrow(RangeError);
  });
});

describe("FieldMask", () => {
  it.each<[string, string[]]>([
    ["", []],
    ["userName,photo.fileSize", ["user_name", "photo.file_size"]],
  ])("%j is %j", (text, paths) => {
    expect(readFieldMask(text)).toStrictEqual(paths);
    expect(writeFieldMask(paths)).toBe(text);
  });

  it.each(["user_name", "a b", "a/b", ",", "a,,b", ".", "a.", "1a", "é", "*"])("%s is refused", (text) => {
    expect(() => readFieldMask(text)).toThrow("expected field paths in lowerCamelCase");
  });

  it.each(["userName", "a__b", "a_", "a_3", "a,b", "", "é", "a..b", "1a", "*"])("%s cannot be printed", (path) => {
    expect(() => writeFieldMask([path])).toThrow(RangeError);
  });
});
