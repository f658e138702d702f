/** Maps of ts-proto whose keys are bool, or 64-bit integers that are a bigint or a Long: a Map, as ts-proto's own code has it. */
import { deepStrictEqual } from "node:assert/strict";
import { fromBinary, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { type MessageStyle, tsProtoStyle } from "../../src/emit/message-style.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { randomMessage, seededRandom } from "../support/random-message.js";
import { type Echo, type EchoRequest, loadEcho } from "../transcoding/echo-service.js";
import { loadTsProto, type TsProtoType } from "../support/ts-proto.js";

const source = `
  syntax = "proto3";
  package test;
  message Part { string name = 1; }
  message Keyed {
    map<bool, string> flags = 1;
    map<int64, Part> signed = 2;
    map<fixed64, int64> unsigned = 3;
    map<sint64, bool> zigzag = 4;
    map<int32, string> short = 5;
    map<string, Part> named = 6;
  }
`;

const schema = registryFromProto({ "types.proto": source }).getMessage("test.Keyed");
if (schema === undefined) throw new Error("no test.Keyed");

const forms: readonly (readonly [longs: MessageStyle["longs"], option: string])[] = [
  ["Number", "forceLong=number"],
  ["BigInt", "forceLong=bigint"],
  ["String", "forceLong=string"],
  ["Long", "forceLong=long"],
];

/** A value with the Longs of every copy of the package as texts. */
function seen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [seen(key), seen(entry)]));
  if ("unsigned" in value && "low" in value) return `${value.unsigned ? "unsigned " : ""}Long ${value}`;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, seen(member)]));
}

describe.each(forms)("64-bit integers as %s", (longs, option) => {
  let codec: LoadedCodec;
  let theirType: TsProtoType;
  beforeAll(async () => {
    const style = { ...tsProtoStyle, longs };
    const table = await loadCodecTable({ "types.proto": source }, { style, transcoding: { emitDefaults: false } });
    codec = table.get("test.Keyed") as LoadedCodec;
    theirType = (await loadTsProto(source, [option, "esModuleInterop=true"])).Keyed as TsProtoType;
  });

  const agree = (bytes: Uint8Array): void => {
    const theirs = theirType.decode(bytes);
    deepStrictEqual(seen(codec.decodeBinary(bytes)), seen(theirs));
    const json = toJson(schema, fromBinary(schema, bytes));
    deepStrictEqual(seen(codec.decodeJson(json)), seen(theirs));
    expect(JSON.parse(codec.encodeJson(theirs))).toEqual(json);
    const readBack = (encoded: Uint8Array): JsonValue => toJson(schema, fromBinary(schema, encoded));
    deepStrictEqual(readBack(codec.encodeBinary(theirs)), json);
  };

  it("an empty message", () => agree(new Uint8Array(0)));

  it("random messages", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 100; round++) {
      const message = randomMessage(schema, random, []) as unknown as Record<string, Record<string, unknown>>;
      // The library's numbers end at 2^53, and refuse what is beyond.
      if (longs === "Number") for (const name of ["signed", "unsigned", "zigzag"]) message[name] = {};
      agree(toBinary(schema, message as never));
    }
  });

  it("an entry without key and value", () => agree(Uint8Array.of(10, 0, 26, 0, 34, 0)));

  it("an object in place of a Map, as code without types may have it", () => {
    const json = { flags: { true: "x", false: "y" }, unsigned: { 7: "1" } };
    const message = { flags: json.flags, unsigned: { 7: 1 } };
    expect(JSON.parse(codec.encodeJson(message))).toEqual(json);
    expect(toJson(schema, fromBinary(schema, codec.encodeBinary(message)))).toEqual(json);
    expect(() => codec.encodeBinary({ flags: 5 })).toThrow("expected a map");
  });
});

describe.each(forms)("in a query, 64-bit integers as %s", (longs) => {
  let ask: (request: EchoRequest) => Promise<Echo>;
  beforeAll(async () => {
    const service = `
      import "google/api/annotations.proto";
      service Keys { rpc Get(Keyed) returns (Keyed) { option (google.api.http) = { get: "/v1/keys" }; } }`;
    const proto = source.replace("package test;", `package test; ${service}`);
    ask = await loadEcho(proto, { style: { ...tsProtoStyle, longs } });
  });

  it("entries are set by their keys", async () => {
    const query = "flags[true]=x&flags[false]=y&unsigned[18446744073709551615]=-5&zigzag[-7]=true&short[3]=z";
    expect(await ask({ target: `/v1/keys?${query}` })).toMatchObject({
      status: 200,
      json: {
        flags: { true: "x", false: "y" },
        unsigned: { "18446744073709551615": "-5" },
        zigzag: { "-7": true },
        short: { 3: "z" },
      },
    });
  });

  it("keys of another type are refused", async () => {
    for (const pair of ["flags[maybe]=x", "zigzag[x]=true", "unsigned[-1]=1"])
      expect(await ask({ target: `/v1/keys?${pair}` })).toMatchObject({ status: 400 });
  });
});
