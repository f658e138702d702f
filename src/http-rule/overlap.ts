/** Whether two templates can match the same path, and whether one matches everything that another does. */
import { verbSuffix } from "./format-path-template.js";
import type { PathTemplate, Segment } from "./path-template.js";

/** Stands for the text of a wildcard in example paths. */
const filler = "1";

/** Text that no template can hold: it speaks for every text that only wildcards take. */
const foreignText = "\u0000";

/** A path that both templates match, or undefined when there is none. */
export function findCommonPath(a: PathTemplate, b: PathTemplate): string | undefined {
  const count = commonLength(a, b);
  const left = count === undefined ? undefined : stretch(a.segments, count);
  const right = count === undefined ? undefined : stretch(b.segments, count);
  if (left === undefined || right === undefined) return undefined;
  const path: string[] = [];
  for (const [at, segment] of left.entries()) {
    const last = at === left.length - 1;
    const text = commonText(segment, last ? verbSuffix(a) : "", right[at], last ? verbSuffix(b) : "");
    if (text === undefined) return undefined;
    path.push(text);
  }
  return `/${path.join("/")}`;
}

/**
 * Tells whether `wide` matches every path that `narrow` matches. A `**` in `narrow` is tried with every number of segments
 * up to one more than `wide` has: past that, `wide` can only be using its own `**`. Empty segments are not thought of.
 */
export function covers(wide: PathTemplate, narrow: PathTemplate): boolean {
  const least = narrow.segments.length - (deepIndex(narrow.segments) === -1 ? 0 : 1);
  const most = least === narrow.segments.length ? least : least + wide.segments.length + 1;
  for (let count = Math.max(1, least); count <= most; count++) {
    const texts = (stretch(narrow.segments, count) ?? []).map((segment) => textOf(segment, foreignText));
    const path = [...texts.slice(0, -1), `${texts.at(-1)}${verbSuffix(narrow)}`];
    if (!matchesPath(wide, path)) return false;
  }
  return true;
}

/** Tells whether a template matches a path that is already split at its slashes. `*` takes no empty segment. */
export function matchesPath(template: PathTemplate, path: readonly string[]): boolean {
  const segments = stretch(template.segments, path.length);
  if (segments === undefined) return false;
  return segments.every((segment, at) => {
    const text = stripSuffix(path[at] ?? "", at === path.length - 1 ? verbSuffix(template) : "");
    return text !== undefined && takes(segment, text);
  });
}

/**
 * The number of segments of a common path: fixed by a template without `**`; with one in both, long enough to keep what
 * stands before the one apart from what stands behind the other.
 */
function commonLength(a: PathTemplate, b: PathTemplate): number | undefined {
  const deepA = deepIndex(a.segments);
  const deepB = deepIndex(b.segments);
  if (deepA === -1) return a.segments.length;
  if (deepB === -1) return b.segments.length;
  return Math.max(deepA, deepB) + Math.max(a.segments.length - deepA, b.segments.length - deepB);
}

/** The segments with `**` repeated (or dropped) so that there are `count`; undefined when that cannot be. */
function stretch(segments: readonly Segment[], count: number): readonly Segment[] | undefined {
  const deep = deepIndex(segments);
  if (deep === -1) return segments.length === count ? segments : undefined;
  const times = count - segments.length + 1;
  if (times < 0) return undefined;
  const repeated = Array.from({ length: times }, (): Segment => ({ kind: "deepWildcard" }));
  return [...segments.slice(0, deep), ...repeated, ...segments.slice(deep + 1)];
}

/** A text that both segments take, each after its suffix is off. */
function commonText(a: Segment, suffixA: string, b: Segment | undefined, suffixB: string): string | undefined {
  if (b === undefined) return undefined;
  const candidates = [`${textOf(a, filler)}${suffixA}`, `${textOf(b, filler)}${suffixB}`];
  return candidates.find((text) => {
    const left = stripSuffix(text, suffixA);
    const right = stripSuffix(text, suffixB);
    return left !== undefined && right !== undefined && takes(a, left) && takes(b, right);
  });
}

/** `text` without `suffix`, when something is left before it. */
function stripSuffix(text: string, suffix: string): string | undefined {
  if (suffix === "") return text;
  return text.length > suffix.length && text.endsWith(suffix) ? text.slice(0, -suffix.length) : undefined;
}

function takes(segment: Segment, text: string): boolean {
  switch (segment.kind) {
    case "literal":
      return segment.text === text;
    case "wildcard":
      return text !== "";
    case "deepWildcard":
      return true;
  }
}

function textOf(segment: Segment, wildcard: string): string {
  return segment.kind === "literal" ? segment.text : wildcard;
}

function deepIndex(segments: readonly Segment[]): number {
  return segments.findIndex((segment) => segment.kind === "deepWildcard");
}
