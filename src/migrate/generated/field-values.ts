/** Values for fields: ordinary ones, those at the limits of a type, and some that are not of the type. */
import type { ElementShape, Field, FieldShape, Message, ScalarType } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";
import type { Random } from "./random.js";

/** Deeper messages stay empty. */
const maxDepth = 3;

/** A text for a path or a query, not yet escaped. */
export function textValue(shape: ElementShape, index: ModelIndex, random: Random): string {
  const value = elementValue(shape, index, random, maxDepth);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A JSON value for a field. */
export function jsonValue({ shape }: Field, index: ModelIndex, random: Random, depth = 0): unknown {
  if (random.oneIn(40)) return random.pick(wrongValues);
  return shapeValue(shape, index, random, depth);
}

const wrongValues = [null, "", 1.5, true, "wrong", {}, []] as const;

function shapeValue(shape: FieldShape, index: ModelIndex, random: Random, depth: number): unknown {
  switch (shape.kind) {
    case "list":
      return Array.from({ length: random.integer(4) }, () => elementValue(shape.item, index, random, depth + 1));
    case "map": {
      const keys = Array.from({ length: random.integer(3) }, () => mapKey(shape.key, random));
      return Object.fromEntries(keys.map((key) => [key, elementValue(shape.value, index, random, depth + 1)]));
    }
    default:
      return elementValue(shape, index, random, depth);
  }
}

function mapKey(key: ScalarType, random: Random): string {
  if (key === "string") return random.pick(["a", "ä b", "", "1"]);
  return key === "bool" ? random.pick(["true", "false"]) : random.pick(["0", "1", "42"]);
}

function elementValue(shape: ElementShape, index: ModelIndex, random: Random, depth: number): unknown {
  switch (shape.kind) {
    case "scalar":
      return random.pick(scalarValues[shape.scalar]);
    case "enum":
      return enumValue(shape.fullName, index, random);
    case "message":
      return messageValue(index.messages.get(shape.fullName), index, random, depth);
    default:
      return shape satisfies never;
  }
}

function enumValue(fullName: string, index: ModelIndex, random: Random): unknown {
  const values = index.enums.get(fullName)?.values ?? [];
  const names = values.slice(0, 50).map(({ name, jsonName }) => jsonName ?? name);
  const numbers = values.slice(0, 50).map(({ number }) => number);
  return random.pick([...names, ...names, ...numbers, 999, "NO_SUCH_VALUE"] as unknown as [unknown, ...unknown[]]);
}

/** JSON of a message: each field is there once in two times. */
export function messageValue(message: Message | undefined, index: ModelIndex, random: Random, depth = 0): unknown {
  if (message?.wellKnown !== undefined) return random.pick(wellKnownValues[message.wellKnown]);
  if (message === undefined || depth >= maxDepth) return {};
  const taken = new Set<string>();
  const members = message.fields.slice(0, 100).flatMap((field): [string, unknown][] => {
    if (random.oneIn(2) || (field.oneof !== undefined && taken.has(field.oneof))) return [];
    if (field.oneof !== undefined) taken.add(field.oneof);
    const name = random.oneIn(4) ? field.name : field.jsonName;
    return [[name, jsonValue(field, index, random, depth + 1)]];
  });
  return Object.fromEntries(members);
}

type Values = readonly [unknown, ...unknown[]];

const int32s: Values = [0, 1, -1, 42, 2147483647, -2147483648, "7", 1e2, 2147483648];
const uint32s: Values = [0, 1, 42, 4294967295, "7", -1, 4294967296];
const int64s: Values = ["0", "1", "-1", 42, "9223372036854775807", "-9223372036854775808", "9223372036854775808"];
const uint64s: Values = ["0", "1", 42, "18446744073709551615", "-1"];
const floats: Values = [0, 1.5, -0.25, 1e10, "NaN", "Infinity", "1.5", 3.4e39];

const scalarValues: Readonly<Record<ScalarType, Values>> = {
  double: [0, 1.5, -0.25, 1e300, "NaN", "-Infinity", "1.5"],
  float: floats,
  int32: int32s,
  sint32: int32s,
  sfixed32: int32s,
  uint32: uint32s,
  fixed32: uint32s,
  int64: int64s,
  sint64: int64s,
  sfixed64: int64s,
  uint64: uint64s,
  fixed64: uint64s,
  bool: [true, false, "true", 1],
  string: ["", "a", "1", "lem", "a b", "ä€😀", "x".repeat(200), "a/b", "a%2Fb", '"\\'],
  bytes: ["", "AAEC", "//79", "__79", "AA==", "A", "AAEC\n"],
};

const wellKnownValues: Readonly<Record<NonNullable<Message["wellKnown"]>, Values>> = {
  Any: [
    { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1.5s" },
    {},
    { "@type": "type.googleapis.com/x.Y" },
  ],
  Duration: ["1s", "1.5s", "-0.000000001s", "315576000000s", "1", "1.0000000001s"],
  Empty: [{}, { x: 1 }],
  FieldMask: ["", "a", "a,bC.d", "a_b"],
  ListValue: [[], [1, "a", null, { x: [] }]],
  Struct: [{}, { a: 1, b: { c: [true, null] } }],
  Timestamp: [
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456789Z",
    "0001-01-01T00:00:00Z",
    "2026-01-02T03:04:05+02:00",
    "2026-01-02",
  ],
  Value: [null, 1, "a", true, [], {}],
  BoolValue: [true, false],
  BytesValue: ["AAEC", ""],
  DoubleValue: [1.5, "NaN"],
  FloatValue: [1.5, "Infinity"],
  Int32Value: int32s,
  Int64Value: int64s,
  StringValue: ["", "a"],
  UInt32Value: uint32s,
  UInt64Value: uint64s,
};
