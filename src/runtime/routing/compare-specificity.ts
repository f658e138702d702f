/** The order of routes by the specificity of their templates. */
import type { PathPattern } from "./match-path.js";

/** The part of a route that the order needs. */
export interface Orderable extends Pick<PathPattern, "segments" | "verb"> {
  readonly httpMethod: string;
}

/**
 * Compares routes: a verb before none, then text before `*` before `**` at the first difference, then a method before
 * `*`.
 */
export function compareSpecificity(a: Orderable, b: Orderable): number {
  if (a.verb.length !== b.verb.length) return b.verb.length - a.verb.length;
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.httpMethod === "*") - Number(b.httpMethod === "*");
}

function rank(segment: string | undefined): number {
  if (segment === undefined) return 2;
  return segment === "**" ? 3 : segment === "*" ? 1 : 0;
}
