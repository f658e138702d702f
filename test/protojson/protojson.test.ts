/**
 * JSON in and out as the real grpc-gateway has it: what Go's protojson made of the messages of `fixtures/vectors/protojson`
 * (`npm run test:protojson` asks it again), against the codecs of the grpc-gateway profile in every message style. JSON is compared
 * byte for byte. What is decided otherwise is in `decisions.ts`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { jsonText } from "../../src/runtime/json/json-text.js";
import { writeDouble, writeFloat } from "../../src/runtime/json/json-write.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { decisions } from "./decisions.js";
import type { Question } from "./questions.js";
import { readFloats, readProtos, readVectors, type Vector, vectorsFolder } from "./vectors.js";

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader with options": {
    ...protoLoaderDefaults,
    names: "proto",
    longs: "String",
    enums: "String",
    bytes: "String",
    arrays: true,
    objects: true,
    oneofs: "virtual",
  },
  "protobuf-es": protobufEsStyle,
  "ts-proto": { ...tsProtoStyle, longs: "BigInt" },
};

const vectors = readVectors();

describe.each(Object.entries(styles))("%s", (name, style) => {
  test("answers as protojson does", async () => {
    const codecs = await loadCodecTable(readProtos(), { style });
    const found: string[] = [];
    for (const vector of vectors) {
      const different = differences(codecs.get(vector.asked.message) as LoadedCodec, vector);
      const isDecided = decisions.some(({ message, json }) => isAsked(vector, message, json));
      if (isDecided ? different === undefined : different !== undefined)
        found.push(`${JSON.stringify(vector.asked)}\n    ${different ?? "a decision that is none"}`);
    }
    expect(found.join("\n"), name).toBe("");
  });
});

test("every decision is about a question", () => {
  const stale = decisions.filter(({ message, json }) => !vectors.some((vector) => isAsked(vector, message, json)));
  expect(stale).toEqual([]);
});

function isAsked({ asked }: Vector, message: string, json: string): boolean {
  return asked.message === message && "json" in asked && asked.json === json;
}

/** What protojson has, and what the codec has instead. */
function differences(codec: LoadedCodec, { asked, answer }: Vector): string | undefined {
  const found = readAndPrint(codec, asked);
  const isSame = "refused" in answer ? /^(?:Decode|Encode)Error: /.test(found) : found === answer.json;
  return isSame ? undefined : `gateway: ${"refused" in answer ? answer.error : answer.json}\n    ours: ${found}`;
}

function readAndPrint(codec: LoadedCodec, asked: Question): string {
  try {
    const message =
      "json" in asked
        ? codec.decodeText(asked.json, "ignore")
        : codec.decodeBinary(Buffer.from(asked.binary, "base64"));
    return codec.encodeJson(message);
  } catch (error) {
    return String(error);
  }
}

describe("numbers", () => {
  const floats = readFloats(readFileSync(join(vectorsFolder, "floats.txt"), "utf8"));

  it.each(["float", "double"] as const)("%s is printed as Go prints it", (kind) => {
    const write = kind === "float" ? writeFloat : writeDouble;
    const asked = floats.filter((vector) => vector.kind === kind);
    expect(asked.length).toBeGreaterThan(500);
    expect(asked.map(({ value }) => jsonText(write(value)))).toEqual(asked.map(({ text }) => text));
  });
});
