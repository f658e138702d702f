/**
 * Integers and enum values that a grpc-js handler returns without care: what our encoders make of them is what clients of the service
 * got before, when @grpc/proto-loader sent the reply.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DescMessage, fromBinary, toJson } from "@bufbuild/protobuf";
import { loadSync, type MessageTypeDefinition } from "@grpc/proto-loader";
import Long from "long";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { protoLoaderDefaults } from "../../src/emit/message-style.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { fc } from "../support/property.js";
import { registryFromProto } from "../support/proto-registry.js";

const types = [
  "int32",
  "sint32",
  "sfixed32",
  "uint32",
  "fixed32",
  "int64",
  "sint64",
  "sfixed64",
  "uint64",
  "fixed64",
  "Genre",
  "Closed.Level",
];
const source = `
  syntax = "proto3";
  package test;
  import "google/protobuf/wrappers.proto";
  enum Genre { GENRE_UNSPECIFIED = 0; FICTION = 1; NEGATIVE = -1; LARGEST = 2147483647; }
  message Closed { enum Level { option allow_alias = true; NONE = 0; LOW = 1; ALSO_LOW = 1; } }
  ${types
    .map(
      (type) => `message ${messageName(type)} {
        ${type} one = 1;
        optional ${type} maybe = 2;
        repeated ${type} many = 3;
        map<string, ${type}> named = 4;
      }`,
    )
    .join("\n")}
  message Wrapped { google.protobuf.Int32Value one = 1; google.protobuf.UInt64Value maybe = 2; }
`;

function messageName(type: string): string {
  return `Of${type.replace(".", "")}`;
}

describe.each([...types.map(messageName), "Wrapped"])("%s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "proto-loader-"));
  let codec: LoadedCodec;
  let schema: DescMessage;
  let serialize: MessageTypeDefinition<object, object>["serialize"];
  beforeAll(async () => {
    writeFileSync(join(folder, "test.proto"), source);
    const definition = loadSync(join(folder, "test.proto"))[`test.${name}`];
    ({ serialize } = definition as MessageTypeDefinition<object, object>);
    schema = registryFromProto(source).getMessage(`test.${name}`) as DescMessage;
    const style = { style: protoLoaderDefaults, transcoding: { emitDefaults: false } };
    codec = (await loadCodecTable({ "test.proto": source }, style)).get(`test.${name}`) as LoadedCodec;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const reply = (value: unknown): object => {
    if (name === "Wrapped") return { one: { value }, maybe: { value } };
    // Of 64 bits protobufjs refuses null where others are zero.
    const many = value == null ? {} : { many: [value, value] };
    // What is no enum value for protobufjs it leaves out where it can, and we do not.
    const isLeftOut = value == null || (isEnum(name) && typeof value !== "number");
    return { one: value, ...many, ...(isLeftOut ? {} : { maybe: value, named: { a: value } }) };
  };

  /** What JSON says of the bytes that proto-loader sends, and of ours in both formats; null for an error. */
  function outcomes(value: unknown): unknown[] {
    const json =
      (bytes: () => Uint8Array): (() => unknown) =>
      () =>
        toJson(schema, fromBinary(schema, bytes()));
    return [
      json(() => serialize(reply(value))),
      json(() => codec.encodeBinary(reply(value)) as Uint8Array),
      () => JSON.parse(codec.encodeJson(reply(value)) as string),
    ].map((outcome) => {
      try {
        return outcome();
      } catch {
        return null;
      }
    });
  }

  const expectSame = (value: unknown): void => {
    const [before, ...now] = outcomes(value);
    expect(now).toEqual([before, before]);
  };

  it.each<[unknown]>([
    ...[2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 63, -(2 ** 63), 2 ** 64, 1e20, -1e20, 1e39, 2 ** 53 + 2].map(one),
    ...[-1, -0, 0.5, -0.5, 1.9, -1.9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(one),
    ...["7", "-1", "0.5", "x", " 7 ", "12x", "99999999999999999999999", "-99999999999999999999999"].map(one),
    ...["FICTION", "LOW", "ALSO_LOW", "fiction"].map(one),
    ...[true, false, null, undefined, {}, new Date(5), () => 1].map(one),
    ...[new Long(5, 0), new Long(-1, -1), new Long(-1, -1, true), new Long(0, -(2 ** 31), true)].map(one),
    ...[new Long(-5, -1), new Long(1, 2 ** 20), new Long(1, 2 ** 30, true), { low: 5 }, { high: 5 }].map(one),
  ])("%s", expectSame);

  it("any number", () => {
    fc.assert(fc.property(fc.double(), expectSame));
  });

  it("any digits", () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String), expectSame));
  });
});

function isEnum(name: string): boolean {
  return name === "OfGenre" || name === "OfClosedLevel";
}

function one(value: unknown): [unknown] {
  return [value];
}
