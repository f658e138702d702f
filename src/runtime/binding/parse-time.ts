/** Times in query parameters, in the forms that Go prints and parses, as the JSON that the codecs read. */
import { DecodeError } from "../values/decode-error.js";

/** Reads RFC 3339 with Go's latitude: a comma before the fraction, digits beyond nanoseconds (cut off). */
export function timestampText(text: string): string {
  if (text.length <= 20) return text;
  return text.replace(/[.,](\d{1,9})\d*(?=Z$|[+-]\d\d:\d\d$)/, ".$1");
}

const nanosPerUnit: { readonly [unit: string]: bigint } = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ns: 1n,
};

/**
 * Reads Go's duration syntax (`1h30m`, `-1.5s`, `100ms`, `0`) as proto JSON seconds. Throws DecodeError; the range is
 * ±292 years.
 */
export function durationText(text: string): string {
  const match = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/.exec(text.slice(0, 128));
  if (match === null || text.length > 128) throw refuseDuration(text);
  let nanos = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of (match[2] ?? "").matchAll(
    /(\d*)\.?(\d*)(h|ms|m|s|us|µs|μs|ns)/g,
  )) {
    const scale = nanosPerUnit[unit] ?? 0n;
    nanos += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
  }
  if (nanos > 0x7fffffffffffffffn) throw refuseDuration(text);
  const sign = match[1] === "-" && nanos !== 0n ? "-" : "";
  return `${sign}${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, "0")}s`;
}

function refuseDuration(text: string): DecodeError {
  return new DecodeError("a duration such as 1h30m or 1.5s", JSON.stringify(text.slice(0, 64)));
}

/** Removes surrounding quotes, which grpc-gateway tolerates around times in a path. */
export function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** The paths of a FieldMask, unchanged; an empty text has none. */
export function maskPaths(text: string): string[] {
  return text === "" ? [] : text.split(",");
}

/** The paths of a FieldMask, unchanged; an empty text has one empty path, as in grpc-gateway before 2.31. */
export function everyMaskPath(text: string): string[] {
  return text.split(",");
}
