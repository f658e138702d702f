/**
 * google.protobuf.Timestamp to and from RFC 3339 without Date and regular expressions, which cost more than the rest of a
 * message. https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp : years 1 to 9999, 0, 3, 6 or 9 fraction digits.
 */
import { DecodeError } from "./decode-error.js";
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import { fractionText } from "./fraction-text.js";
import type { JsonInput } from "./json.js";

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const minSeconds = -62135596800;
const maxSeconds = 253402300799;

/** Seconds since 1970 (negative before) and nanoseconds 0 to 999,999,999, which count forward. */
export interface TimestampParts {
  readonly seconds: number;
  readonly nanos: number;
}

/** Reads `2024-01-02T03:04:05.678Z`; any offset, upper-case T and Z, up to nine fraction digits. */
export function readTimestamp(json: JsonInput): TimestampParts {
  const parts = typeof json === "string" ? parseTimestamp(json) : undefined;
  if (parts !== undefined) return parts;
  throw new DecodeError("an RFC 3339 time from year 1 to 9999", describeJson(json));
}

function parseTimestamp(text: string): TimestampParts | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const isDate = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  if (!isDate || !isTime || !hasSeparators(text)) return undefined;
  const end = fractionEnd(text);
  const offset = offsetSeconds(text, end);
  if (offset === undefined || end === 20) return undefined;
  const seconds = daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  if (seconds < minSeconds || seconds > maxSeconds) return undefined;
  return { seconds, nanos: end === 19 ? 0 : digits(text, 20, end - 20) * 10 ** (29 - end) };
}

/** The number at `start`, negative when there is anything but digits. */
function digits(text: string, start: number, length: number): number {
  let number = 0;
  for (let at = start; at < start + length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function hasSeparators(text: string): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a
  );
}

/** Where the fraction ends: 19 without one, 20 for a point without digits (or with more than nine). */
function fractionEnd(text: string): number {
  if (text.charCodeAt(19) !== 0x2e) return 19;
  let end = 20;
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++;
  return end > 29 ? 20 : end;
}

function offsetSeconds(text: string, start: number): number | undefined {
  const code = text.charCodeAt(start);
  if (code === 0x5a) return text.length === start + 1 ? 0 : undefined;
  if ((code !== 0x2b && code !== 0x2d) || text.length !== start + 6 || text.charCodeAt(start + 3) !== 0x3a)
    return undefined;
  const hours = digits(text, start + 1, 2);
  const minutes = digits(text, start + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  return (code === 0x2b ? 1 : -1) * (hours * 3600 + minutes * 60);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar, with the year counted from March so that the leap day is its
 * last: 306 days lie between 1 March of year 0 and 1 January of year 1, 719,468 between it and 1970.
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((marchMonth * 153 + 2) / 5) + day - 1 - 719468;
}

/** Formats as `2024-01-02T03:04:05.678Z`; refuses what is not a Timestamp. `ofMessage`: whether both came from a message. */
export function formatTimestamp(seconds: number, nanos: number, ofMessage = true): string {
  if (!(seconds >= minSeconds && seconds <= maxSeconds && nanos >= 0 && nanos <= 999_999_999))
    throw new EncodeError("a google.protobuf.Timestamp", `${seconds} s, ${nanos} ns`, ofMessage);
  const days = Math.floor(seconds / 86400);
  const time = seconds - days * 86400;
  return formatSecond(days, time) + (nanos === 0 ? "Z" : `${fractionText(nanos)}Z`);
}

/**
 * `2024-01-02T03:04:05`, made in one piece: a string joined from parts costs twice as much. The date is the inverse of
 * `daysFromCivil`, through the 400-year era of 146,097 days.
 */
function formatSecond(days: number, time: number): string {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const leapFree = dayOfEra - whole(dayOfEra / 1460) + whole(dayOfEra / 36524) - whole(dayOfEra / 146096);
  const yearOfEra = whole(leapFree / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + whole(yearOfEra / 4) - whole(yearOfEra / 100));
  const marchMonth = whole((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - whole((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const century = whole(year / 100);
  const hour = whole(time / 3600);
  const minute = whole(time / 60) % 60;
  const second = time % 60;
  return String.fromCharCode(
    tens(century),
    units(century),
    tens(year % 100),
    units(year),
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
  );
}

/** Without its fraction, for what fits into 31 bits. */
function whole(number: number): number {
  return number | 0;
}

/** The character code of the tens digit of a number below 100. */
function tens(number: number): number {
  return 0x30 + whole(number / 10);
}

/** The character code of the last digit. */
function units(number: number): number {
  return 0x30 + (number % 10);
}
