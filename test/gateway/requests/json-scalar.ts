/** JSON texts of single values. `odd` is how likely a text is that the field does not expect. */
import { type DescEnum, ScalarType } from "@bufbuild/protobuf";
import type { Choice } from "../messages/choice.js";
import {
  type IntegerKind,
  integerKind,
  randomBytes,
  randomDouble,
  randomInteger,
  randomText,
} from "../messages/random-values.js";
import { texts } from "./texts.js";

/** How mistakes are made. */
export interface Mistakes {
  readonly choice: Choice;
  /** The probability at each value. */
  readonly odd: number;
}

/** The JSON of a scalar. */
export function jsonScalar(mistakes: Mistakes, scalar: ScalarType): string {
  const kind = integerKind(scalar);
  if (kind !== undefined) return jsonInteger(mistakes, kind);
  switch (scalar) {
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return jsonFloat(mistakes, scalar === ScalarType.FLOAT);
    case ScalarType.BOOL:
      return pickOr(mistakes, texts.json.oddBool, ["true", "false"]);
    case ScalarType.BYTES:
      return jsonBytes(mistakes);
    default:
      return jsonString(mistakes);
  }
}

function pickOr({ choice, odd }: Mistakes, oddPool: readonly string[], pool: readonly string[]): string {
  return choice.pick(choice.chance(odd) ? oddPool : pool);
}

function jsonInteger({ choice, odd }: Mistakes, kind: IntegerKind): string {
  if (choice.chance(odd)) return choice.pick(texts.json.oddInteger);
  const value = randomInteger(choice, kind);
  const hundreds = value % 100n === 0n && value !== 0n ? value / 100n : undefined;
  return choice.weighted([
    [10, `${value}`],
    [6, `"${value}"`],
    [1, `${value}.0`],
    [1, `"${value}.0"`],
    [1, `${value}e0`],
    [1, hundreds === undefined ? `${value}` : `${hundreds}e2`],
    [1, hundreds === undefined ? `${value}` : `"${hundreds}E+2"`],
    [1, `${value}00e-2`],
    [1, `${value}.000`],
  ]);
}

function jsonFloat({ choice, odd }: Mistakes, isSingle: boolean): string {
  if (choice.chance(odd)) return choice.pick(texts.json.oddFloat);
  if (choice.chance(0.6)) {
    const text = choice.pick(texts.json.float);
    return isSingle && /e308|e-324/.test(text) ? "1.25" : text;
  }
  const value = randomDouble(choice);
  return isSingle && Math.abs(value) > 3e38 ? "0.5" : String(value);
}

/** A JSON string of any text. */
export function jsonString({ choice, odd }: Mistakes): string {
  return choice.chance(odd) ? choice.pick(texts.json.oddString) : jsonStringOf(choice, randomText(choice));
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\b": "\\b",
  "\f": "\\f",
  '"': '\\"',
  "\\": "\\\\",
};

/** The JSON string of a text, escaped in any of the ways that are allowed. */
export function jsonStringOf(choice: Choice, text: string): string {
  return `"${[...text].map((letter) => jsonLetter(choice, letter)).join("")}"`;
}

function jsonLetter(choice: Choice, letter: string): string {
  const mustEscape = letter < " " || letter === '"' || letter === "\\";
  const short = shortEscapes[letter];
  if (mustEscape && short !== undefined && choice.chance(0.7)) return short;
  if (letter === "/" && choice.chance(0.3)) return "\\/";
  if (!mustEscape && !choice.chance(0.06)) return letter;
  return [...Array(letter.length).keys()]
    .map((at) => letter.charCodeAt(at).toString(16).padStart(4, "0"))
    .map((digits) => `\\u${choice.chance(0.5) ? digits : digits.toUpperCase()}`)
    .join("");
}

function jsonBytes({ choice, odd }: Mistakes): string {
  if (choice.chance(odd)) return choice.pick(texts.json.oddBytes);
  const text = randomBytes(choice, 9).toString("base64");
  const alphabet = choice.chance(0.3) ? text.replaceAll("+", "-").replaceAll("/", "_") : text;
  return `"${choice.chance(0.3) ? alphabet.replaceAll("=", "") : alphabet}"`;
}

/** A value of an enum, by name or number. */
export function jsonEnum({ choice, odd }: Mistakes, type: DescEnum): string {
  if (type.typeName === "google.protobuf.NullValue") return choice.pick(["null", '"NULL_VALUE"', "0"]);
  const { name, number } = choice.pick(type.values);
  if (choice.chance(odd)) return choice.pick([...texts.json.oddEnum, `"${name.toLowerCase()}"`, `"${name} "`]);
  return choice.chance(0.8) ? `"${name}"` : String(number);
}

/** A well-known type that is a string: of the pool, of the odd pool, or something else. */
export function jsonTextOf({ choice, odd }: Mistakes, pool: readonly string[], oddPool: readonly string[]): string {
  if (!choice.chance(odd)) return JSON.stringify(choice.pick(pool));
  return choice.chance(0.75) ? JSON.stringify(choice.pick(oddPool)) : choice.pick(texts.json.wrongKind);
}

/** A google.protobuf.Value. */
export function jsonValue(mistakes: Mistakes, depth = 0): string {
  const { choice, odd } = mistakes;
  if (choice.chance(odd)) return choice.pick(texts.json.oddValue);
  if (depth > 3 || choice.chance(0.5)) return choice.pick(texts.json.value);
  return choice.chance(0.5) ? jsonArray(mistakes, depth) : jsonObject(mistakes, depth);
}

/** A google.protobuf.ListValue. */
export function jsonArray(mistakes: Mistakes, depth = 0): string {
  const items = Array.from({ length: mistakes.choice.below(4) }, () => jsonValue(mistakes, depth + 1));
  return `[${items.join(",")}]`;
}

/** A google.protobuf.Struct. */
export function jsonObject(mistakes: Mistakes, depth = 0): string {
  const { choice, odd } = mistakes;
  const names = choice.sample(texts.json.structName, choice.below(4));
  const again = names.length > 0 && choice.chance(odd) ? names.slice(0, 1) : [];
  return `{${[...names, ...again].map((name) => `"${name}":${jsonValue(mistakes, depth + 1)}`).join(",")}}`;
}
