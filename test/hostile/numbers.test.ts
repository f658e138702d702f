/** Numbers of any length, wherever a client can put one: what a reader takes for them grows with their length. */
import { describe, expect, it } from "vitest";
import { decodeJson, parseJson } from "../../src/runtime/json/parse-json.js";
import * as olderTexts from "../../src/runtime/binding/older-texts.js";
import * as scalars from "../../src/runtime/binding/parse-scalar.js";
import { durationText, timestampText } from "../../src/runtime/binding/parse-time.js";
import { growth, linearGrowth } from "../support/growth.js";

/** Texts of about `length` characters that a number may begin like. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  "zeros that are not at the end": (length) => `1.5${"0".repeat(length)}1`,
  "zeros before the point": (length) => `1${"0".repeat(length)}1.5`,
  "zeros in front": (length) => `${"0".repeat(length)}1`,
  "zeros at the end": (length) => `1${"0".repeat(length)}`,
  "zeros behind the point": (length) => `0.${"0".repeat(length)}`,
  "runs of zeros": (length) => `1.${"0000000005".repeat(length / 10)}`,
  nines: (length) => "9".repeat(length),
  "digits and a letter": (length) => `${"1".repeat(length)}x`,
  "digits on both sides of the point, and a letter": (length) => `${"1".repeat(length / 2)}.${"1".repeat(length / 2)}x`,
  "points and digits": (length) => ".1".repeat(length / 2),
  "a long exponent": (length) => `1e${"1".repeat(length)}`,
  "a long exponent of zeros": (length) => `15e-${"0".repeat(length)}1`,
  "hexadecimal digits": (length) => `0x${"f".repeat(length)}`,
  "hexadecimal digits with a point": (length) => `0x${"f".repeat(length / 2)}.${"f".repeat(length / 2)}`,
  signs: (length) => "-".repeat(length),
  "a time with a long fraction": (length) => `2024-01-02T03:04:05.${"1".repeat(length)}Z`,
  "a time with a long fraction and no zone": (length) => `2024-01-02T03:04:05.${"1".repeat(length)}`,
  "a duration of many parts": (length) => "1h".repeat(length / 2),
};

/** Everything that reads numbers and times. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  ...Object.fromEntries(Object.entries(scalars).filter(([name]) => name !== "refuseEnum")),
  ...olderTexts,
  timestampText,
  durationText,
  "the exact JSON reader": (text) => parseJson(`{"a":${text},"b":1,"b":2}`),
  "a JSON text": (text) => parseJson(`[${text}]`),
  "a JSON body": (text) => decodeJson(`{"a":${text}}`, (json) => json),
};

describe.each(Object.keys(readers))("%s", (name) => {
  const read = readers[name] as (text: string) => unknown;
  it.each(Object.keys(texts))("%s", (kind) => {
    const text = texts[kind] as (length: number) => string;
    const runOn = (length: number) => {
      const input = text(length);
      return () => {
        try {
          return read(input);
        } catch (error) {
          expect(error).toHaveProperty("name", "DecodeError");
          return "refused";
        }
      };
    };
    expect(growth(runOn, 5000)).toBeLessThan(linearGrowth);
  });
});
