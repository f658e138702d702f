/** The styles `ts-proto` and `protobuf-es` against those libraries: the objects that they make, and the bytes that they read. */
import { deepStrictEqual } from "node:assert/strict";
import { create, equals, fromBinary, fromJson, isMessage, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { type MessageStyle, protobufEsStyle, tsProtoStyle } from "../../src/model/message-style.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { registryFromProto } from "../support/proto-registry.js";
import { randomMessage, seededRandom } from "../support/random-message.js";
import { loadTsProto, type TsProtoType } from "../support/ts-proto.js";

const source = `
  syntax = "proto3";
  package test;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Genre { GENRE_UNSPECIFIED = 0; FICTION = 1; HISTORY = 2; }
  message Author { string given_name = 1; optional int32 birth_year = 2; }
  message Book {
    string name = 1;
    int64 copies = 2;
    uint64 serial = 3;
    bytes cover = 4;
    double price = 5;
    bool available = 6;
    Genre genre = 7;
    Author author = 8;
    repeated Author editors = 9;
    repeated int64 years = 10;
    map<string, Author> translators = 11;
    map<int32, string> chapters = 12;
    optional string subtitle = 13;
    optional Genre second_genre = 14;
    oneof format { string ebook_url = 15; Author hand_written = 16; uint32 shelf_1a = 17; }
    google.protobuf.Timestamp create_time = 18;
    google.protobuf.Duration loan = 19;
    google.protobuf.FieldMask mask = 20;
    google.protobuf.Struct labels = 21;
    google.protobuf.Int64Value rating = 22;
    repeated google.protobuf.StringValue notes = 23;
    google.protobuf.Value extra = 24;
    google.protobuf.ListValue extras = 25;
    google.protobuf.Any detail = 26;
    google.protobuf.BoolValue flag = 27;
    repeated google.protobuf.Timestamp loans = 28;
    map<string, google.protobuf.Timestamp> returned = 29;
    repeated google.protobuf.Struct sheets = 30;
    string SHELF_mark = 31;
    string _odd = 32;
    repeated Genre genres = 33;
  }
  message Choice {
    oneof constructor { google.protobuf.StringValue text = 1; google.protobuf.Struct object = 2; bytes to_string = 3; }
    string value_of = 4;
  }
`;

const full: JsonValue = {
  name: "books/1",
  copies: "1234567",
  serial: "7",
  cover: "AQID",
  price: 12.5,
  available: true,
  genre: "HISTORY",
  author: { givenName: "Ursula", birthYear: 1929 },
  editors: [{ givenName: "A" }, {}],
  years: ["1", "-2"],
  translators: { es: { givenName: "B" }, __proto__x: {} },
  chapters: { "1": "one", "-2": "two" },
  subtitle: "",
  secondGenre: "FICTION",
  handWritten: { givenName: "C" },
  createTime: "2024-02-29T12:34:56.789Z",
  loan: "-1.5s",
  mask: "givenName,author.birthYear",
  labels: { a: 1, b: [true, null, { c: "d" }] },
  rating: "5",
  notes: ["x", ""],
  extra: { deep: [1, "two"] },
  extras: [1, null, {}],
  flag: false,
  loans: ["1970-01-01T00:00:01.500Z"],
  returned: { a: "1970-01-01T00:00:00Z" },
  sheets: [{ a: null }],
  SHELFMark: "m",
  Odd: "o",
  genres: ["FICTION", "GENRE_UNSPECIFIED"],
};
const cases: readonly (readonly [name: string, type: string, json: JsonValue])[] = [
  ["nothing", "Book", {}],
  ["everything", "Book", full],
  ["a member that is a number", "Book", { shelf1a: 0 }],
  ["a member that is text", "Book", { ebookUrl: "" }],
  ["null in a Value", "Book", { extra: null }],
  ["an unknown number of an enum", "Book", { genre: 77 }],
];

const registry = registryFromProto(source);
const schemaOf = (type: string) => {
  const schema = registry.getMessage(`test.${type}`);
  if (schema === undefined) throw new Error(`no message ${type}`);
  return schema;
};
const codecOf = async (style: MessageStyle, type: string): Promise<LoadedCodec> => {
  const codec = (await loadCodecTable({ "test.proto": source }, { style, transcoding: { emitDefaults: false } })).get(
    `test.${type}`,
  );
  if (codec === undefined) throw new Error(`no codec for ${type}`);
  return codec;
};

describe("protobuf-es", () => {
  let codecs: Readonly<Record<string, LoadedCodec>>;
  beforeAll(async () => {
    codecs = { Book: await codecOf(protobufEsStyle, "Book"), Choice: await codecOf(protobufEsStyle, "Choice") };
  });

  it.each([
    ...cases,
    ["a wrapper in a oneof", "Choice", { text: "x" }] as const,
    ["a Struct in a oneof", "Choice", { object: { a: 1 } }] as const,
    ["names of Object.prototype", "Choice", { toString: "AQ==", valueOf: "v" }] as const,
  ])("%s", (_, type, json) => {
    const schema = schemaOf(type);
    const theirs = fromJson(schema, json);
    const bytes = toBinary(schema, theirs);
    deepStrictEqual(codecs[type]?.decodeBinary(bytes), theirs);
    deepStrictEqual(codecs[type]?.decodeJson(json), theirs);
    deepStrictEqual(
      toJson(schema, fromBinary(schema, codecs[type]?.encodeBinary(theirs) ?? bytes)),
      toJson(schema, theirs),
    );
    deepStrictEqual(codecs[type]?.decodeJson(JSON.parse(JSON.stringify(codecs[type]?.encodeJson(theirs)))), theirs);
  });

  it("makes objects that the library takes for its own messages", () => {
    const book = codecs.Book?.decodeJson({ author: {} }) as { author: unknown };
    expect(isMessage(book, schemaOf("Book"))).toBe(true);
    expect(isMessage(book.author, schemaOf("Author"))).toBe(true);
  });

  it("encodes what create takes: messages without $typeName, with properties left out", () => {
    const init = {
      name: "books/2",
      author: { givenName: "D" },
      editors: [{ birthYear: 1 }],
      translators: { a: {} },
      format: { case: "handWritten", value: { givenName: "E" } },
      createTime: { seconds: 1n },
      rating: 3n,
      notes: [{ value: "x" }],
      labels: { a: [1] },
    };
    const schema = schemaOf("Book");
    const theirs = create(schema, init as never);
    expect(equals(schema, fromBinary(schema, codecs.Book?.encodeBinary(init) ?? new Uint8Array(0)), theirs)).toBe(true);
    deepStrictEqual(codecs.Book?.decodeJson(JSON.parse(JSON.stringify(codecs.Book?.encodeJson(init)))), theirs);
  });

  it("agrees on 200 random messages", () => {
    const schema = schemaOf("Book");
    for (let seed = 0; seed < 200; seed++) {
      const theirs = randomMessage(schema, seededRandom(seed));
      const bytes = toBinary(schema, theirs);
      deepStrictEqual(codecs.Book?.decodeBinary(bytes), fromBinary(schema, bytes), `seed ${seed}`);
      const ours = fromBinary(schema, codecs.Book?.encodeBinary(theirs) ?? bytes);
      expect(Buffer.compare(toBinary(schema, ours), bytes), `seed ${seed}`).toBe(0);
    }
  });
});

describe("ts-proto", () => {
  let codec: LoadedCodec;
  let theirType: TsProtoType;
  beforeAll(async () => {
    codec = await codecOf(tsProtoStyle, "Book");
    theirType = (await loadTsProto(source, [])).Book as TsProtoType;
  });

  it.each(cases)("%s", (_, type, json) => {
    const schema = schemaOf(type);
    const bytes = toBinary(schema, fromJson(schema, json));
    const theirs = theirType.decode(bytes);
    deepStrictEqual(codec.decodeBinary(bytes), theirs);
    deepStrictEqual(codec.decodeJson(json), theirs);
    const readBack = (encoded: Uint8Array): JsonValue => toJson(schema, fromBinary(schema, encoded));
    deepStrictEqual(readBack(codec.encodeBinary(theirs)), readBack(theirType.encode(theirs).finish()));
    deepStrictEqual(codec.decodeJson(JSON.parse(JSON.stringify(codec.encodeJson(theirs)))), theirs);
  });

  it("writes times before 1970 as valid Timestamps, where ts-proto writes negative nanos", () => {
    const bytes = codec.encodeBinary({ createTime: new Date(-500) });
    const read = fromBinary(schemaOf("Book"), bytes) as unknown as { createTime: { seconds: bigint; nanos: number } };
    expect(read.createTime).toMatchObject({ seconds: -1n, nanos: 500_000_000 });
    expect(codec.decodeBinary(bytes)).toMatchObject({ createTime: new Date(-500) });
  });

  it("refuses a time that no Date can hold", () => {
    const bytes = Buffer.from("92010a08ffffffffffffffff7f", "hex");
    expect(() => codec.decodeBinary(bytes)).toThrow("create_time: expected a time that a Date can hold");
  });
});
