/**
 * The google.protobuf messages that have a JSON form of their own: one table of what follows from a type alone. The compiler asks for
 * a row of each. https://protobuf.dev/programming-guides/json/
 */
import type { ScalarType, WellKnownType } from "./api-model.js";

/** The JSON of a well-known type, and its texts in URLs and masks. */
export interface WellKnownFacts {
  /** The scalar inside of a wrapper. */
  readonly wraps?: ScalarType;
  /**
   * The JSON: `fields` is an object of the fields as of an ordinary message, `packed` that of the message in an Any, `time` and `mask`
   * are strings, `scalar` is the JSON of the wrapped value, and `struct`, `list` and `value` are any JSON object, array and value.
   */
  readonly json: "fields" | "packed" | "time" | "mask" | "scalar" | "struct" | "list" | "value";
  /** The JSON of the message in which nothing is set. */
  readonly emptyJson: string;
  /** Whether one segment of a path can hold it. */
  readonly inPath: boolean;
  /** The text of a query parameter that names the whole message; `newer` since grpc-gateway 2.31. */
  readonly inQuery: "always" | "newer" | "never";
  /** Whether its decoder from JSON reads the text of a path or a query. */
  readonly readsJsonInUrl: boolean;
  /** The paths that an update mask has for a field that holds one: its own unless it is an object, its own, or those of its leaves. */
  readonly inMask: "leaf" | "whole" | "struct";
}

const text = { inPath: true, inQuery: "always", readsJsonInUrl: true, inMask: "leaf" } as const;
const number = { json: "scalar", emptyJson: "0", ...text, readsJsonInUrl: false } as const;

/** The facts of every well-known type. */
export const wellKnownTypes: Readonly<Record<WellKnownType, WellKnownFacts>> = {
  Any: { json: "packed", emptyJson: "{}", inPath: false, inQuery: "never", readsJsonInUrl: false, inMask: "whole" },
  Duration: { json: "time", emptyJson: '"0s"', ...text },
  Empty: { json: "fields", emptyJson: "{}", inPath: false, inQuery: "newer", readsJsonInUrl: false, inMask: "whole" },
  FieldMask: { json: "mask", emptyJson: '""', ...text, inPath: false, readsJsonInUrl: false },
  ListValue: { json: "list", emptyJson: "[]", inPath: false, inQuery: "never", readsJsonInUrl: true, inMask: "whole" },
  Struct: { json: "struct", emptyJson: "{}", inPath: false, inQuery: "always", readsJsonInUrl: true, inMask: "struct" },
  Timestamp: { json: "time", emptyJson: '"1970-01-01T00:00:00Z"', ...text },
  Value: { json: "value", emptyJson: "null", inPath: false, inQuery: "always", readsJsonInUrl: true, inMask: "struct" },
  BoolValue: { wraps: "bool", ...number, emptyJson: "false" },
  BytesValue: { wraps: "bytes", ...number, emptyJson: '""' },
  DoubleValue: { wraps: "double", ...number },
  FloatValue: { wraps: "float", ...number },
  Int32Value: { wraps: "int32", ...number },
  Int64Value: { wraps: "int64", ...number },
  StringValue: { wraps: "string", ...number, emptyJson: '""' },
  UInt32Value: { wraps: "uint32", ...number },
  UInt64Value: { wraps: "uint64", ...number },
};

const byFullName: ReadonlyMap<string, WellKnownType> = new Map(
  (Object.keys(wellKnownTypes) as WellKnownType[]).map((name) => [`google.protobuf.${name}`, name]),
);

/** The well-known type of that full name, if it is one. */
export function wellKnownType(fullName: string): WellKnownType | undefined {
  return byFullName.get(fullName);
}

/** The facts of a message's type; undefined for an ordinary message. */
export function wellKnownFacts(type: WellKnownType | undefined): WellKnownFacts | undefined {
  return type === undefined ? undefined : wellKnownTypes[type];
}
