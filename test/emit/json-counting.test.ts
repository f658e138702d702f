/**
 * Decoders count what they read, so that a text that holds nothing else needs no look at every value. A count that is too high
 * would let a lost member pass; one that is too low costs time alone, and only these tests would notice.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { loadJsonCodec } from "../support/emit-json.js";
import type { EmittedModule } from "../support/load-emitted.js";
import { fc, runs } from "../support/property.js";

const proto = `
  syntax = "proto3";
  package test;
  import "google/protobuf/duration.proto";
  import "google/protobuf/empty.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  enum Color { NONE = 0; RED = 1; }
  message Part { string name = 1; int32 size = 2; google.protobuf.Empty nothing = 3; }
  message Whole {
    string text = 1;
    int64 big = 2;
    uint32 small = 3;
    double real = 4;
    bool flag = 5;
    bytes data = 6;
    Color color = 7;
    Part part = 8;
    repeated Part parts = 9;
    repeated string words = 10;
    repeated int32 numbers = 11;
    repeated Color colors = 12;
    map<string, string> labels = 13;
    map<int32, int64> counts = 14;
    map<string, Part> named = 15;
    oneof choice { string left = 16; Part right = 17; }
    google.protobuf.Timestamp at = 18;
    google.protobuf.Duration span = 19;
    google.protobuf.FieldMask mask = 20;
    google.protobuf.Int64Value wrapped = 21;
    google.protobuf.Value value = 22;
    google.protobuf.Struct struct = 23;
    repeated google.protobuf.Value values = 24;
  }
  message Tree { string name = 1; Whole whole = 2; Branch branch = 3; }
  message Branch { map<string, Tree> trees = 1; }`;

const part = { name: "a: part", size: 12, nothing: {} };

/** Of every kind of field one whose text has one form alone. */
const countable = {
  text: "ł",
  big: "123",
  small: 4,
  real: 1.5,
  flag: false,
  data: "AAE=",
  color: "RED",
  part,
  parts: [part, {}, { name: null }],
  words: ["a", "", "ü"],
  numbers: [1, -2, 300],
  colors: ["RED", 0],
  labels: { a: "b", c: "" },
  counts: { "1": "2", "-3": 4 },
  named: { "": part },
  right: {},
  at: "2024-01-02T03:04:05Z",
  span: "1.500s",
  mask: "a,b",
  wrapped: "5",
  value: true,
  values: [null, "x", 7],
  unknown: "x",
};

let codec: EmittedModule;
beforeAll(async () => {
  codec = await loadJsonCodec(proto);
});

/** How much of the text of `json` the decoder of a type counts. */
function counted(type: "Whole" | "Tree", json: unknown): number {
  codec.startCounting?.(json);
  codec[`decode${type}`]?.(json);
  return codec.countedLength?.() as number;
}

describe("the count", () => {
  it.each(Object.entries(countable))("is the whole text of %s", (name, value) => {
    const json = { [name]: value };
    expect(counted("Whole", json)).toBe(JSON.stringify(json).length);
  });

  it("is never more than the text, whatever stands in it", () => {
    const known = fc.uniqueArray(fc.constantFrom(...Object.entries(countable)), { selector: ([name]) => name });
    const unknown = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(known, unknown, fc.double({ noNaN: true, noDefaultInfinity: true }), (members, others, real) => {
        const text = JSON.stringify({ ...others, ...Object.fromEntries(members), real });
        expect(counted("Whole", JSON.parse(text))).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([{ struct: {} }, { struct: { a: 1 } }, { value: [1] }, { values: [{}] }])(
    "ends where plain JSON begins: %j",
    (json) => expect(counted("Whole", json)).toBe(Number.NEGATIVE_INFINITY),
  );

  it("ends in types that can contain themselves, in others around them too", () => {
    expect(counted("Tree", {})).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("a text that is proven by the count", () => {
  const text = JSON.stringify({ ...countable, colors: [], big: "1" });
  const spaced = JSON.stringify({ ...countable, text: '\\": "' }, undefined, 1);

  it.each([text, spaced])("is read", (json) => {
    expect(codec.decodeJson?.(json, codec.decodeWhole)).toEqual(codec.decodeWhole?.(JSON.parse(json)));
  });

  it.each([text, spaced])("is refused with a name twice in any of its objects", (json) => {
    const objects = [...json.matchAll(/\{(?=\s*("(?:[^"\\]|\\.)*"))/g)];
    expect(objects.length).toBe(8);
    for (const { index, 1: name } of objects) {
      const twice = `${json.slice(0, index + 1)}${name}:0,${json.slice(index + 1)}`;
      expect(() => codec.decodeJson?.(twice, codec.decodeWhole)).toThrow("two values for one name");
    }
  });

  it("keeps integers that JSON.parse rounds", () => {
    const rounded = '{"big":9007199254740993,"words":["a"]}';
    expect(codec.decodeJson?.(rounded, codec.decodeWhole)).toMatchObject({ big: 9007199254740993n });
  });

  it.each(['{"unknown":LIST}', '{"unknown": LIST}', '{"unknown": LIST, "text": "a"}'])(
    "nests no deeper than any other, where nobody reads it either: %s",
    (json) => {
      const list = (depth: number): string => json.replace("LIST", "[".repeat(depth) + "]".repeat(depth));
      expect(() => codec.decodeJson?.(list(99), codec.decodeWhole)).not.toThrow();
      expect(() => codec.decodeJson?.(list(100), codec.decodeWhole)).toThrow("less deeply nested");
    },
  );
});

it("the fewest characters of a number are never more than JSON.stringify writes", () => {
  const decimal = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 }));
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    decimal.map(([digits, power]) => Number(`${digits}e-${power}`)),
  );
  fc.assert(
    fc.property(number, (value) => {
      const text = JSON.stringify({ value });
      codec.startCounting?.({ value });
      codec.countMember?.("value", value);
      const length = codec.countedLength?.() as number;
      expect(length).toBeLessThanOrEqual(text.length);
      // Written with one to three digits after the point, prices for instance, it is no shorter either.
      const fraction = /^-?\d{1,9}\.\d+$/.exec(String(value));
      if (fraction !== null && Math.abs(value) >= 0.01) expect(length).toBe(text.length);
    }),
    { numRuns: runs(20_000) },
  );
});
