/** The fuzzer's judge finds a fault that is planted into a codec, and none in the codec as it is. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import { idiomaticStyle } from "../../src/emit/message-style.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { seededRandom } from "../support/random-message.js";
import { mutateBytes, mutateText } from "./mutate.js";
import { judge } from "./oracle.js";
import { createNotes, notedInput, noteInput, watch } from "./watch.js";

const proto = `
  syntax = "proto3"; package test;
  message Shelf { string name = 1; repeated Shelf inner = 2; map<string, int64> counts = 3; bytes mark = 4; }
`;
const json = '{"name":"a","inner":[{"name":"b"},{}],"counts":{"x":"1"},"mark":"AQID"}';

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

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
    expect([...faultsOf({ ...codec, decodeBinary })]).toContain("threw TypeError: planted");
  });

  it.each(['{"name":"a","name":"b"}', '{"counts":{"x":9007199254740993}}'])(
    "finds a decoder that takes what JSON.parse makes of %s",
    (input) => {
      const decodeText = (text: string): unknown => codec.decodeJson(JSON.parse(text));
      expect(judge(codec, input)).not.toHaveProperty("fault");
      expect(judge({ ...codec, decodeText }, input)).toHaveProperty("fault", expect.stringContaining("JSON.parse"));
    },
  );

  it("finds an encoder that always loses the same", () => {
    const encodeBinary = (message: unknown): Uint8Array =>
      codec.encodeBinary({ ...(message as object), mark: new Uint8Array(0) });
    const faults = [...faultsOf({ ...codec, encodeBinary })];
    expect(faults.some((fault) => fault.startsWith("comes back as another message: .mark"))).toBe(true);
  });

  it("finds an encoder that prints what its decoder does not take", () => {
    const encodeJson = (message: unknown): string => codec.encodeJson(message).replace('"name":"a"', '"name":7');
    const faults = [...faultsOf({ ...codec, encodeJson })];
    expect(faults.some((fault) => fault.startsWith("cannot read its other format: DecodeError: name"))).toBe(true);
  });

  it("finds memory that was taken and given back in between", () => {
    const decodeBinary = (input: Uint8Array): unknown => {
      if (input[0] !== 0xff) return codec.decodeBinary(input);
      // Touched, or the system would not count it.
      new Uint8Array(2 ** 28).fill(1);
      return codec.decodeBinary(new Uint8Array(0));
    };
    expect(judge({ ...codec, decodeBinary }, Uint8Array.of(0xff))).toEqual({ fault: "takes much memory" });
  });

  it("finds an encoder that loses something", () => {
    let turn = 0;
    const encodeJson = (message: unknown): string => {
      const encoded = codec.encodeJson(message);
      if (turn++ % 2 === 0) return encoded;
      return JSON.stringify({ ...(JSON.parse(encoded) as object), counts: { planted: "1" } });
    };
    expect([...faultsOf({ ...codec, encodeJson })]).toContain("changes in the other format");
  });

  it("finds an encoder that refuses what was decoded", () => {
    const encodeBinary = (): Uint8Array => {
      throw new RangeError("planted");
    };
    expect([...faultsOf({ ...codec, encodeBinary })]).toContain("does not encode what it decoded: RangeError: planted");
  });

  it("finds a decoder that takes a length for granted", () => {
    const kept: Uint8Array[] = [];
    // What other tests left behind must not be freed meanwhile: it would hide what is taken here.
    collectGarbage();
    const decodeBinary = (input: Uint8Array): unknown => {
      if (input[0] === 0xff) kept.push(new Uint8Array(2 ** 27));
      return codec.decodeBinary(new Uint8Array(0));
    };
    expect(judge({ ...codec, decodeBinary }, Uint8Array.of(0xff))).toEqual({ fault: "takes much memory" });
  });
});

describe("watch", () => {
  const notes = createNotes();
  const thread = (body: string, limit = 512): Worker => {
    const note = `
      const { workerData } = require("node:worker_threads");
      const header = new Int32Array(workerData, 0, 2);
      const { written } = new TextEncoder().encodeInto("the input", new Uint8Array(workerData, 8));
      header[1] = written;
      Atomics.add(header, 0, 1);
    `;
    const resourceLimits = { maxOldGenerationSizeMb: limit };
    return new Worker(note + body, { eval: true, workerData: notes, resourceLimits });
  };

  it("ends a thread that hangs, and says at which input", async () => {
    const ending = await watch(thread("for (;;);"), notes, 300);
    expect(ending).toEqual({ kind: "fault", fault: "hangs for 300 ms", input: "the input" });
  });

  it("knows at which input a thread ran out of memory", async () => {
    const ending = await watch(
      thread("const all = []; for (;;) all.push(new Array(1e5).fill(all));", 32),
      notes,
      20_000,
    );
    expect(ending).toMatchObject({ kind: "fault", fault: expect.stringContaining("memory"), input: "the input" });
  });

  it("passes on how a thread ended", async () => {
    expect(await watch(thread("process.exit(3);"), notes, 5000)).toEqual({ kind: "ended", code: 3 });
  });

  it("reads back what was noted", () => {
    noteInput(notes, "an input: é");
    expect(notedInput(notes)).toBe("an input: é");
  });
});
