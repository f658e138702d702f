/** The binding that a request is meant for, whatever front door it came through. */
import { matchesPath } from "./overlap.js";
import type { PathTemplate } from "./path-template.js";
import { compareSpecificity } from "./specificity.js";

/** A template with its method; `*` is any. */
interface Bound {
  readonly httpMethod: string;
  readonly template: PathTemplate;
}

/**
 * The binding with the most specific template of those that take the request; of those that take its path when none has the method.
 * `target` is path and query as sent.
 */
export function findBinding<Binding extends Bound>(
  bindings: readonly Binding[],
  method: string,
  target: string,
): Binding | undefined {
  const path = decode(target.split("?")[0] ?? "")
    .split("/")
    .slice(1);
  const matching = bindings
    .filter(({ template }) => matchesPath(template, path))
    .sort((a, b) => compareSpecificity(a.template, b.template));
  return matching.find(({ httpMethod }) => [method, "*"].includes(httpMethod)) ?? matching[0];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
