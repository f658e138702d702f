/**
 * Matches the path of a request with path templates. This is done in the function, because no front door can express
 * them.
 */
import { percentDecode } from "../values/percent.js";
import type { Profile } from "./profile.js";

/** The parts of a template, as `Binding` has them. */
export interface PathPattern {
  /** Text, `*` or `**` (at most one). */
  readonly segments: readonly string[];
  readonly verb: string;
  readonly captures: readonly (readonly [start: number, end: number])[];
}

/** A path that is split into segments; made once per request. */
export interface SplitPath {
  readonly segments: readonly string[];
  /**
   * Decodes the segments of `**`; the other segments then have to be decoded, too. Absent if nothing has to be decoded.
   */
  readonly decodeDeep?: (text: string) => string;
  /** Whether `decodeDeep` decodes every segment of a variable that has more than one. */
  readonly byVariable?: true;
}

/** Splits a path; in legacy mode it is decoded first (throws DecodeError). Undefined if it doesn't start with "/". */
export function splitPath(
  path: string,
  isDecoded: boolean,
  pathUnescaping: Profile["pathUnescaping"],
): SplitPath | undefined {
  if (!path.startsWith("/")) return undefined;
  if (!isDecoded && pathUnescaping !== "legacy") return pathUnescaping(path);
  return { segments: splitAtSlashes(isDecoded ? path : percentDecode(path)) };
}

/** Splits a path into the texts behind each slash. Twice as fast as `split` on a new text. */
export function splitAtSlashes(path: string): string[] {
  const segments: string[] = [];
  let start = 1;
  for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", start)) {
    segments.push(path.slice(start, end));
    start = end + 1;
  }
  segments.push(path.slice(start));
  return segments;
}

/**
 * The captured texts, one per variable; undefined if the path doesn't match. Throws DecodeError for malformed escapes.
 */
export function matchPath(pattern: PathPattern, path: SplitPath): string[] | undefined {
  const segments = withoutVerb(pattern.verb, path.segments);
  if (segments === undefined) return undefined;
  const deep = pattern.segments.indexOf("**");
  const taken = alignSegments(pattern.segments, segments, deep);
  if (taken === undefined) return undefined;
  const texts: string[] = [];
  for (const [start, end] of pattern.captures) texts.push(capture(segments, deep, taken, start, end, path));
  return texts;
}

/**
 * The path's segments without the template's verb at the end of the last one, which has to be longer than the verb.
 */
function withoutVerb(verb: string, segments: readonly string[]): readonly string[] | undefined {
  if (verb === "") return segments;
  const last = segments[segments.length - 1] ?? "";
  if (!last.endsWith(`:${verb}`)) return undefined;
  const rest = last.slice(0, -verb.length - 1);
  return rest === "" ? undefined : [...segments.slice(0, -1), rest];
}

/**
 * The number of path segments that the template's `**` (at `deep`) takes, 0 without `**`; undefined if the path doesn't
 * match.
 */
function alignSegments(template: readonly string[], path: readonly string[], deep: number): number | undefined {
  if (deep === -1) {
    return template.length === path.length && matchRange(template, path, 0, 0, path.length) ? 0 : undefined;
  }
  const taken = path.length - (template.length - 1);
  if (taken < 0 || !matchRange(template, path, 0, 0, deep)) return undefined;
  return matchRange(template, path, deep + 1, deep + taken, template.length - deep - 1) ? taken : undefined;
}

function matchRange(
  template: readonly string[],
  path: readonly string[],
  templateStart: number,
  pathStart: number,
  count: number,
): boolean {
  for (let index = 0; index < count; index++) {
    const expected = template[templateStart + index];
    if (expected !== "*" && expected !== path[pathStart + index]) return false;
  }
  return true;
}

/** The text that the template's segments [start, end) take of the path. */
function capture(
  path: readonly string[],
  deep: number,
  taken: number,
  start: number,
  end: number,
  { decodeDeep, byVariable }: SplitPath,
): string {
  let text = "";
  for (let index = start; index < end; index++) {
    if (index > start) text += "/";
    const isDeep = index === deep;
    const part = isDeep
      ? path.slice(deep, deep + taken).join("/")
      : (path[deep === -1 || index < deep ? index : index + taken - 1] ?? "");
    text +=
      decodeDeep === undefined ? part : (isDeep || (byVariable && end > start + 1) ? decodeDeep : percentDecode)(part);
  }
  return text;
}
