/** The styles `ts-proto` and `protobuf-es` against those libraries: the objects that they make, and the bytes that they read. */
import { deepStrictEqual } from "node:assert/strict";
import {
  create,
  equals,
  fromBinary,
  fromJson,
  isFieldSet,
  isMessage,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { type MessageStyle, protobufEsStyle, tsProtoStyle } from "../../src/emit/message-style.js";
import { type CodecTable, type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
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
const codecOf = async (style: MessageStyle, type: string, packageName = "test"): Promise<LoadedCodec> => {
  const codec = (await loadCodecTable({ "test.proto": source }, { style, transcoding: { emitDefaults: false } })).get(
    `${packageName}.${type}`,
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
    deepStrictEqual(codecs[type]?.decodeJson(JSON.parse(codecs[type]?.encodeJson(theirs) ?? "")), theirs);
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
    deepStrictEqual(codecs.Book?.decodeJson(JSON.parse(codecs.Book?.encodeJson(init) ?? "")), theirs);
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

describe("protobuf-es, messages of proto2 and editions", () => {
  const proto2 = `
    syntax = "proto2";
    package old;
    enum Size { SMALL = 3; LARGE = 7; }
    enum Grade { FAILED = 0; PASSED = 1; }
    message Crate {
      optional int32 count = 1 [default = 41];
      optional int64 serial = 2 [default = -9007199254740993];
      optional string label = 3 [default = "a\\"b"];
      optional bytes mark = 4 [default = "\\001\\377"];
      optional Size size = 5 [default = LARGE];
      optional Size first = 6;
      optional double ratio = 7 [default = inf];
      optional bool open = 8 [default = true];
      optional string plain = 9;
      required uint32 id = 10;
      optional Crate inner = 11;
      repeated Size sizes = 12;
      oneof content { string text = 13; Size sized = 14; }
      map<string, Grade> by_name = 15;
      optional group Lid = 16 { optional float weight = 1 [default = 0.5]; }
      optional string to_string = 17 [default = "x"];
    }
    message Holder { optional Crate crate = 1; }
  `;
  const edition = `
    edition = "2023";
    package fresh;
    message Jar {
      int32 count = 1 [default = 5];
      int32 implicit = 2 [features.field_presence = IMPLICIT];
      string text = 3;
      Jar inner = 4 [features.message_encoding = DELIMITED];
    }
  `;
  const schemas = registryFromProto({ "old.proto": proto2, "fresh.proto": edition });
  const schema = (name: string) => {
    const found = schemas.getMessage(name);
    if (found === undefined) throw new Error(`no message ${name}`);
    return found;
  };
  let table: CodecTable;
  beforeAll(async () => {
    table = await loadCodecTable(
      { "old.proto": proto2, "fresh.proto": edition },
      { style: protobufEsStyle, transcoding: { emitDefaults: false } },
    );
  });
  const codec = (name: string): LoadedCodec => {
    const found = table.get(name);
    if (found === undefined) throw new Error(`no codec for ${name}`);
    return found;
  };
  /** What a handler can see: own properties, and what the others read as; prototypes of their own would differ. */
  const seen = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(seen);
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
    const all: Record<string, unknown> = {};
    for (const key in value)
      all[`${Object.hasOwn(value, key) ? "own" : "inherited"} ${key}`] = seen((value as never)[key]);
    return all;
  };

  it.each([
    ["old.Crate", "5001"],
    ["old.Crate", "0800 1000 1a00 2200 2803 3003 3900000000000000 00 4000 4a00 5000 8a0100"],
    ["old.Crate", "5001 5a04 0801 5001 8301 0d0000003f 8401 60036007 6a0161 7a050a01611001"],
    ["old.Crate", "5001 f80105 fa0103616263 fd0101020304 f9010102030405060708 fb010801fc01"],
    ["old.Crate", "2801 5001 6007 7063 3063"],
    ["old.Holder", "0a02 5001 0a05 f80105 5002"],
    ["fresh.Jar", ""],
    ["fresh.Jar", "0800 1000 1a00 23 0807 24 2806"],
  ])("%s %s: the same properties, defaults and unknown fields", (name, hex) => {
    const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
    const theirs = fromBinary(schema(name), bytes);
    const ours = codec(name).decodeBinary(bytes);
    deepStrictEqual(seen(ours), seen(theirs));
    for (const field of schema(name).fields)
      expect(isFieldSet(ours as typeof theirs, field), field.name).toBe(isFieldSet(theirs, field));
    const again = toBinary(schema(name), theirs);
    expect(Buffer.from(toBinary(schema(name), ours as typeof theirs))).toEqual(Buffer.from(again));
    expect(Buffer.from(codec(name).encodeBinary(theirs))).toEqual(Buffer.from(again));
    expect(Buffer.from(codec(name).encodeBinary(ours))).toEqual(Buffer.from(again));
    const json = toJson(schema(name), theirs);
    expect(JSON.parse(codec(name).encodeJson(theirs))).toEqual(json);
    expect(JSON.parse(codec(name).encodeJson(ours))).toEqual(json);
    deepStrictEqual(seen(codec(name).decodeJson(json)), seen(fromJson(schema(name), json)));
  });

  it("agrees on 200 random messages", () => {
    for (let seed = 0; seed < 200; seed++) {
      const theirs = randomMessage(schema("old.Crate"), seededRandom(seed));
      (theirs as unknown as { id: number }).id = seed;
      const bytes = toBinary(schema("old.Holder"), create(schema("old.Holder"), { crate: theirs } as never));
      const ours = codec("old.Holder").decodeBinary(bytes);
      deepStrictEqual(seen(ours), seen(fromBinary(schema("old.Holder"), bytes)), `seed ${seed}`);
      expect(Buffer.compare(codec("old.Holder").encodeBinary(fromBinary(schema("old.Holder"), bytes)), bytes)).toBe(0);
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
    deepStrictEqual(codec.decodeJson(JSON.parse(codec.encodeJson(theirs))), theirs);
  });

  it.each<[type: string, file: string, json: JsonValue]>([
    ["Int64Value", "wrappers", "5"],
    ["StringValue", "wrappers", ""],
    ["Struct", "struct", { a: [1, null, { b: "c" }] }],
    ["Value", "struct", { a: [true] }],
    ["Value", "struct", [1, "two", {}]],
    ["Value", "struct", null],
    ["ListValue", "struct", [1, {}]],
    ["Timestamp", "timestamp", "2024-02-29T12:34:56.789Z"],
    ["FieldMask", "field_mask", "a,b.c"],
  ])("%s of %s.proto as a request or reply is the message: %j", async (type, file, json) => {
    const schema = registry.getMessage(`google.protobuf.${type}`);
    if (schema === undefined) throw new Error(`no message ${type}`);
    const alone = await codecOf(tsProtoStyle, type, "google.protobuf");
    const theirs = (await loadTsProto(source, [], `google/protobuf/${file}`))[type] as TsProtoType;
    const bytes = toBinary(schema, fromJson(schema, json));
    const message = theirs.decode(bytes);
    deepStrictEqual(alone.decodeBinary(bytes), message);
    deepStrictEqual(alone.decodeJson(json), message);
    deepStrictEqual(toJson(schema, fromBinary(schema, alone.encodeBinary(message))), json);
    deepStrictEqual(JSON.parse(alone.encodeJson(message)), json);
  });

  it("writes times before 1970 as valid Timestamps, where ts-proto writes negative nanos", () => {
    const bytes = codec.encodeBinary({ createTime: new Date(-500) });
    const read = fromBinary(schemaOf("Book"), bytes) as unknown as { createTime: { seconds: bigint; nanos: number } };
    expect(read.createTime).toMatchObject({ seconds: -1n, nanos: 500_000_000 });
    expect(codec.decodeBinary(bytes)).toMatchObject({ createTime: new Date(-500) });
  });

  it("keeps what is below a millisecond with the Date, until its time is another", () => {
    const json = { createTime: "1999-12-31T23:59:59.123456789Z", returned: { a: "1969-12-31T23:59:59.999999999Z" } };
    const book = codec.decodeJson(json) as { createTime: Date };
    deepStrictEqual(book.createTime, new Date("1999-12-31T23:59:59.123Z"));
    expect(JSON.parse(codec.encodeJson(codec.decodeBinary(codec.encodeBinary(book))))).toMatchObject(json);
    book.createTime.setUTCFullYear(2000);
    expect(JSON.parse(codec.encodeJson(book))).toMatchObject({ createTime: "2000-12-31T23:59:59.123Z" });
  });

  it("refuses a time that no Date can hold", () => {
    const bytes = Buffer.from("92010a08ffffffffffffffff7f", "hex");
    expect(() => codec.decodeBinary(bytes)).toThrow("create_time: expected a time that a Date can hold");
  });
});
