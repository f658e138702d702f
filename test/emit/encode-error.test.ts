/** Where in a reply its encoder failed: paths that are put together after the fact, for JSON and binary, in every style. */
import { beforeAll, describe, expect, it } from "vitest";
import Long from "long";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import { EncodeError } from "../../src/runtime/values/encode-error.js";
import { encodeReply } from "../../src/runtime/calls/encode-reply.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";

const source = `
  syntax = "proto3";
  package test;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  enum Genre { GENRE_UNSPECIFIED = 0; FICTION = 1; }
  message Book {
    string name = 1;
    int64 copies = 2;
    int32 page_count = 3;
    google.protobuf.Timestamp create_time = 4;
    google.protobuf.Duration loan = 5;
    repeated int32 years = 6;
    map<string, int64> sales = 7;
    map<string, Book> translations = 8;
    oneof format { uint32 shelf = 9; Book bound = 10; }
    google.protobuf.Struct labels = 11;
    google.protobuf.FieldMask mask = 12;
    google.protobuf.Any detail = 13;
    Genre genre = 14;
    repeated Genre genres = 15;
    bytes cover = 16;
    repeated bytes covers = 17;
    float price = 18;
  }
  message Shelf { repeated Book books = 1; }
`;

type Codecs = Readonly<Record<string, LoadedCodec>>;
const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader, keepCase": { ...protoLoaderDefaults, names: "proto", oneofs: "virtual", longs: "String" },
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
};
const codecs: Record<string, Codecs> = {};

beforeAll(async () => {
  for (const [name, style] of Object.entries(styles)) {
    const table = await loadCodecTable({ "test.proto": source }, { style });
    codecs[name] = { Book: table.get("test.Book") as LoadedCodec, Shelf: table.get("test.Shelf") as LoadedCodec };
  }
});

function failure(encode: ((reply: unknown) => unknown) | undefined, reply: unknown): unknown {
  try {
    return encodeReply(encode ?? String, reply);
  } catch (error) {
    return error instanceof EncodeError ? error.message : error;
  }
}

const jsonFailure = (style: string, book: unknown): unknown => failure(codecs[style]?.Book?.encodeJson, book);
const binaryFailure = (style: string, book: unknown): unknown => failure(codecs[style]?.Book?.encodeBinary, book);

describe("JSON", () => {
  it.each<[style: string, book: object, text: string]>([
    ["idiomatic", { copies: 1n, pageCount: 2 ** 31 }, "pageCount: expected a 32-bit integer, found 2147483648"],
    ["idiomatic", { copies: 2n ** 63n }, "copies: expected a 64-bit integer, found 9223372036854775808"],
    ["idiomatic", { years: [1, 2, "x"] }, 'years[2]: expected a 32-bit integer, found "x"'],
    ["idiomatic", { years: 5 }, "years: expected a list, found 5"],
    ["idiomatic", { sales: { a: 1n, b: "x", c: 2n } }, 'sales.b: expected a 64-bit integer, found "x"'],
    ["idiomatic", { sales: { "a b": "x" } }, 'sales["a b"]: expected a 64-bit integer, found "x"'],
    ["idiomatic", { sales: "x" }, 'sales: expected a map, found "x"'],
    [
      "idiomatic",
      { translations: { es: { price: 1e39 } } },
      "translations.es.price: expected a number in the range of a float, found 1e+39",
    ],
    [
      "idiomatic",
      { format: { case: "shelf", value: -1 } },
      "format.value: expected an unsigned 32-bit integer, found -1",
    ],
    [
      "idiomatic",
      { createTime: { seconds: 2n ** 40n, nanos: 0 } },
      "createTime: expected a google.protobuf.Timestamp, found 1099511627776 s, 0 ns",
    ],
    ["idiomatic", { loan: { seconds: 1n, nanos: -1 } }, "loan: expected a google.protobuf.Duration, found 1 s, -1 ns"],
    ["idiomatic", { labels: { a: [1, Number.NaN] } }, "labels.a[1]: expected a JSON value, found NaN"],
    [
      "idiomatic",
      { mask: { paths: ["a", "B"] } },
      'mask.paths[1]: expected a field path that lowerCamelCase can express, found "B"',
    ],
    ["idiomatic", { genre: "NONE" }, 'genre: expected an enum value, found "NONE"'],
    ["proto-loader", { cover: 5 }, "cover: expected bytes, found 5"],
    ["proto-loader", { bound: { bound: { copies: "" } } }, 'bound.bound.copies: expected a 64-bit integer, found ""'],
    [
      "proto-loader, keepCase",
      { create_time: { seconds: "9999999999999" } },
      "create_time: expected a google.protobuf.Timestamp, found 9999999999999 s, 0 ns",
    ],
    ["ts-proto", { createTime: new Date(Number.NaN) }, "createTime: expected a time, found an invalid Date"],
    [
      "ts-proto",
      { createTime: new Date(8.64e15) },
      "createTime: expected a google.protobuf.Timestamp, found 8640000000000 s, 0 ns",
    ],
    ["ts-proto", { mask: ["A"] }, 'mask[0]: expected a field path that lowerCamelCase can express, found "A"'],
    ["protobuf-es", { format: { case: "bound", value: { cover: 7 } } }, "format.value.cover: expected bytes, found 7"],
  ])("%s: %o", (style, book, text) => {
    expect(jsonFailure(style, book)).toBe(text);
  });

  it.each(Object.keys(styles))("%s: leads through lists of messages", (style) => {
    const books = [{}, {}, {}, { cover: 0.5 }];
    expect(failure(codecs[style]?.Shelf?.encodeJson, { books })).toBe("books[3].cover: expected bytes, found 0.5");
  });
});

