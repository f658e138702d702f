/** Texts of a repository, read with a bound. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { readBounded } from "../bounded-file.js";

/** Sources, protos and settings that people write are far below it. */
export const maxSourceBytes = 5_000_000;

/** The text of a file without a byte order mark; undefined if there is none, or too much. `path` is relative to `root`. */
export function readText(root: string, path: string): string | undefined {
  try {
    // To open a pipe would wait for its writer.
    if (!statSync(join(root, path)).isFile()) return undefined;
    const read = readBounded(join(root, path), maxSourceBytes);
    return read.kind === "tooLarge" ? undefined : read.bytes.toString("utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

/** An object of data that somebody else's tool reads; any member may be anything. */
export type FoundObject = Readonly<Record<string, unknown>>;

/** A JSON object; undefined if the file is something else. */
export function readJson(root: string, path: string): FoundObject | undefined {
  return parseObject(() => JSON.parse(readText(root, path) ?? ""));
}

/** A map of YAML; undefined if the file is something else, or has aliases that lead nowhere or expand without end. */
export function readYaml(root: string, path: string): FoundObject | undefined {
  return parseObject(() => parseDocument(readText(root, path) ?? "").toJS({ maxAliasCount: 100 }));
}

/** The objects of a list; none if it is no list. */
export function objectsIn(value: unknown): FoundObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parseObject(parse: () => unknown): FoundObject | undefined {
  try {
    const value = parse();
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is FoundObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
