/** The version of this package. */
import { readFileSync } from "node:fs";

/** Reads it from `package.json`: `0.1.0`. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version);
}