describe("binary", () => {
  it.each<[style: string, book: object, text: string]>([
    ["idiomatic", { copies: "x" }, 'copies: expected a 64-bit integer, found "x"'],
    ["idiomatic", { sales: { a: 1n, b: "x", c: 2n } }, 'sales.b: expected a 64-bit integer, found "x"'],
    [
      "idiomatic",
      { translations: { a: {}, es: { covers: [new Uint8Array(0), 1] }, z: {} } },
      "translations.es.covers[1]: expected bytes, found 1",
    ],
    ["proto-loader", { bound: { covers: [new Uint8Array(0), true] } }, "bound.covers[1]: expected bytes, found true"],
  ])("%s: %o", (style, book, text) => {
    const whole = codecs[style]?.Book?.decodeBinary(new Uint8Array(0)) as object;
    const { translations } = book as { translations?: object };
    const filled = Object.entries(translations ?? {}).map(([key, value]) => [key, { ...whole, ...value }]);
    const message = { ...whole, ...book, ...(translations && { translations: Object.fromEntries(filled) }) };
    expect(binaryFailure(style, message)).toBe(text);
  });
});

describe("objects of every kind", () => {
  it("frozen ones, class instances with getters, Longs, null prototypes", () => {
    class Book {
      readonly #cover = 0.5;
      get cover(): number {
        return this.#cover;
      }
    }
    const text = "cover: expected bytes, found 0.5";
    expect(jsonFailure("proto-loader", new Book())).toBe(text);
    expect(jsonFailure("proto-loader", Object.freeze({ copies: Long.fromNumber(1), cover: 0.5 }))).toBe(text);
    expect(jsonFailure("proto-loader", Object.assign(Object.create(null), { cover: 0.5 }))).toBe(text);
    const frozen = Object.freeze({ bound: Object.freeze({ covers: Object.freeze(["", 0.5]) }) });
    expect(jsonFailure("proto-loader", frozen)).toBe("bound.covers[1]: expected bytes, found 0.5");
  });

  it("null and nothing in the place of messages", () => {
    expect(failure(codecs.idiomatic?.Shelf?.encodeJson, { books: [{}, null] })).toBe(
      "books[1]: expected a value of the field's type, found null",
    );
    expect(jsonFailure("idiomatic", undefined)).toBe("expected a value of the field's type, found nothing");
  });

  it("an object that contains itself", () => {
    const book: { bound?: object } = {};
    book.bound = book;
    expect(jsonFailure("proto-loader", book)).toMatch(/^[.\w]{300,400}: expected a value of the field's type/);
  });

  it("leaves alone what a handler's own object throws", () => {
    const own = new Error("own");
    const reply = {
      get name(): string {
        throw own;
      },
    };
    expect(jsonFailure("idiomatic", reply)).toBe(own);
  });
});
