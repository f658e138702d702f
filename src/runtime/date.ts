/** google.protobuf.Timestamp as a Date, which keeps milliseconds, to and from JSON. */
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import type { JsonInput } from "./json.js";
import { formatTimestamp, readTimestamp } from "./timestamp.js";

/** Reads RFC 3339; what is below a millisecond is cut off. */
export function readDate(json: JsonInput): Date {
  const { seconds, nanos } = readTimestamp(json);
  return dateOf(seconds, nanos);
}

/** Formats a Date, or what its constructor takes for a time; undefined and null are 1970. Throws EncodeError. */
export function writeDate(value: unknown): string {
  const { seconds, nanos } = partsOf(value);
  return formatTimestamp(seconds, nanos, false);
}

/** The Date of seconds since 1970 and nanoseconds that count forward. */
export function dateOf(seconds: number, nanos: number): Date {
  return new Date(seconds * 1000 + Math.floor(nanos / 1e6));
}

/** The inverse of `dateOf`. Throws EncodeError for what is no time. */
export function partsOf(value: unknown): { readonly seconds: number; readonly nanos: number } {
  const time = value instanceof Date ? value.getTime() : new Date((value ?? 0) as string | number).getTime();
  if (Number.isNaN(time))
    throw new EncodeError("a time", value instanceof Date ? "an invalid Date" : describeJson(value));
  const seconds = Math.floor(time / 1000);
  return { seconds, nanos: (time - seconds * 1000) * 1e6 };
}
