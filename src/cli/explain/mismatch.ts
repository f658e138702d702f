/**
 * The reason why a template does not match a path. Call it only if the runtime's matcher has found that it does not.
 */
import type { PathPattern } from "../../runtime/routing/match-path.js";

/** The first difference. */
export interface Mismatch {
  /** The part of template and path that agrees from the left: 0 nothing, below 1. */
  readonly nearness: number;
  /** `segment 2 is "shelves" in the template, "books" in the path`. */
  readonly reason: string;
}

/** `path` is the split path that the template was matched against. */
export function explainMismatch(pattern: PathPattern, path: readonly string[]): Mismatch {
  const bare = withoutVerb(pattern.verb, path);
  const deep = pattern.segments.indexOf("**");
  const fixed = Math.min(deep === -1 ? pattern.segments.length : deep, bare.length);
  const agreed = countAgreed(pattern.segments, bare, fixed);
  const nearness = agreed / (Math.max(pattern.segments.length, path.length) + 0.5);
  if (agreed < fixed) return { nearness, reason: differs(agreed, pattern.segments[agreed], bare) };
  const least = deep === -1 ? pattern.segments.length : pattern.segments.length - 1;
  if (bare.length < least || (deep === -1 && bare.length > least)) {
    return { nearness, reason: describeLength(least, deep !== -1, path) };
  }
  if (pattern.verb !== "" && !hasVerb(pattern.verb, path)) {
    return { nearness, reason: `the path does not end in ":${pattern.verb}"` };
  }
  return { nearness, reason: explainTail(pattern.segments.slice(deep + 1), bare) };
}

function hasVerb(verb: string, path: readonly string[]): boolean {
  return path.at(-1)?.endsWith(`:${verb}`) === true;
}

/** The path as far as segments are compared: without the template's verb, or what stands in its place. */
function withoutVerb(verb: string, path: readonly string[]): readonly string[] {
  const last = path.at(-1) ?? "";
  const end = hasVerb(verb, path) ? last.length - verb.length - 1 : last.lastIndexOf(":");
  return verb === "" || end === -1 ? path : [...path.slice(0, -1), last.slice(0, end)];
}

function countAgreed(template: readonly string[], path: readonly string[], count: number): number {
  for (let index = 0; index < count; index++) {
    if (template[index] !== "*" && template[index] !== path[index]) return index;
  }
  return count;
}

function differs(index: number, expected: string | undefined, path: readonly string[]): string {
  const slash = index === path.length - 1 && path[index] === "" ? " (trailing slash)" : "";
  return `segment ${index + 1} is ${JSON.stringify(expected)} in the template, ${JSON.stringify(path[index])} in the path${slash}`;
}

function describeLength(least: number, orMore: boolean, path: readonly string[]): string {
  const slash = path.length > 1 && path.at(-1) === "" ? ", the last one empty (trailing slash)" : "";
  return `the template has ${least}${orMore ? " or more" : ""} segment${least === 1 ? "" : "s"}, the path ${path.length}${slash}`;
}

/** The segments behind `**` stand at the end of the path. */
function explainTail(tail: readonly string[], path: readonly string[]): string {
  const start = path.length - tail.length;
  const wrong = tail.findIndex((expected, index) => expected !== "*" && expected !== path[start + index]);
  return differs(start + wrong, tail[wrong], path);
}
