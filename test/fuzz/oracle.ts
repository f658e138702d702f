/**
 * What must hold for any input: a decoder throws nothing but DecodeError; what decodes can be encoded, and decodes and encodes
 * to the same again; nothing takes long, and memory stays in proportion.
 */
import { parseJson } from "../../src/runtime/parse-json.js";
import type { LoadedCodec } from "../support/codec-table.js";

/** An input was refused, was decoded and encoded, or showed a fault. */
export type Verdict = "refused" | "passed" | { readonly fault: string };

/** Milliseconds for one input and back. */
const slow = 1000;
/** Bytes that one input of a few kB may leave behind, garbage included. */
const muchMemory = 2 ** 26;

/** Runs one input, JSON text or bytes, through a codec. */
export function judge(codec: LoadedCodec, input: string | Uint8Array): Verdict {
  const start = performance.now();
  const before = memoryInUse();
  const verdict = typeof input === "string" ? judgeJson(codec, input) : judgeBinary(codec, input);
  if (typeof verdict === "object") return verdict;
  if (performance.now() - start > slow) return { fault: "slow" };
  return memoryInUse() - before > muchMemory ? { fault: "takes much memory" } : verdict;
}

function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function judgeBinary(codec: LoadedCodec, input: Uint8Array): Verdict {
  return judgeRoundTrip(
    () => codec.decodeBinary(input),
    (message) => Buffer.from(codec.encodeBinary(message)).toString("base64"),
    (encoded) => codec.decodeBinary(Buffer.from(encoded, "base64")),
  );
}

function judgeJson(codec: LoadedCodec, input: string): Verdict {
  return judgeRoundTrip(
    () => codec.decodeJson(parseJson(input)),
    (message) => codec.encodeJson(message),
    (encoded) => codec.decodeJson(parseJson(encoded)),
  );
}

function judgeRoundTrip(
  decode: () => unknown,
  encode: (message: unknown) => string,
  decodeAgain: (encoded: string) => unknown,
): Verdict {
  let message: unknown;
  try {
    message = decode();
  } catch (error) {
    return error instanceof Error && error.name === "DecodeError" ? "refused" : { fault: `threw ${error}` };
  }
  try {
    const once = encode(message);
    return encode(decodeAgain(once)) === once ? "passed" : { fault: "a second round trip gives another result" };
  } catch (error) {
    return { fault: `does not encode what it decoded: ${error}` };
  }
}
