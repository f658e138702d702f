/**
 * Texts in URLs as grpc-gateway read them before 2.31 to 2.33, with Go's strconv. They are rewritten to the spelling of
 * JSON, which the functions of parse-scalar.ts read.
 */
import { DecodeError } from "../values/decode-error.js";

/** Most characters of a number with another base or with underscores. */
const maxLength = 64;

/** A floating-point literal of Go (`0x1p-2`, `1_000`, `+inf`, `NaN` in any case) as a decimal number or JSON's name. */
export function floatText(text: string): string {
  if (/^nan$/i.test(text)) return "NaN";
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === "-" ? "-Infinity" : "Infinity";
  if (!/[xX_]/.test(text) || text.length > maxLength) return text;
  const plain = withoutUnderscores(text);
  const hex = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d{1,5})$/i.exec(plain);
  if (hex === null) return plain;
  const [, sign = "", whole = "", fraction = "", exponent = ""] = hex;
  const number = hexNumber(whole + fraction) * 2 ** (Number(exponent) - 4 * fraction.length);
  return Number.isFinite(number) ? `${sign}${number}` : text;
}

/** The digits as a number; NaN without digits. */
function hexNumber(digits: string): number {
  return digits === "" ? Number.NaN : Number(`0x${digits}`);
}

/** Removes underscores, which may be between two digits, or between a prefix and a digit. */
function withoutUnderscores(text: string): string {
  const misplaced = /x/i.test(text) ? /(?:^|[^0-9a-fx])_|_(?:$|[^0-9a-f])/i : /(?:^|\D)_|_(?:$|\D)/;
  return misplaced.test(text) ? text : text.replaceAll("_", "");
}

/**
 * An integer literal of Go (`0x10`, `017`, `0b11`, `1_000`) as a decimal number; a text that does not begin like a
 * number stays as it is. Throws DecodeError for `08`.
 */
export function integerText(text: string): string {
  if (/^[+-]?(?:0|[1-9]\d*)$/.test(text) || !/^[+-]?\d/.test(text)) return text;
  const match = /^([+-]?)0?([xbo]?)((?:_?[0-9a-f])+)$/i.exec(text);
  const [, sign = "", prefix = "", underscored = ""] = match ?? [];
  const digits = underscored.replaceAll("_", "");
  const isDecimal = /^[+-]?[1-9]/.test(text);
  const base = isDecimal ? "" : `0${prefix === "" ? "o" : prefix.toLowerCase()}`;
  if (match !== null && text.length <= maxLength && digitsOf[base]?.test(digits))
    return `${sign}${BigInt(`${base}${digits}`)}`;
  throw new DecodeError("an integer", JSON.stringify(text.slice(0, 64)));
}

const digitsOf: { readonly [base: string]: RegExp } = { "": /^\d+$/, "0b": /^[01]+$/, "0o": /^[0-7]+$/, "0x": /./ };

/** Checks that base64 of either alphabet is padded. Throws DecodeError otherwise. */
export function paddedText(text: string): string {
  const digits = text.replace(/[\r\n]/g, "");
  if (digits.length % 4 === 0) return digits;
  throw new DecodeError("padded base64", JSON.stringify(text.slice(0, 64)));
}
