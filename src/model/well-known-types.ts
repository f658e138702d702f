/** The google.protobuf messages that have a JSON form of their own. */
import type { WellKnownType } from "./api-model.js";

const wellKnownTypes: ReadonlyMap<string, WellKnownType> = new Map(
  (
    [
      "Any",
      "Duration",
      "Empty",
      "FieldMask",
      "ListValue",
      "Struct",
      "Timestamp",
      "Value",
      "BoolValue",
      "BytesValue",
      "DoubleValue",
      "FloatValue",
      "Int32Value",
      "Int64Value",
      "StringValue",
      "UInt32Value",
      "UInt64Value",
    ] as const
  ).map((name) => [`google.protobuf.${name}`, name]),
);

/** The well-known type of that full name, if it is one. */
export function wellKnownType(fullName: string): WellKnownType | undefined {
  return wellKnownTypes.get(fullName);
}

/** Tells whether a message of this type is one JSON string, number or boolean, so that a path segment can hold it. */
export function isPathMessage(type: WellKnownType | undefined): boolean {
  return type === "Timestamp" || type === "Duration" || (type?.endsWith("Value") === true && !isJsonValue(type));
}

function isJsonValue(type: WellKnownType): boolean {
  return type === "Value" || type === "ListValue";
}
