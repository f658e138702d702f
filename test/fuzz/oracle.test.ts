/** The fuzzer's judge finds a fault that is planted into a codec, and none in the codec as it is. */
import { beforeAll, describe, expect, it } from "vitest";
import { idiomaticStyle } from "../../src/model/message-style.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { seededRandom } from "../support/random-message.js";
import { mutateBytes, mutateText } from "./mutate.js";
import { judge } from "./oracle.js";

const proto = `
  syntax = "proto3"; package test;
  message Shelf { string name = 1; repeated Shelf inner = 2; map<string, int64> counts = 3; bytes mark = 4; }
`;
const json = '{"name":"a","inner":[{"name":"b"},{}],"counts":{"x":"1"},"mark":"AQID"}';

describe("judge", () => {
  let codec: LoadedCodec;
  let bytes: Uint8Array;
  beforeAll(async () => {
    const table = await loadCodecTable({ "test.proto": proto }, { style: idiomaticStyle });
    codec = table.get("test.Shelf") as LoadedCodec;
    bytes = codec.encodeBinary(codec.decodeJson(JSON.parse(json)));
  });

  /** The faults that 300 mutated inputs of each kind show in a codec. */
  const faultsOf = (faulty: LoadedCodec): Set<string> => {
    const faults = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      for (const input of [mutateText(json, json, random), mutateBytes(bytes, bytes, random)]) {
        const verdict = judge(faulty, input);
        if (typeof verdict === "object") faults.add(verdict.fault);
      }
    }
    return faults;
  };

  it("finds nothing in the emitted codec", () => {
    expect([...faultsOf(codec)]).toEqual([]);
    expect(judge(codec, bytes)).toBe("passed");
    expect(judge(codec, "{")).toBe("refused");
  });

  it("finds a decoder that throws something else", () => {
    const decodeBinary = (input: Uint8Array): unknown => {
      if (input.length > 20) throw new TypeError("planted");
      return codec.decodeBinary(input);
    };
    expect([...faultsOf({ ...codec, decodeBinary })]).toEqual(["threw TypeError: planted"]);
  });

  it("finds an encoder that loses something", () => {
    let turn = 0;
    const encodeJson = (message: unknown): string => {
      const encoded = codec.encodeJson(message);
      if (turn++ % 2 === 0) return encoded;
      return JSON.stringify({ ...(JSON.parse(encoded) as object), counts: { planted: "1" } });
    };
    expect([...faultsOf({ ...codec, encodeJson })]).toEqual(["a second round trip gives another result"]);
  });

  it("finds an encoder that refuses what was decoded", () => {
    const encodeBinary = (): Uint8Array => {
      throw new RangeError("planted");
    };
    expect([...faultsOf({ ...codec, encodeBinary })]).toEqual(["does not encode what it decoded: RangeError: planted"]);
  });

  it("finds a decoder that takes a length for granted", () => {
    const kept: Uint8Array[] = [];
    const decodeBinary = (input: Uint8Array): unknown => {
      if (input[0] === 0xff) kept.push(new Uint8Array(2 ** 27));
      return {};
    };
    expect(judge({ ...codec, decodeBinary }, Uint8Array.of(0xff))).toEqual({ fault: "takes much memory" });
  });
});
