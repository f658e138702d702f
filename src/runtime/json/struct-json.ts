/** google.protobuf.Struct, Value and ListValue as plain JSON. */
import type { JsonInput, JsonObject, JsonValue } from "../values/json.js";
import { stopCounting } from "./json-length.js";
import { readString, wrong } from "./json-read.js";
import { readList, readMap } from "./json-repeated.js";

/** Reads a google.protobuf.Value: any JSON value; large integers become numbers. */
export function readJsonValue(json: JsonInput): JsonValue {
  if (typeof json === "bigint") return Number(json);
  if (typeof json === "string") return readString(json);
  if (typeof json === "object" && json !== null) return Array.isArray(json) ? readJsonList(json) : readJsonObject(json);
  if (json === null || typeof json === "boolean" || (typeof json === "number" && Number.isFinite(json))) return json;
  throw wrong("a JSON value", json);
}

/** The value of `Value.null_value`. The enum has been parsed, and has no other value. */
export function nullOf(_value: unknown): null {
  return null;
}

/** Reads a google.protobuf.Struct. */
export function readJsonObject(json: JsonInput): JsonObject {
  stopCounting();
  return readMap(json, readJsonValue);
}

/** Reads a google.protobuf.ListValue. */
export function readJsonList(json: JsonInput): JsonValue[] {
  stopCounting();
  return readList(json, readJsonValue);
}
