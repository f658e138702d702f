/**
 * Field paths for errors in protobuf binary, put together while the exception unwinds, so that success costs nothing.
 */
import { DecodeError, inside } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";

/**
 * The error to throw for an error in the field of `tag`; `names` has the fields' names, or `listItem(…)` for lists, by
 * number.
 */
export function inTag(error: unknown, tag: number, names: Readonly<Record<number, string>>): unknown {
  const name = names[tag >>> 3];
  return name === undefined ? error : inside(error, name);
}

/** The step to the item that is being read: `books[3]` after three items. */
export function listItem(name: string, list: readonly unknown[] | undefined): string {
  return `${name}[${list?.length ?? 0}]`;
}

/** The error to throw for an error in a map's entry; the step is added once its key has been read. */
export function inEntry(error: unknown, key: string | undefined): unknown {
  return key === undefined || !(error instanceof DecodeError) ? error : inside(error, `[${describeJson(key)}]`);
}
