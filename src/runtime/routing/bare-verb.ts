/** Paths whose last segment is only a verb: `/v1/shelves/:merge`. */
import type { PathPattern, SplitPath } from "./match-path.js";

/** Tells whether the last segment of a path is the verb of the pattern, with nothing in front. */
export function isBareVerb({ verb }: Pick<PathPattern, "verb">, { segments }: Pick<SplitPath, "segments">): boolean {
  return verb !== "" && segments[segments.length - 1] === `:${verb}`;
}
