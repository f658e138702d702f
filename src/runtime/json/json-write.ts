/**
 * Writers for emitted JSON encoders: from one field value to its JSON form, as
 * https://protobuf.dev/programming-guides/json/ defines it. They accept every value that protobufjs' `fromObject`
 * accepts (replies also come from JavaScript); undefined and null are the zero. They throw EncodeError for a value that
 * the field's type cannot hold.
 *
 * `jsonText` prints the results, because JSON.stringify alone prints lone surrogates and `minusZero` wrongly.
 */
import { bufferView } from "../values/buffer-view.js";
import { describeJson } from "../values/describe-json.js";
import { isShortInteger } from "../values/digits.js";
import { EncodeError } from "../values/encode-error.js";
import type { JsonObject, JsonValue } from "../values/json.js";
import { minusZero } from "./json-text.js";
import { setEntry } from "../values/set-entry.js";
import { shortestFloat } from "../values/shortest-float.js";

/** Writes a string; another value is converted by String. */
export function writeString(value: unknown): string {
  return typeof value === "string" ? value : String(value ?? "");
}

/** Writes whether the value is truthy. */
export function writeBool(value: unknown): boolean {
  return Boolean(value);
}

/** Writes an int32, sint32 or sfixed32. */
export function writeInt32(value: unknown): number {
  const number = typeof value === "number" ? value : Number(value ?? 0);
  if ((number | 0) === number) return number;
  throw wrong("a 32-bit integer", value);
}

/** Writes a uint32 or fixed32. */
export function writeUint32(value: unknown): number {
  const number = typeof value === "number" ? value : Number(value ?? 0);
  if (number >>> 0 === number) return number;
  throw wrong("an unsigned 32-bit integer", value);
}

/** Writes an int64, sint64 or sfixed64 as decimal text. */
export function writeInt64(value: unknown): string {
  const text = longText(value);
  if (text.length < 19) return text;
  if (BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return text;
  // The largest value, as a number, is rounded to 2^63.
  if (value === 2 ** 63) return "9223372036854775807";
  throw wrong("a 64-bit integer", value);
}

/** Writes a uint64 or fixed64 as decimal text. */
export function writeUint64(value: unknown): string {
  const text = longText(value);
  if (text.length < 20 && text.charCodeAt(0) !== 0x2d) return text;
  if (BigInt.asUintN(64, BigInt(text)) === BigInt(text)) return text;
  if (value === 2 ** 64) return "18446744073709551615";
  throw wrong("an unsigned 64-bit integer", value);
}

/** Decimal text of a bigint, an integral number, a decimal text or a Long. */
function longText(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (value == null) return "0";
  if (typeof value === "number") return Number.isInteger(value) ? integralText(value) : wrongLong(value);
  const text = String(value);
  if (isShortInteger(text)) return text;
  return /^-?\d{1,20}$/.test(text) ? BigInt(text).toString() : wrongLong(value);
}

function integralText(value: number): string {
  return Number.isSafeInteger(value) ? String(value + 0) : BigInt(value).toString();
}

function wrongLong(value: unknown): never {
  throw wrong("a 64-bit integer", value);
}

export function writeDouble(value: unknown): JsonValue {
  const number = typeof value === "number" ? value : Number(value ?? 0);
  if (number === 0) return zero(number);
  return Number.isFinite(number) ? number : String(number);
}

function zero(number: number): JsonValue {
  return Object.is(number, -0) ? minusZero : 0;
}

/** Writes the shortest decimal that rounds to the same single-precision number. */
export function writeFloat(value: unknown): JsonValue {
  const number = typeof value === "number" ? value : Number(value ?? 0);
  const float = Math.fround(number);
  if (!Number.isFinite(float)) return Number.isFinite(number) ? wrongFloat(value) : String(number);
  if (float === 0) return zero(float);
  return shortestFloat(float);
}

function wrongFloat(value: unknown): never {
  throw wrong("a number in the range of a float", value);
}

/** Writes bytes as padded standard base64; a text must be base64 already. */
export function writeBytes(value: unknown): string {
  if (value instanceof Uint8Array) return bufferView(value).toString("base64");
  if (value == null) return "";
  if (typeof value === "string") return Buffer.from(value, "base64").toString("base64");
  if (Array.isArray(value)) return Buffer.from(value as number[]).toString("base64");
  throw wrong("bytes", value);
}

/** The bytes of a value that `writeBytes` accepts. */
export function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(writeBytes(value), "base64");
}

