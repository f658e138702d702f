/** google.protobuf.Timestamp as a Date, which shows milliseconds, to and from JSON. */
import { DecodeError } from "./decode-error.js";
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import type { JsonInput } from "./json.js";
import { formatTimestamp, readTimestamp } from "./timestamp.js";

/** Reads RFC 3339. */
export function readDate(json: JsonInput): Date {
  const { seconds, nanos } = readTimestamp(json);
  return dateOf(seconds, nanos);
}

/** Formats a Date, or a value that its constructor accepts; undefined and null are 1970. Throws EncodeError. */
export function writeDate(value: unknown): string {
  const { seconds, nanos } = partsOf(value);
  return formatTimestamp(seconds, nanos, false);
}

/** The Timestamp that a Date was made of. */
interface ExactTime {
  readonly seconds: number;
  readonly nanos: number;
  /** Milliseconds since 1970 that the Date had then. */
  readonly time: number;
}

/**
 * The property, hidden from enumeration and comparison, of a Date whose Timestamp has more digits than it can show.
 */
const exactTime: unique symbol = /* @__PURE__ */ Symbol.for("grpc2lambda.exactTime");

/**
 * The Date of seconds since 1970 and nanoseconds that count forward. The part below a millisecond stays with the Date
 * until its time is changed.
 */
export function dateOf(seconds: number, nanos: number): Date {
  const date = new Date(seconds * 1000 + Math.floor(nanos / 1e6));
  if (nanos % 1e6 !== 0 || nanos < 0 || nanos >= 1e9)
    Object.defineProperty(date, exactTime, { value: { seconds, nanos, time: date.getTime() } satisfies ExactTime });
  return date;
}

/** The time with other seconds since 1970. Throws DecodeError if no Date can hold them. */
export function withSeconds(date: Date | undefined, seconds: number): Date {
  const time = dateOf(seconds, date === undefined ? 0 : partsOf(date).nanos);
  if (Number.isNaN(time.getTime())) throw new DecodeError("seconds that a Date can hold", String(seconds));
  return time;
}

/** The time with other nanoseconds. */
export function withNanos(date: Date | undefined, nanos: number): Date {
  return dateOf(date === undefined ? 0 : partsOf(date).seconds, nanos);
}

/** The inverse of `dateOf`. Throws EncodeError for a value that is not a time. */
export function partsOf(value: unknown): { readonly seconds: number; readonly nanos: number } {
  const time = value instanceof Date ? value.getTime() : new Date((value ?? 0) as string | number).getTime();
  if (Number.isNaN(time))
    throw new EncodeError("a time", value instanceof Date ? "an invalid Date" : describeJson(value));
  const exact = (value as { readonly [exactTime]?: ExactTime } | null | undefined)?.[exactTime];
  if (exact?.time === time) return exact;
  const seconds = Math.floor(time / 1000);
  return { seconds, nanos: (time - seconds * 1000) * 1e6 };
}
