/**
 * Scalars in URLs: path variables, query parameters and the keys in their brackets. The accepted forms are those of grpc-gateway 2.33;
 * numbers are decimal everywhere.
 */
import { DecodeError } from "../values/decode-error.js";
import { digits } from "../values/digits.js";

/** Parses 1 t T TRUE true True 0 f F FALSE false False. */
export function parseBool(text: string): boolean {
  switch (text) {
    case "1":
    case "t":
    case "T":
    case "TRUE":
    case "true":
    case "True":
      return true;
    case "0":
    case "f":
    case "F":
    case "FALSE":
    case "false":
    case "False":
      return false;
    default:
      throw refusal("true or false", text);
  }
}

/** Parses digits with an optional sign. */
export function parseInt32(text: string): number {
  const few = digits(text);
  if (few >= 0 && few <= 0x7fffffff) return few;
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= -0x80000000 && number <= 0x7fffffff) return number + 0;
  throw refusal("a 32-bit integer", text);
}

/** Parses digits only. */
export function parseUint32(text: string): number {
  const few = digits(text);
  const number = few < 0 && /^\d+$/.test(text) ? Number(text) : few;
  if (number >= 0 && number <= 0xffffffff) return number;
  throw refusal("an unsigned 32-bit integer", text);
}

/** Parses digits with an optional sign. */
export function parseInt64(text: string): bigint {
  const few = digits(text);
  if (few >= 0) return BigInt(few);
  if (/^[+-]?0*\d{1,19}$/.test(text)) {
    const number = BigInt(text.startsWith("+") ? text.slice(1) : text);
    if (BigInt.asIntN(64, number) === number) return number;
  }
  throw refusal("a 64-bit integer", text);
}

/** Parses digits only. */
export function parseUint64(text: string): bigint {
  const few = digits(text);
  if (few >= 0) return BigInt(few);
  if (/^0*\d{1,20}$/.test(text)) {
    const number = BigInt(text);
    if (BigInt.asUintN(64, number) === number) return number;
  }
  throw refusal("an unsigned 64-bit integer", text);
}

/** Parses a decimal number, or JSON's `NaN`, `Infinity` and `-Infinity`. */
export function parseDouble(text: string): number {
  const number = floatValue(text);
  if (number !== undefined) return number;
  throw refusal("a number", text);
}

/** Parses as `parseDouble` does, and rounds to single precision. */
export function parseFloat32(text: string): number {
  const number = floatValue(text);
  if (number !== undefined) {
    const rounded = Math.fround(number);
    if (Number.isFinite(rounded) || !Number.isFinite(number)) return rounded;
  }
  throw refusal("a single-precision number", text);
}

/** The number; undefined for text that isn't a number or is out of range. */
function floatValue(text: string): number | undefined {
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  return /^(?:NaN|-?Infinity)$/.test(text) ? Number(text) : undefined;
}

/**
 * Parses base64 of either alphabet, padded or not, with line breaks. A text whose length is a multiple of four is
 * padded.
 */
export function parseBytes(text: string): Buffer {
  const digits = text.replace(/[\r\n]/g, "");
  const isBase64 = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/.test(digits);
  const isWhole = text.length % 4 === 0 ? digits.length % 4 === 0 : digits.length % 4 !== 1 && !digits.endsWith("=");
  if (isBase64 && isWhole) return Buffer.from(digits, "base64");
  throw refusal("base64", text);
}

/** The number of an enum value that is given as a number; NaN for other text. */
export function enumNumber(text: string): number {
  return /^[+-]?\d{1,10}$/.test(text) ? Number(text) + 0 : Number.NaN;
}

/** Refuses the text of an enum value that doesn't exist. */
export function refuseEnum(text: string): never {
  throw refusal("the name or number of an enum value", text);
}

function refusal(expected: string, text: string): DecodeError {
  return new DecodeError(expected, JSON.stringify(text.length <= 64 ? text : `${text.slice(0, 64)}…`));
}
