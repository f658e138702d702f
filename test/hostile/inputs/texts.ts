/** Texts that stand for a value. */
import { nest, repeat } from "./input.js";

/** Texts of parameters and headers, by what they are. */
export const texts: Readonly<Record<string, (size: number) => string>> = {
  "a long text": (size) => repeat("x", size),
  digits: (size) => repeat("1", size),
  "digits and a letter": (size) => `${repeat("1", size)}x`,
  "digits with a point": (size) => `${repeat("1", size / 2)}.${repeat("1", size / 2)}x`,
  zeros: (size) => `${repeat("0", size)}1`,
  "zeros and a letter": (size) => `${repeat("0", size)}x`,
  "a fraction of a second": (size) => `2024-01-02T03:04:05.${repeat("1", size)}`,
  commas: (size) => repeat("a,", size),
  base64: (size) => repeat("AAAA", size),
  escapes: (size) => repeat("%41", size),
  "escapes of other characters": (size) => repeat("%C3%A9", size),
  "escapes that are wrong": (size) => `${repeat("%41", size)}%4`,
  pluses: (size) => repeat("+", size),
  "JSON lists": (size) => nest("[", "]", size),
  "JSON objects": (size) => `{"a":${nest('{"a":', "}", size, "1")}}`,
  "JSON with a long number": (size) => `{"a":1.5${repeat("0", size)}1,"b":1,"b":2}`,
};
