/** Texts of a repository, read with a bound. */
import { join } from "node:path";
import { readBounded } from "../bounded-file.js";

/** Sources, protos and settings that people write are far below it. */
const maxBytes = 5_000_000;

/** The text of a file; undefined if there is none, or too much. `path` is relative to `root`. */
export function readText(root: string, path: string): string | undefined {
  try {
    const read = readBounded(join(root, path), maxBytes);
    return read.kind === "tooLarge" ? undefined : read.bytes.toString("utf8");
  } catch {
    return undefined;
  }
}

/** A JSON object; undefined if the file is something else. */
export function readJson(root: string, path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readText(root, path) ?? "");
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
