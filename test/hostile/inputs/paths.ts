/** Paths. */
import { type HostileInput, largestHeader, repeat } from "./input.js";

const segments: Readonly<Record<string, (size: number) => string>> = {
  slashes: (size) => repeat("/", size),
  colons: (size) => repeat(":", size),
  "colons and verbs": (size) => repeat(":verb", size),
  "escaped slashes": (size) => repeat("%2F", size),
  "wrong escapes": (size) => repeat("%", size),
  percents: (size) => repeat("%25", size),
  letters: (size) => repeat("a", size),
  digits: (size) => `${repeat("1", size)}x`,
  "many segments": (size) => repeat("a/", size),
};

/** Paths of every template. */
export function pathInputs(): HostileInput[] {
  const paths: Readonly<Record<string, (text: string) => string>> = {
    "with a text": (text) => `/v1/paths/${text}/1/1/AAAA/2024-01-02T03:04:05Z`,
    "with a double": (text) => `/v1/paths/a/${text}/1/AAAA/2024-01-02T03:04:05Z`,
    "with an integer": (text) => `/v1/paths/a/1/${text}/AAAA/2024-01-02T03:04:05Z`,
    "with a time": (text) => `/v1/paths/a/1/1/AAAA/${text}`,
    "with a deep text": (text) => `/v1/deep/${text}:verb`,
    "with a text of many parts": (text) => `/v1/many/a/parts/${text}`,
    "that nobody has": (text) => text,
  };
  return Object.entries(paths).flatMap(([place, path]) =>
    Object.entries(segments).map(([kind, text]) => ({
      name: `path ${place}, ${kind}`,
      most: largestHeader,
      request: (size) => ({ method: "GET", path: path(text(size)) }),
    })),
  );
}