/** Writes a number that is not one of an enum's named values; names that the enum does not have are refused. */
export function writeEnumNumber(value: unknown): number {
  if (typeof value === "number" && (value | 0) === value) return value;
  throw wrong("an enum value", value);
}

/** Writes a list, each item with `write`. */
export function writeList<T>(list: readonly T[] | null | undefined, write: (item: T) => JsonValue): JsonValue[] {
  if (list == null) return [];
  if (typeof list !== "object" || typeof list.length !== "number") throw wrong("a list", list);
  const json = new Array<JsonValue>(list.length);
  for (let index = 0; index < list.length; index++) json[index] = write(list[index] as T);
  return json;
}

/** Writes a list of strings; returns the list itself if nothing in it has to change. */
export function writeStrings(list: readonly unknown[] | null | undefined): JsonValue[] {
  if (!Array.isArray(list)) return writeList(list, writeString);
  for (let index = 0; index < list.length; index++) {
    if (typeof list[index] !== "string") return writeList(list, writeString);
  }
  return list;
}

/** Writes a list of int32, sint32 or sfixed32; returns the list itself if nothing in it has to change. */
export function writeInt32s(list: readonly unknown[] | null | undefined): JsonValue[] {
  if (!Array.isArray(list)) return writeList(list, writeInt32);
  for (let index = 0; index < list.length; index++) {
    if ((list[index] | 0) !== list[index]) return writeList(list, writeInt32);
  }
  return list;
}

/** Writes a map, each value with `write`. */
export function writeMap<T>(map: Entries<T> | null | undefined, write: (value: T) => JsonValue): JsonObject {
  const json: JsonObject = {};
  if (map == null) return json;
  if (typeof map !== "object") throw wrong("a map", map);
  // Not for-in: code that assigns entries by a client's key "__proto__" gives its map a prototype of the client's.
  for (const key of Object.keys(map)) setEntry(json, key, write(map[key] as T));
  return json;
}

/** A map in a handler's reply. */
export interface Entries<T> {
  readonly [key: string]: T;
}

/** Writes a map of strings; returns the map itself if nothing in it has to change. */
export function writeStringMap(map: Entries<unknown> | null | undefined): JsonObject {
  if (typeof map !== "object" || map === null || typeof map["toJSON"] === "function") return writeMap(map, writeString);
  for (const key in map) if (typeof map[key] !== "string") return writeMap(map, writeString);
  return map as JsonObject;
}

/** Writes a google.protobuf.Value: a JSON value without NaN and infinities. */
export function writeJsonValue(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return writeDouble(value);
      break;
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      return Array.isArray(value)
        ? writeList(value, writeJsonValue)
        : writeMap(value as { [key: string]: unknown }, writeJsonValue);
    default:
  }
  throw wrong("a JSON value", value);
}

/** Writes a google.protobuf.Struct; undefined and null give `{}`. */
export function writeJsonObject(value: Entries<unknown> | null | undefined): JsonObject {
  return writeMap(value, writeJsonValue);
}

/** Writes a google.protobuf.ListValue; undefined and null give `[]`. */
export function writeJsonList(value: readonly unknown[] | null | undefined): JsonValue[] {
  return writeList(value, writeJsonValue);
}

/** Undefined for a zero, an empty list or an empty map, so that the member is left out. */
export function unlessEmpty(json: JsonValue, zero: JsonValue): JsonValue | undefined {
  if (json === zero) return undefined;
  if (typeof json !== "object" || json === null) return json;
  for (const _ in json) return json;
  return undefined;
}

function wrong(expected: string, value: unknown): EncodeError {
  return new EncodeError(expected, describeJson(value));
}
