/** Which classes account for a difference, and what of it none does. */
import { type Aspect, isSame } from "../compare/differences.js";
import type { ValuesByName } from "../compare/observation.js";
import type { Difference, DifferenceClass, Explanation, Side } from "./difference-class.js";

/** What is known of a difference. */
export interface Verdict {
  /** Ids, in the order of the table. */
  readonly classes: readonly string[];
  /** What no class accounts for: empty when the difference is explained. */
  readonly left: readonly Aspect[];
}

/** Classes that account for the difference: first those that make one aspect equal, then those that hold of the whole. */
export function explain(difference: Difference, classes: readonly DifferenceClass[]): Verdict {
  const known = classes.filter(({ versions }) => versions === undefined || versions.includes(difference.version));
  const found = new Set<string>();
  let left = difference.aspects;
  for (const aspect of ["body", "headers", "metadata"] as const) {
    if (!left.includes(aspect)) continue;
    const needed = neededRewrites(aspect, difference, known);
    if (needed === undefined) continue;
    for (const { id } of needed) found.add(id);
    left = left.filter((other) => other !== aspect);
  }
  for (const { id, explanation } of known) {
    if (left.length === 0) break;
    if (explanation.kind !== "outcome" || !explanation.holds(difference)) continue;
    const rest = explanation.aspects === undefined ? [] : left.filter((one) => !explanation.aspects?.includes(one));
    if (rest.length < left.length) found.add(id);
    left = rest;
  }
  return { classes: known.map(({ id }) => id).filter((id) => found.has(id)), left };
}

type RewrittenAspect = "body" | "headers" | "metadata";

/** The fewest classes whose rewriting makes the aspect equal; undefined when all of them together do not. */
function neededRewrites(
  aspect: RewrittenAspect,
  difference: Difference,
  classes: readonly DifferenceClass[],
): readonly DifferenceClass[] | undefined {
  const able = classes.filter(({ explanation }) => explanation.kind === aspect);
  const areEqual = (chosen: readonly DifferenceClass[]): boolean =>
    isSame(rewritten(aspect, "theirs", difference, chosen), rewritten(aspect, "ours", difference, chosen));
  if (!areEqual(able)) return undefined;
  return able.reduce<readonly DifferenceClass[]>((needed, one) => {
    const fewer = needed.filter((other) => other !== one);
    return areEqual(fewer) ? fewer : needed;
  }, able);
}

function rewritten(
  aspect: RewrittenAspect,
  side: Side,
  difference: Difference,
  classes: readonly DifferenceClass[],
): unknown {
  const observation = difference[side];
  const start = { body: observation.body, headers: observation.headers, metadata: observation.calls[0]?.metadata };
  return classes.reduce<unknown>(
    (value, { explanation }) => rewriteWith(explanation, value, side, difference),
    start[aspect],
  );
}

function rewriteWith(explanation: Explanation, value: unknown, side: Side, difference: Difference): unknown {
  switch (explanation.kind) {
    case "body":
      return explanation.rewrite(value as string, side, difference);
    case "headers":
    case "metadata":
      return explanation.rewrite(value as ValuesByName, side, difference);
    case "outcome":
      return value;
    default:
      return explanation satisfies never;
  }
}
