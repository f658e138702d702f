/**
 * Readers for emitted JSON decoders: from one JSON value to one field value. They throw DecodeError for a value that
 * https://protobuf.dev/programming-guides/json/ does not allow. Decoders handle null before they call a reader.
 */
import { DecodeError, inside } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import { isBase64 } from "../values/base64.js";
import { digits, isShortInteger } from "../values/digits.js";
import type { JsonInput, JsonInputObject } from "../values/json.js";
import { takeMemory } from "../memory-bound.js";
import { exactInteger } from "./read-json-text.js";

/** Reads the object of a message or a map; `slots` is the memory of a message without values. */
export function readObject(json: JsonInput, slots = 0): JsonInputObject {
  takeMemory(8 + slots);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonInputObject;
  throw wrong("an object", json);
}

/** Reads a string without lone surrogates, which UTF-8 cannot hold. */
export function readString(json: JsonInput): string {
  if (typeof json === "string" && isWellFormed(json)) return json;
  throw wrong(typeof json === "string" ? "a string of valid Unicode" : "a string", json);
}

/** Tells whether a string has no lone surrogates. (In lib.d.ts from ES2024 on.) */
export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

export function readBool(json: JsonInput): boolean {
  if (typeof json === "boolean") return json;
  throw wrong("true or false", json);
}

/** Reads an int32, sint32 or sfixed32: a number or its text; `1.0` and `1e2` are integers. */
export function readInt32(json: JsonInput): number {
  if (typeof json === "number" && (json | 0) === json) return json | 0;
  const number = typeof json === "string" ? integerText(json) : undefined;
  if (number !== undefined && number >= -0x80000000n && number <= 0x7fffffffn) return Number(number);
  throw wrong("a 32-bit integer", json);
}

/** Reads a uint32 or fixed32. */
export function readUint32(json: JsonInput): number {
  if (typeof json === "number" && json >>> 0 === json) return json >>> 0;
  const number = typeof json === "string" ? integerText(json) : undefined;
  if (number !== undefined && number >= 0n && number <= 0xffffffffn) return Number(number);
  throw wrong("an unsigned 32-bit integer", json);
}

/** Reads an int64, sint64 or sfixed64. */
export function readInt64(json: JsonInput): bigint {
  const short = typeof json === "string" ? shortInteger(json) : -1;
  if (short >= 0) return BigInt(short);
  const value = integer(json);
  if (value !== undefined && BigInt.asIntN(64, value) === value) return value;
  throw wrong("a 64-bit integer", json);
}

/** Reads a uint64 or fixed64. */
export function readUint64(json: JsonInput): bigint {
  const short = typeof json === "string" ? shortInteger(json) : -1;
  if (short >= 0) return BigInt(short);
  const value = integer(json);
  if (value !== undefined && BigInt.asUintN(64, value) === value) return value;
  throw wrong("an unsigned 64-bit integer", json);
}

/** Reads an int64 as decimal text in its shortest form. */
export function readInt64String(json: JsonInput): string {
  if (typeof json === "string" && isShortInteger(json)) return json;
  return readInt64(json).toString();
}

/** Reads a uint64 as decimal text in its shortest form. */
export function readUint64String(json: JsonInput): string {
  if (typeof json === "string" && isShortInteger(json) && json.charCodeAt(0) !== 0x2d) return json;
  return readUint64(json).toString();
}

/** Reads an int64 as a number, rounded past 2^53. */
export function readInt64Number(json: JsonInput): number {
  return Number(readInt64(json));
}

/** Reads a uint64 as a number, rounded past 2^53. */
export function readUint64Number(json: JsonInput): number {
  return Number(readUint64(json));
}

function integer(json: JsonInput): bigint | undefined {
  if (typeof json === "string") return integerText(json);
  if (typeof json === "bigint") return json;
  return typeof json === "number" && Number.isInteger(json) ? BigInt(json) : undefined;
}

function integerText(text: string): bigint | undefined {
  const short = shortInteger(text);
  if (short >= 0) return BigInt(short);
  if (/^-?\d{1,20}$/.test(text)) return hasLeadingZero(text) ? undefined : BigInt(text);
  return text.length > 100 || hasLeadingZero(text) ? undefined : exactInteger(text);
}

/** Reads an integer of up to 15 digits without sign or leading zero; -1 for any other text. */
function shortInteger(text: string): number {
  return text.charCodeAt(0) === 0x30 ? -1 : digits(text);
}

