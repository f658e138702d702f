/** A difference between two answers to the same request. */

/**
 * Classes of differences, worst first. `missing`: no answer from the new side. `shape`: a member is gone or new, has another JSON type or
 * another length. `order`: the same items of a list in another order. `wording`: the message of an error with the same code.
 * `latency`: the 95th percentile is beyond its tolerance.
 */
export const differenceClasses = [
  "missing",
  "status",
  "shape",
  "value",
  "order",
  "header",
  "wording",
  "latency",
] as const;

/** A class of differences. */
export type DifferenceClass = (typeof differenceClasses)[number];

/** One difference. */
export interface Difference {
  readonly class: DifferenceClass;
  /** Fields of the reply, `books[].create_time`, `labels{}` for values of a map; `status`, `error.message`, `header:etag`, `body`. */
  readonly path: string;
  /** Short JSON texts; "(absent)" for a member that is not there. */
  readonly old: string;
  readonly new: string;
  /** The JSON types of both, `string -> number`; parts of the fingerprint. */
  readonly types: string;
}

/** More differences of one answer are not collected. */
export const maxDifferences = 200;

/** Characters of a value that are shown. */
const shownCharacters = 200;

/** The text for a member that is not there. */
export const absent = "(absent)";

/** A value as short JSON text. */
export function showValue(value: unknown): string {
  if (value === undefined) return absent;
  const text = JSON.stringify(value) ?? absent;
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** The JSON type of a value: `object`, `list`, `string`, `number`, `boolean`, `null`, `absent`. */
export function jsonType(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** Makes a difference of two values. */
export function difference(kind: DifferenceClass, path: string, old: unknown, changed: unknown): Difference {
  const types = jsonType(old) === jsonType(changed) ? jsonType(old) : `${jsonType(old)} -> ${jsonType(changed)}`;
  return { class: kind, path, old: showValue(old), new: showValue(changed), types };
}
