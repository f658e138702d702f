/**
 * The program that the conformance runner talks to: requests and answers, each with its length in front, over standard input
 * and output. `codecs:generated` is the table of emitted codecs, made when this is bundled.
 */

import { type ConformanceCodec, codecs, decodeRequest, encodeResponse } from "codecs:generated";
import { readSync, writeSync } from "node:fs";
import { decodeJson } from "../../src/runtime/json/parse-json.js";

/** conformance.WireFormat and conformance.TestCategory. */
const jsonFormat = 2;
const ignoreUnknown = 3;
const binaryFormat = 1;

interface Request {
  readonly payload?:
    | { readonly case: "protobufPayload"; readonly value: Uint8Array }
    | { readonly case: "jsonPayload" | "jspbPayload" | "textPayload"; readonly value: string }
    | undefined;
  readonly requestedOutputFormat: number;
  readonly messageType: string;
  readonly testCategory: number;
}

type Result = { readonly case: string; readonly value: string | Uint8Array };

for (let request = readFrame(); request !== undefined; request = readFrame()) {
  writeFrame(encodeResponse({ result: answer(decodeRequest(request) as Request) }));
}

function answer(request: Request): Result {
  if (request.messageType === "conformance.FailureSet") return { case: "protobufPayload", value: new Uint8Array(0) };
  const codec = codecs[request.messageType];
  if (codec === undefined) return { case: "skipped", value: `no codec for ${request.messageType}` };
  if (request.payload?.case === "textPayload" || request.payload?.case === "jspbPayload")
    return { case: "skipped", value: "only binary and JSON" };
  if (request.requestedOutputFormat !== binaryFormat && request.requestedOutputFormat !== jsonFormat)
    return { case: "skipped", value: "only binary and JSON" };
  return convert(request, codec);
}

function convert(request: Request, codec: ConformanceCodec): Result {
  let message: unknown;
  try {
    message = decode(request, codec);
  } catch (error) {
    return isDecodeError(error)
      ? { case: "parseError", value: String(error) }
      : { case: "runtimeError", value: String(error) };
  }
  try {
    return request.requestedOutputFormat === jsonFormat
      ? { case: "jsonPayload", value: codec.encodeJson(message) }
      : { case: "protobufPayload", value: codec.encodeBinary(message) };
  } catch (error) {
    return { case: "serializeError", value: String(error) };
  }
}

function decode({ payload, testCategory }: Request, codec: ConformanceCodec): unknown {
  if (payload?.case !== "jsonPayload") return codec.decodeBinary(payload?.value as Uint8Array);
  const isLenient = testCategory === ignoreUnknown;
  return decodeJson(payload.value, isLenient ? codec.decodeJsonIgnoringUnknown : codec.decodeJson);
}

/** Anything else that a decoder throws is a fault of ours, which must not pass for a refusal. */
function isDecodeError(error: unknown): boolean {
  return error instanceof Error && error.name === "DecodeError";
}

function readFrame(): Uint8Array | undefined {
  const size = readExactly(4);
  return size === undefined ? undefined : readExactly(Buffer.from(size).readUInt32LE(0));
}

function readExactly(size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (let filled = 0; filled < size; ) {
    const read = readSync(0, bytes, filled, size - filled, null);
    if (read === 0) return undefined;
    filled += read;
  }
  return bytes;
}

function writeFrame(bytes: Uint8Array): void {
  const frame = new Uint8Array(4 + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length, true);
  frame.set(bytes, 4);
  for (let written = 0; written < frame.length; ) written += writeSync(1, frame, written);
}
