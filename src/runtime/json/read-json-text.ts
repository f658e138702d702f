/** A JSON reader that keeps all values exactly and reports the place of a mistake. RFC 8259. */
import { DecodeError } from "../values/decode-error.js";
import { describeJson, twoValues } from "../values/describe-json.js";
import type { JsonInput } from "../values/json.js";
import { takeMemory } from "../memory-bound.js";
import { setEntry } from "../values/set-entry.js";

interface Cursor {
  readonly text: string;
  at: number;
}

/** Reads the first value of `text`; `trailing` says how text after it is treated. */
export function readJsonText(text: string, depthLimit: number, trailing: "refuse" | "ignore"): JsonInput {
  const cursor: Cursor = { text, at: 0 };
  const value = readValue(cursor, depthLimit);
  skipSpace(cursor);
  if (trailing === "refuse" && cursor.at < text.length) throw unexpected(cursor, "the end of the JSON text");
  return value;
}

function readValue(cursor: Cursor, depth: number): JsonInput {
  skipSpace(cursor);
  switch (cursor.text[cursor.at]) {
    case "{":
      return readObject(cursor, depth);
    case "[":
      return readArray(cursor, depth);
    case '"':
      return readString(cursor);
    case "t":
      return readWord(cursor, "true", true);
    case "f":
      return readWord(cursor, "false", false);
    case "n":
      return readWord(cursor, "null", null);
    default:
      return readNumber(cursor);
  }
}

function readObject(cursor: Cursor, depth: number): JsonInput {
  enter(cursor, depth);
  takeMemory(8);
  const object: { [name: string]: JsonInput } = {};
  for (let first = true; !closes(cursor, "}"); first = false) {
    if (!first) expect(cursor, ",", "`,` or `}`");
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== '"') throw unexpected(cursor, "a name in double quotes");
    const name = readString(cursor);
    const isRepeated = Object.hasOwn(object, name);
    skipSpace(cursor);
    expect(cursor, ":", "`:`");
    const value = readValue(cursor, depth - 1);
    setEntry(object, name, isRepeated ? (twoValues as unknown as JsonInput) : value);
  }
  return object;
}

function readArray(cursor: Cursor, depth: number): JsonInput {
  enter(cursor, depth);
  takeMemory(4);
  const items: JsonInput[] = [];
  while (!closes(cursor, "]")) {
    if (items.length > 0) expect(cursor, ",", "`,` or `]`");
    items.push(readValue(cursor, depth - 1));
  }
  return items;
}

function enter(cursor: Cursor, depth: number): void {
  if (depth === 0) throw new DecodeError("less deeply nested JSON", `too many levels at character ${cursor.at + 1}`);
  cursor.at++;
}

/** Takes the closing bracket if it comes next, and tells whether it did. */
function closes(cursor: Cursor, bracket: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== bracket) return false;
  cursor.at++;
  return true;
}

function expect(cursor: Cursor, character: string, expected: string): void {
  if (cursor.text[cursor.at] !== character) throw unexpected(cursor, expected);
  cursor.at++;
}

function readWord<T>(cursor: Cursor, word: string, value: T): T {
  if (!cursor.text.startsWith(word, cursor.at)) throw unexpected(cursor, "a JSON value");
  cursor.at += word.length;
  return value;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  let end = start + 1;
  for (let code = cursor.text.charCodeAt(end); code !== 0x22; code = cursor.text.charCodeAt(++end)) {
    if (code === 0x5c) end++;
    if (end >= cursor.text.length) {
      cursor.at = cursor.text.length;
      throw unexpected(cursor, "the end of a string");
    }
  }
  try {
    const text = JSON.parse(cursor.text.slice(start, end + 1)) as string;
    cursor.at = end + 1;
    return text;
  } catch {
    throw new DecodeError("valid JSON", `a control character or wrong escape in the string at character ${start + 1}`);
  }
}

function readNumber(cursor: Cursor): number | bigint {
  const pattern = /-?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?/y;
  pattern.lastIndex = cursor.at;
  const [text] = pattern.exec(cursor.text) ?? [];
  if (text === undefined) throw unexpected(cursor, "a JSON value");
  cursor.at += text.length;
  // Text may follow a first value: `1.5.x` is 1.5. But `1e-x` is a broken number, and not 1.
  if (/\.(?!\d)|\D$/.test(text)) throw unexpected(cursor, "a digit");
  const number = Number(text);
  return Number.isSafeInteger(number) || Math.abs(number) > 2 ** 65 ? number : (exactInteger(text) ?? number);
}

/**
 * The exact value of a decimal number that is an integer (`9007199254740993`, `1.8e19`, `12.0`), else undefined.
 * Bounded: an exponent or a length that leads beyond 64 bits gives undefined.
 */
export function exactInteger(text: string): bigint | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const digits = whole + fraction;
  const end = endOfSignificant(digits);
  const significant = digits.slice(0, end).replace(/^0+/, "");
  if (significant === "") return 0n;
  const zeros = Number(exponent) + whole.length - end;
  if (zeros < 0 || significant.length + zeros > 20) return undefined;
  return BigInt(sign + significant) * 10n ** BigInt(zeros);
}

/** Index of the zeros at the end. `/0+$/` would read each run of zeros once for every zero in it. */
function endOfSignificant(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return end;
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at++;
  }
}

function unexpected(cursor: Cursor, expected: string): DecodeError {
  const { text, at } = cursor;
  if (at >= text.length) return new DecodeError(expected, "the end of the JSON text");
  return new DecodeError(
    expected,
    `${describeJson(String.fromCodePoint(text.codePointAt(at) ?? 0))} at character ${at + 1}`,
  );
}
