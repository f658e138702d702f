/**
 * What must hold for any input: a decoder throws nothing but DecodeError; what decodes can be encoded, and decodes from that to
 * an equal message; it crosses to the other format and back, where that can hold it; nothing takes long, and memory stays bounded.
 */
import { inspect, isDeepStrictEqual } from "node:util";
import { parseJson } from "../../src/runtime/json/parse-json.js";
import { readJsonText } from "../../src/runtime/json/read-json-text.js";
import type { LoadedCodec } from "../support/codec-table.js";

/** An input was refused, was decoded and encoded, or showed a fault. */
export type Verdict = "refused" | "passed" | { readonly fault: string };

/** Milliseconds for one input and back. */
const slow = 3000;
/** Bytes that one input of a few kB may take: left behind, garbage included, or at the peak. */
const muchMemory = 2 ** 26;

/** In what a codec's messages may differ from equal ones. */
export interface Tolerance {
  /**
   * Its JSON has null for a google.protobuf.Value that is not set, which reads as one that is null, so that messages come back to
   * the same JSON but not as equals.
   */
  readonly printsUnset?: boolean;
  /** A field that is not there equals one that is zero: a zero without presence is seen when it was on the wire, and is not written. */
  readonly absentIsZero?: boolean;
}

/** Runs one input, JSON text or bytes, through a codec. */
export function judge(codec: LoadedCodec, input: string | Uint8Array, tolerance: Tolerance = {}): Verdict {
  const start = performance.now();
  const before = memoryInUse();
  const peakBefore = peakMemory();
  const verdict = typeof input === "string" ? judgeJson(codec, input, tolerance) : judgeBinary(codec, input, tolerance);
  if (typeof verdict === "object") return verdict;
  if (performance.now() - start > slow) return { fault: "slow" };
  const taken = Math.max(memoryInUse() - before, peakMemory() - peakBefore);
  return taken > muchMemory ? { fault: "takes much memory" } : verdict;
}

function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The most that the process ever had; what was freed again before anybody looked shows here. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function judgeBinary(codec: LoadedCodec, input: Uint8Array, { absentIsZero = false }: Tolerance): Verdict {
  const equals = absentIsZero ? equalsButZeros : isDeepStrictEqual;
  return judgeInput(() => codec.decodeBinary(input), binary(codec), json(codec), equals);
}

function judgeJson(codec: LoadedCodec, input: string, { printsUnset = false }: Tolerance): Verdict {
  const fault = firstValueFault(input) ?? proofFault(codec, input);
  const decode = (): unknown => codec.decodeText(input);
  return fault ?? judgeInput(decode, json(codec), binary(codec), printsUnset ? () => true : isDeepStrictEqual);
}

/** grpc-gateway's reader takes what follows the first value for nothing; else both read the same. */
function firstValueFault(input: string): Verdict | undefined {
  let first: unknown;
  try {
    first = parseJson(input, "ignore");
  } catch (error) {
    if (!isNamed(error, "DecodeError")) return { fault: `the reader of the first value threw ${error}` };
    return undefined;
  }
  try {
    if (!isDeepStrictEqual(parseJson(input), first)) return { fault: "two readers read differently" };
  } catch (error) {
    if (!isNamed(error, "DecodeError")) return { fault: `the reader threw ${error}` };
  }
  return undefined;
}

/** What a decoder makes of JSON.parse's values, where they were proven, is what it makes of those of the exact reader. */
function proofFault(codec: LoadedCodec, input: string): Verdict | undefined {
  const proven = outcome(() => codec.decodeText(input));
  const exact = outcome(() => codec.decodeJson(readJsonText(input, 100, "refuse")));
  return isDeepStrictEqual(proven, exact)
    ? undefined
    : { fault: "JSON.parse lost something, and the proof did not notice" };
}

/**
 * A message, or the words of a refusal. The reader of this module marks a repeated name with a symbol of its own, which the codec, bundled
 * by itself, does not know by name.
 */
function outcome(decode: () => unknown): unknown {
  try {
    return decode();
  } catch (error) {
    return String(error).replace(/found a symbol$/, "found two values for one name");
  }
}

interface Format {
  /** What comes out as text that can be compared. */
  readonly encode: (message: unknown) => string;
  readonly decode: (encoded: string) => unknown;
}

const binary = (codec: LoadedCodec): Format => ({
  encode: (message) => Buffer.from(codec.encodeBinary(message)).toString("base64"),
  decode: (encoded) => codec.decodeBinary(Buffer.from(encoded, "base64")),
});

const json = (codec: LoadedCodec): Format => ({
  encode: (message) => codec.encodeJson(message),
  decode: (encoded) => codec.decodeText(encoded),
});

function judgeInput(decode: () => unknown, own: Format, other: Format, equals: typeof isDeepStrictEqual): Verdict {
  let message: unknown;
  try {
    message = decode();
  } catch (error) {
    return isNamed(error, "DecodeError") ? "refused" : { fault: `threw ${error}` };
  }
  try {
    const once = own.encode(message);
    const again = own.decode(once);
    if (!equals(again, message)) return { fault: `comes back as another message: ${differenceOf(message, again)}` };
    // The engine may change the bits of a NaN whenever it moves one.
    if (own.encode(again) !== once && !inspect(message, { depth: null }).includes("NaN"))
      return { fault: "a second round trip gives another result" };
  } catch (error) {
    return { fault: `does not encode what it decoded: ${error}` };
  }
  return judgeCrossing(message, other) ?? "passed";
}

/** JSON cannot hold every message that binary can, and says so; what it does hold comes back, to the same JSON. */
function judgeCrossing(message: unknown, other: Format): Verdict | undefined {
  let encoded: string;
  try {
    encoded = other.encode(message);
  } catch (error) {
    // The bytes in an Any are looked at only when it is printed.
    if (isNamed(error, "EncodeError") || isNamed(error, "DecodeError")) return undefined;
    return { fault: `the other encoder threw ${error}` };
  }
  try {
    return other.encode(other.decode(encoded)) === encoded ? undefined : { fault: "changes in the other format" };
  } catch (error) {
    // A reply keeps the bytes of an Any whose type is not linked; as a request nobody could tell what they are.
    if (isNamed(error, "DecodeError") && /a message type that an Any may hold/.test(String(error))) return undefined;
    return { fault: `cannot read its other format: ${error}` };
  }
}

function equalsButZeros(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return isDeepStrictEqual(one, other);
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => {
    if (one[key] === undefined) return isZero(other[key]);
    return other[key] === undefined ? isZero(one[key]) : equalsButZeros(one[key], other[key]);
  });
}

function isZero(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return value instanceof Uint8Array ? value.length === 0 : Number(value) === 0;
}

/** Where two messages differ first: `.books[3].title: "a", "b"`. */
function differenceOf(one: unknown, other: unknown): string {
  if (isObject(one) && isObject(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      if (!isDeepStrictEqual(one[key], other[key])) return `.${key}${differenceOf(one[key], other[key])}`;
  }
  return `: ${inspect(one)}, ${inspect(other)}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
