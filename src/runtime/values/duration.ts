/**
 * google.protobuf.Duration to and from `-1.5s`. https://protobuf.dev/reference/protobuf/google.protobuf/#duration :
 * up to 315,576,000,000 s either way; seconds and nanos have the same sign.
 */
import { DecodeError } from "./decode-error.js";
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import { fractionText } from "./fraction-text.js";
import type { JsonInput } from "./json.js";

const maxSeconds = 315_576_000_000;

/** Whole seconds and nanoseconds, both with the duration's sign. */
export interface DurationParts {
  readonly seconds: number;
  readonly nanos: number;
}

/** Reads `3s`, `-0.5s`, and the other forms of Go's protojson (`+3s`, `3.s`, `.5s`); up to nine fraction digits. */
export function readDuration(json: JsonInput): DurationParts {
  const match = typeof json === "string" ? /^([+-]?)(?=[\d.])(\d{0,12})(?:\.(\d{0,9}))?s$/.exec(json) : null;
  const seconds = Number(match?.[2] ?? Number.NaN);
  const nanos = Number((match?.[3] ?? "").padEnd(9, "0"));
  if (!(seconds <= maxSeconds)) throw new DecodeError("seconds such as 1.5s", describeJson(json));
  return match?.[1] === "-" ? { seconds: 0 - seconds, nanos: 0 - nanos } : { seconds, nanos };
}

/** Formats as `-1.500s`; refuses values that are not a Duration. */
export function formatDuration(seconds: number, nanos: number): string {
  const isMixed = (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0);
  if (!(Math.abs(seconds) <= maxSeconds && Math.abs(nanos) <= 999_999_999) || isMixed)
    throw new EncodeError("a google.protobuf.Duration", `${seconds} s, ${nanos} ns`, true);
  const sign = seconds < 0 || nanos < 0 ? "-" : "";
  return `${sign}${Math.abs(seconds)}${fractionText(Math.abs(nanos))}s`;
}
