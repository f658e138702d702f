/** Few bytes become no more than there is memory for, in JSON, in protobuf and in what an Any holds; what handlers decode themselves is not counted. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type * as body from "../../src/runtime/binding/body.js";
import type * as requests from "../../src/runtime/binding/request-list.js";
import type * as protobuf from "../../src/runtime/calls/protobuf-body.js";
import type { JsonDecoder } from "../../src/runtime/json/parse-json.js";
import type * as memory from "../../src/runtime/memory-bound.js";
import { emitCodecs } from "../support/emit-json.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

const proto = `syntax = "proto3"; package t;
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";
message Item { string text = 1; repeated int32 numbers = 2; map<string, string> labels = 3; }
message Whole {
  repeated Item items = 1;
  repeated bytes data = 2;
  repeated google.protobuf.Any anys = 3;
  google.protobuf.Struct struct = 4;
}`;

/** Slots of a function of 1 MB, and what is left of them beside a Whole and one list. */
const bound = 8192;
const inWhole = bound - (8 + 9) - 4;
const exhausted = expect.objectContaining({ code: "RESOURCE_EXHAUSTED" });

/** Codecs and the runtime that they are bundled with. */
interface Loaded
  extends Pick<typeof body, "messageBody" | "fieldBody">,
    Pick<typeof requests, "readRequests">,
    Pick<typeof protobuf, "protobufBody">,
    Pick<typeof memory, "boundMemory" | "memoryLeft" | "takeMemory"> {
  readonly decodeWhole: JsonDecoder<object>;
  readonly encodeWhole: (message: object) => string;
}

let codec: Loaded;
let decodeBinary: (bytes: Uint8Array) => object;
beforeAll(async () => {
  const plan = planFromProto({ "t.proto": proto }, { transcoding: { unknownFields: "ignore" } });
  const rooms = ["binding/body", "binding/request-list", "calls/protobuf-body", "memory-bound"];
  const paths = ["gen/t.json", ...rooms.map((path) => `gen/runtime/${path}`), "gen/t.binary"];
  const modules = await loadEmitted(emitCodecs(plan), paths);
  codec = Object.assign({}, ...modules.slice(0, -1)) as Loaded;
  decodeBinary = modules.at(-1)?.decodeWholeBinary as typeof decodeBinary;
});
beforeEach(() => vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1"));
afterEach(() => vi.unstubAllEnvs());

describe("the bound", () => {
  it.each([bound - 1, bound])("has %s slots", (slots) => {
    codec.boundMemory();
    expect(() => codec.takeMemory(slots)).not.toThrow();
  });

  it("has not one more", () => {
    codec.boundMemory();
    expect(() => codec.takeMemory(bound + 1)).toThrow(exhausted);
  });

  it("is what the function has, and 512 MB where it does not say", () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    codec.boundMemory();
    expect(codec.memoryLeft()).toBe(1024 * bound);
    vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", undefined);
    codec.boundMemory();
    expect(codec.memoryLeft()).toBe(512 * bound);
  });

  it("ends with the synchronous work under way", async () => {
    codec.boundMemory();
    await Promise.resolve();
    expect(codec.memoryLeft()).toBe(Number.POSITIVE_INFINITY);
    expect(() => codec.takeMemory(1e9)).not.toThrow();
  });
});

const http = (content: string | Uint8Array) => ({ query: "", contentType: "", body: content });
const read = (members: string): unknown => codec.messageBody(http(`{${members}}`), codec.decodeWhole);
const readBinary = (hex: string): object => codec.protobufBody(http(Buffer.from(hex, "hex")), decodeBinary);
const list = (count: number, text: string): string => `[${Array(count).fill(text).join()}]`;
const item = 8 + 12;

describe("what is counted", () => {
  it.each<[string, number, (count: number) => unknown]>([
    ["messages in JSON, by what they have from the start", inWhole / item, (n) => read(`"items":${list(n, "{}")}`)],
    ["bytes in JSON", inWhole / 24, (n) => read(`"data":${list(n, '""')}`)],
    ["Anys in JSON", inWhole / 48, (n) => read(`"anys":${list(n, "{}")}`)],
    ["objects in a Struct", (inWhole - 8) / 8, (n) => read(`"struct":{"a":${list(n, "{}")}}`)],
    ["lists in a Struct", (inWhole - 8) / 4, (n) => read(`"struct":{"a":${list(n, "[]")}}`)],
    [
      "objects that the exact reader reads",
      (bound - 8) / 8,
      (n) => codec.fieldBody(http(`[9007199254740993,${list(n, "{}")}]`)),
    ],
    [
      "messages of a stream together",
      bound / (8 + 9),
      (n) => codec.readRequests(http("{}".repeat(n)), codec.decodeWhole),
    ],
    ["messages in protobuf", (bound - 17) / item, (n) => readBinary("0a00".repeat(n))],
    ["bytes in protobuf", (bound - 17) / 24, (n) => readBinary("1200".repeat(n))],
    ["unknown fields in protobuf", (bound - 17) / 40, (n) => readBinary("7801".repeat(n))],
  ])("%s", (_, slots, take) => {
    const most = Math.floor(slots);
    for (const count of [most - 1, most]) expect(() => take(count)).not.toThrow();
    expect(() => take(most + 1)).toThrow(exhausted);
  });

  it("what Anys hold, when they are printed, all of them together", () => {
    const value = "0a00".repeat(100);
    const any = `0a08${Buffer.from("/t.Whole").toString("hex")}12c801${value}`;
    const field = `1ad501${any}`;
    const few = decodeBinary(Buffer.from(field.repeat(2), "hex"));
    const many = decodeBinary(Buffer.from(field.repeat(10), "hex"));
    expect(() => codec.encodeWhole(few)).not.toThrow();
    expect(() => codec.encodeWhole(many)).toThrow(exhausted);
  });

  it("nothing of what a handler decodes by itself", () => {
    const text = `{"items":${list(10_000, "{}")}}`;
    expect(() => codec.decodeWhole(JSON.parse(text))).not.toThrow();
  });
});
