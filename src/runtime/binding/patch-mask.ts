/** The update mask of a PATCH request: the paths of the members of its JSON body. */
import { DecodeError } from "../values/decode-error.js";
import type { JsonInput, JsonInputObject } from "../values/json.js";

/** Emitted per message: adds the paths of an object's members; `prefix` is "" or ends with a dot. */
export type PathAdder = (json: JsonInputObject, prefix: string, paths: string[]) => void;

/**
 * Most paths of a mask. Each path repeats the names above it, so a long name may be in all of them; the length of a
 * path is bounded as well.
 */
const maxPaths = 10_000;
const maxPathLength = 1000;

/** The paths of a body, sorted, each once. A body that isn't an object has none. Throws DecodeError. */
export function bodyPaths(json: JsonInput, add: PathAdder): string[] {
  const paths: string[] = [];
  if (isObject(json)) add(json, "", paths);
  checkCount(paths);
  return [...new Set(paths)].sort();
}

/** Adds the path of a field that is not a message. Throws DecodeError if its JSON is an object. */
export function addLeafPath(json: JsonInput | undefined, path: string, paths: string[]): void {
  if (isObject(json)) throw new DecodeError("a value that is no JSON object", "an object", path);
  paths.push(path);
}

/** Adds the paths of a message field's members, or its own path for an empty object and for null. */
export function addMessagePaths(json: JsonInput | undefined, path: string, paths: string[], add: PathAdder): void {
  if (isObject(json) && Object.keys(json).length > 0) add(json, `${path}.`, paths);
  else paths.push(path);
}

/** Adds the paths of the leaves of a google.protobuf.Struct or Value; an empty object is a leaf. */
export function addStructPaths(json: JsonInput | undefined, path: string, paths: string[]): void {
  const names = membersOf(json, path, paths);
  if (names === undefined || names.length === 0) paths.push(path);
  for (const [name, value] of names ?? []) addStructPaths(value, `${path}.${name}`, paths);
}

/** Adds paths as `addStructPaths` does, without empty objects, which had no path before grpc-gateway 2.32. */
export function addFullStructPaths(json: JsonInput | undefined, path: string, paths: string[]): void {
  const names = membersOf(json, path, paths);
  if (names === undefined) paths.push(path);
  for (const [name, value] of names ?? []) addFullStructPaths(value, `${path}.${name}`, paths);
}

/** The members of an object; undefined for another value. Throws DecodeError if paths become too long or too many. */
function membersOf(
  json: JsonInput | undefined,
  path: string,
  paths: readonly string[],
): readonly (readonly [string, JsonInput])[] | undefined {
  if (path.length > maxPathLength)
    throw new DecodeError(`paths of at most ${maxPathLength} characters in an update mask`, "a longer one");
  checkCount(paths);
  return isObject(json) ? Object.entries(json) : undefined;
}

function checkCount(paths: readonly string[]): void {
  if (paths.length > maxPaths) throw new DecodeError(`at most ${maxPaths} paths in an update mask`, "more");
}

/** Refuses a member that names no field; a mask cannot express it. */
export function refuseUnknownPath(name: string, prefix: string): never {
  throw new DecodeError("the name of a field", JSON.stringify(name.slice(0, 64)), prefix.slice(0, -1));
}

function isObject(json: JsonInput | undefined): json is JsonInputObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
