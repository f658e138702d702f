/**
 * google.protobuf.Timestamp to and from RFC 3339 without Date and regular expressions, which cost more than the rest of a
 * message. https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp : years 1 to 9999, 0, 3, 6 or 9 fraction digits.
 */
import { DecodeError } from "./decode-error.js";
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import { fractionNanos, fractionText } from "./fraction-text.js";
import type { JsonInput } from "./json.js";

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const minSeconds = -62135596800;
const maxSeconds = 253402300799;
/** Seconds from 0000-03-01, where both calendar conversions begin, so that a leap day is the last day of its year. */
const secondsBefore1970 = 62162035200;

/** Seconds since 1970 (negative before) and nanoseconds 0 to 999,999,999, which count forward. */
export interface TimestampParts {
  readonly seconds: number;
  readonly nanos: number;
}

/** Reads `2024-01-02T03:04:05.678Z`; any offset, upper-case T and Z, up to nine fraction digits. */
export function readTimestamp(json: JsonInput): TimestampParts {
  const parts = typeof json === "string" && json.length >= 20 ? parseTimestamp(json) : undefined;
  if (parts !== undefined) return parts;
  throw new DecodeError("an RFC 3339 time from year 1 to 9999", describeJson(json));
}

function parseTimestamp(text: string): TimestampParts | undefined {
  const zone = text.length - (text.charCodeAt(text.length - 1) === 0x5a ? 1 : 6);
  const seconds = dateSeconds(text) + timeSeconds(text) - offsetSeconds(text, zone);
  const nanos = zone === 19 ? 0 : isPoint(text.charCodeAt(19)) ? fractionNanos(text, 20, zone) : -1;
  return seconds >= minSeconds && seconds <= maxSeconds && nanos >= 0 ? { seconds, nanos } : undefined;
}

/** Tells whether a character is a point or, as in ISO 8601 and in Go, a comma. */
function isPoint(code: number): boolean {
  return code === 0x2e || code === 0x2c;
}

/** Seconds from 1970 to the date at the beginning; NaN for another text. */
function dateSeconds(text: string): number {
  const century = twoDigits(text, 0);
  const yearOfCentury = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const year = century * 100 + yearOfCentury;
  const isYear = century >= 0 && century <= 99 && yearOfCentury >= 0 && yearOfCentury <= 99 && year > 0;
  const isDate = isYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!isDate || text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return Number.NaN;
  return daysFromCivil(year, month, day) * 86400 - secondsBefore1970;
}

/** The seconds of `T03:04:05`; NaN for another text. */
function timeSeconds(text: string): number {
  const second = twoDigits(text, 17);
  if (text.charCodeAt(10) !== 0x54 || text.charCodeAt(16) !== 0x3a || second < 0 || second > 59) return Number.NaN;
  return hourSeconds(text, 11) + second;
}

/** The seconds of `+03:04` at the end; NaN for another text. */
function offsetSeconds(text: string, zone: number): number {
  if (zone === text.length - 1) return 0;
  const sign = text.charCodeAt(zone);
  if (sign === 0x2b) return hourSeconds(text, zone + 1);
  return sign === 0x2d ? -hourSeconds(text, zone + 1) : Number.NaN;
}

/** The seconds of `03:04`; NaN for another text. */
function hourSeconds(text: string, start: number): number {
  const hour = twoDigits(text, start);
  const minute = twoDigits(text, start + 3);
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && text.charCodeAt(start + 2) === 0x3a;
  return isTime ? hour * 3600 + minute * 60 : Number.NaN;
}

/** The number of two digits at `start`; below 0 or above 99 for another text. */
function twoDigits(text: string, start: number): number {
  const units = text.charCodeAt(start + 1) - 0x30;
  return units >= 0 && units <= 9 ? (text.charCodeAt(start) - 0x30) * 10 + units : -1;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 0000-03-01 in the proleptic Gregorian calendar; the inverse of the conversion in `formatMillis`. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = month <= 2 ? month + 12 : month;
  const century = (marchYear / 100) | 0;
  return ((1461 * marchYear) >> 2) - century + (century >> 2) + ((979 * marchMonth - 2919) >> 5) + day - 1;
}

/**
 * Formats as `2024-01-02T03:04:05.678Z`; refuses values that are not a Timestamp. `ofMessage` tells whether both came
 * from a message.
 */
export function formatTimestamp(seconds: number, nanos: number, ofMessage = true): string {
  if (!(seconds >= minSeconds && seconds <= maxSeconds && nanos >= 0 && nanos <= 999_999_999))
    throw new EncodeError("a google.protobuf.Timestamp", `${seconds} s, ${nanos} ns`, ofMessage);
  const millis = (nanos / 1e6) | 0;
  const text = formatMillis(seconds + secondsBefore1970, millis, nanos === 0 ? 0x5a : 0x2e);
  if (nanos === 0) return text.slice(0, 20);
  return millis * 1e6 === nanos ? text : `${text.slice(0, 19)}${fractionText(nanos)}Z`;
}

/**
 * `2024-01-02T03:04:05.678Z`, with `point` before the milliseconds, made in one piece, because a string that is joined
 * from parts costs twice as much. `seconds` count from 0000-03-01. The date is that of C. Neri and L. Schneider,
 * https://doi.org/10.1002/spe.3172 : centuries and years are divided in quarters of a day, so that leap days need no
 * correction. Integer division is marked by `| 0`.
 */
function formatMillis(seconds: number, millis: number, point: number): string {
  const days = (seconds / 86400) | 0;
  const time = (seconds - days * 86400) | 0;
  const quarters = 4 * days + 3;
  const centuries = (quarters / 146097) | 0;
  const ofCentury = (quarters - centuries * 146097) | 3;
  const years = (ofCentury / 1461) | 0;
  const dayOfYear = (ofCentury - years * 1461) >> 2;
  const months = 2141 * dayOfYear + 197913;
  const day = (((months & 0xffff) / 2141) | 0) + 1;
  const isNext = dayOfYear >= 306 ? 1 : 0;
  const month = (months >> 16) - 12 * isNext;
  const year = 100 * centuries + years + isNext;
  const century = (year / 100) | 0;
  const yearOfCentury = year - century * 100;
  const hour = (time / 3600) | 0;
  const minutes = (time / 60) | 0;
  const minute = minutes - hour * 60;
  const second = time - minutes * 60;
  const hundreds = (millis / 100) | 0;
  return String.fromCharCode(
    tens(century),
    units(century),
    tens(yearOfCentury),
    units(yearOfCentury),
    0x2d,
    tens(month),
    units(month),
    0x2d,
    tens(day),
    units(day),
    0x54,
    tens(hour),
    units(hour),
    0x3a,
    tens(minute),
    units(minute),
    0x3a,
    tens(second),
    units(second),
    point,
    0x30 + hundreds,
    tens(millis - hundreds * 100),
    units(millis - hundreds * 100),
    0x5a,
  );
}

/** The character code of the tens digit of a number below 100. */
function tens(number: number): number {
  return 0x30 + ((number * 103) >> 10);
}

/** The character code of its last digit. */
function units(number: number): number {
  return number + 0x210 - 10 * tens(number);
}
