/** The order of templates by specificity, in which a transcoder without declaration order tries them. */
import type { PathTemplate, Segment } from "./path-template.js";

/**
 * The order of bindings that match the same path. `lastDeclared`: as in grpc-gateway. `specificity`: the more specific
 * template, then a method before `*`.
 */
export type BindingPrecedence = "lastDeclared" | "specificity";

/**
 * Negative when `a` is more specific than `b`, positive for the opposite, 0 when neither is. A verb wins over none (and a
 * longer over a shorter); then the first segment that differs in kind decides: text, `*`, the end of the template, `**`.
 * Says something only about templates that overlap. A total preorder, so it sorts.
 */
export function compareSpecificity(a: PathTemplate, b: PathTemplate): number {
  if (a.verb.length !== b.verb.length) return b.verb.length - a.verb.length;
  const length = Math.max(a.segments.length, b.segments.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(a.segments[at]) - rank(b.segments[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `undefined` is the end: `/a` goes before `/a/**`, and `/a/**` after `/a/**` + `/b`. */
function rank(segment: Segment | undefined): number {
  switch (segment?.kind) {
    case "literal":
      return 0;
    case "wildcard":
      return 1;
    case undefined:
      return 2;
    case "deepWildcard":
      return 3;
  }
}
