/** The order of routes by how much their templates say, whatever the order of declaration. */
import type { PathPattern } from "./match-path.js";

/** What the order is made of. */
export interface Orderable extends Pick<PathPattern, "segments" | "verb"> {
  readonly httpMethod: string;
}

/** A verb before none, then text before `*` before `**` at the first difference, then a method before any method. */
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
