/** Choice of the request that is shown for a finding. */
import { compareText } from "../../diagnostics.js";

/** The part of a request that the choice is made by. */
export interface Example {
  readonly id: string;
  readonly target: string;
}

/**
 * Orders examples, best first: the shortest target, because a person reads and repeats it, then the first in its recording. The order in
 * which answers came does not matter.
 */
export function compareExamples(a: Example, b: Example): number {
  return a.target.length - b.target.length || compareIds(a.id, b.id);
}

/** Numbers at the end by value: `a:2` before `a:10`. */
function compareIds(a: string, b: string): number {
  const [left, right] = [a, b].map((id) => /^(.*?):?(\d*)$/s.exec(id) ?? []);
  return compareText(left?.[1] ?? "", right?.[1] ?? "") || Number(left?.[2]) - Number(right?.[2]);
}