function hasLeadingZero(text: string): boolean {
  return /^-?0\d/.test(text);
}

export function readDouble(json: JsonInput): number {
  if (typeof json === "number" && Number.isFinite(json)) return json;
  const number = typeof json === "bigint" ? Number(json) : typeof json === "string" ? floatText(json) : undefined;
  if (number !== undefined) return number;
  throw wrong("a number", json);
}

/** Reads a number, rounded to single precision; a number beyond its range is refused. */
export function readFloat(json: JsonInput): number {
  const double = readDouble(json);
  const float = Math.fround(double);
  if (Number.isFinite(float) || !Number.isFinite(double)) return float;
  throw wrong("a number in the range of a float", json);
}

function floatText(text: string): number | undefined {
  if (text === "NaN") return Number.NaN;
  if (text === "Infinity") return Number.POSITIVE_INFINITY;
  if (text === "-Infinity") return Number.NEGATIVE_INFINITY;
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Slots that any value of type bytes takes. */
const bytesSlots = 24;

/** Reads bytes from standard or URL-safe base64, padded or not, in lines or not. */
export function readBytes(json: JsonInput): Uint8Array {
  return new Uint8Array(readBuffer(json));
}

/** Reads bytes as a Node.js Buffer. */
export function readBuffer(json: JsonInput): Buffer {
  takeMemory(bytesSlots);
  if (typeof json === "string" && isBase64(json)) return Buffer.from(json, "base64");
  throw wrong("base64 text", json);
}

/** Reads bytes as padded standard base64 text. */
export function readBase64(json: JsonInput): string {
  return readBuffer(json).toString("base64");
}

/** Reads bytes as a list of numbers. */
export function readByteArray(json: JsonInput): number[] {
  return [...readBuffer(json)];
}

/** Reads the number of an enum value without a name. */
export function readEnumNumber(json: JsonInput): number {
  if (typeof json === "number" && (json | 0) === json) return json | 0;
  throw wrong("an enum value", json);
}

/** Reads as `readEnumNumber` does; undefined for an unknown name. */
export function readEnumNumberOrUnknown(json: JsonInput): number | undefined {
  return typeof json === "string" ? undefined : readEnumNumber(json);
}

/** Reads an unknown value of a closed enum as undefined. */
export function skipUnknownEnum(json: JsonInput): undefined {
  if (typeof json !== "string") readEnumNumber(json);
}

/** Refuses an unknown value of a closed enum. */
export function refuseUnknownEnum(json: JsonInput): never {
  throw wrong("an enum value", json);
}

/** Refuses a member that the message does not have. */
export function refuseUnknownField(key: string): never {
  throw new DecodeError("a known field", describeJson(key));
}

/** Refuses a field that is given in both of its spellings. */
export function refuseOtherSpelling(object: JsonInputObject, other: string): void {
  if (Object.hasOwn(object, other)) throw new DecodeError("every field once", `also ${describeJson(other)}`);
}

/** Refuses a second member of a oneof. */
export function refuseSecondMember(oneof: string): never {
  throw new DecodeError(`one member of ${oneof}`, "a second one");
}

/** Refuses an object that lacks a required field in all of its spellings. */
export function refuseMissing(object: JsonInputObject, name: string, spellings: readonly string[]): void {
  for (const spelling of spellings) {
    if (Object.hasOwn(object, spelling) && object[spelling] !== null) return;
  }
  throw new DecodeError("a value", "nothing", name);
}

/**
 * The error to throw for an error in the member `key` of an object: a DecodeError gets the field's proto name in front
 * of its path. `names` has the names that are not the snake case of the key.
 */
export function inField(error: unknown, key: string, names?: Readonly<Record<string, string>>): unknown {
  // This comes first: near the end of the stack a regular expression that V8 has to compile ends the process.
  if (!(error instanceof DecodeError)) return error;
  const name = names !== undefined && Object.hasOwn(names, key) ? names[key] : undefined;
  return inside(error, name ?? safeName(key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
}

function safeName(name: string): string {
  return /^[\w.[\]]{1,200}$/.test(name) ? name : describeJson(name);
}

/** The error for a value that is not the expected one. */
export function wrong(expected: string, json: unknown): DecodeError {
  return new DecodeError(expected, describeJson(json));
}
