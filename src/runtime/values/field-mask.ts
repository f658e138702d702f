/** google.protobuf.FieldMask to and from `user.displayName,photo`. https://protobuf.dev/reference/protobuf/google.protobuf/#field-mask */
import { DecodeError } from "./decode-error.js";
import { describeJson } from "./describe-json.js";
import { EncodeError } from "./encode-error.js";
import type { JsonInput } from "./json.js";

/** Reads comma-separated lowerCamelCase paths into paths of proto names. */
export function readFieldMask(json: JsonInput): string[] {
  const text = typeof json === "string" ? json.trim() : "_";
  if (text === "") return [];
  if (!text.includes("_")) {
    const paths = text.split(",");
    if (paths.every(isPath)) return paths.map((path) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  }
  throw new DecodeError("field paths in lowerCamelCase", describeJson(json));
}

/** Formats paths; refuses one that would not come back the same. */
export function writeFieldMask(paths: Iterable<unknown> | null | undefined): string {
  return Array.from(paths ?? [], formatPath).join(",");
}

function formatPath(given: unknown): string {
  const path = String(given);
  if (!isPath(path) || /[A-Z]|_(?![a-z])/.test(path))
    throw new EncodeError("a field path that lowerCamelCase can express", describeJson(path));
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Tells whether a text is a path: names with dots between them. */
function isPath(path: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(path);
}
