/** One spelling for the default values of fields, whichever reader they come from. */
import type { ScalarType } from "../descriptor.js";
import type { InterpretedValue } from "./interpreted-option.js";
import { integerRanges } from "./number-literal.js";

/** The shortest decimal that reads back as the same double, or the same float; `inf`, `-inf`, `nan`. */
export function formatFloat(value: number, scalar: "float" | "double"): string {
  if (Number.isNaN(value)) return "nan";
  const rounded = scalar === "float" ? Math.fround(value) : value;
  if (!Number.isFinite(rounded)) return rounded > 0 ? "inf" : "-inf";
  if (Object.is(rounded, -0)) return "-0";
  if (scalar === "double") return String(rounded);
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(rounded.toPrecision(digits));
    if (Math.fround(candidate) === rounded) return String(candidate);
  }
  return String(Number(rounded.toPrecision(9)));
}

/**
 * Turns FieldDescriptorProto.default_value into the form of `FieldDescriptor.defaultValue`; undefined when it is no value of the
 * type. Defaults end up in generated code, so nothing else may pass. `scalar` is undefined for an enum.
 */
export function canonicalDefault(text: string, scalar: ScalarType | undefined): string | undefined {
  switch (scalar) {
    case undefined:
      return /^[A-Za-z_]\w*$/.test(text) ? text : undefined;
    case "float":
    case "double":
      return canonicalFloat(text, scalar);
    case "bool":
      return text === "true" || text === "false" ? text : undefined;
    case "string":
      return text;
    case "bytes":
      return canonicalBytes(text);
    default:
      return canonicalInteger(text, scalar);
  }
}

function canonicalFloat(text: string, scalar: "float" | "double"): string | undefined {
  const words: Readonly<Record<string, number>> = { inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
  if (text === "nan" || text === "-nan") return "nan";
  const value = Object.hasOwn(words, text) ? words[text] : /^[-+.\deE]+$/.test(text) ? Number(text) : Number.NaN;
  return value === undefined || Number.isNaN(value) ? undefined : formatFloat(value, scalar);
}

function canonicalInteger(text: string, scalar: ScalarType): string | undefined {
  if (!/^-?\d{1,20}$/.test(text)) return undefined;
  const value = BigInt(text);
  const [least = value, most = value] = integerRanges.get(scalar) ?? [];
  return value >= least && value <= most ? String(value) : undefined;
}

function canonicalBytes(text: string): string | undefined {
  const bytes = unescapeBytes(text);
  return [...bytes].every((character) => character.charCodeAt(0) <= 0xff) ? bytes : undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

/** Undoes the C escapes that descriptors use for bytes: the result has one latin1 character per byte. */
function unescapeBytes(text: string): string {
  return text.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)/gs, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    if (/^x[0-9a-fA-F]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return escapes.get(code) ?? code;
  });
}

/** The text of an interpreted default value; undefined when it was wrong. */
export function canonicalText(value: InterpretedValue, scalar: ScalarType | undefined): string | undefined {
  switch (value.kind) {
    case "text":
      return scalar === "bytes" ? value.bytes : value.text;
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    case "enum":
      return value.name;
    case "message":
    case "unknown":
      return undefined;
  }
}
