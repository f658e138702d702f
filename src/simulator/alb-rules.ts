/**
 * Chooses among a listener's rules: by priority, the first whose conditions all hold.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import type { ListenerRule, RouteChoice } from "./simulated-door.js";

/** Chooses for a method and a path as sent; undefined when the default action is due. */
export function chooseAlbRule<Target>(
  rules: readonly ListenerRule<Target>[],
  method: string,
  path: string,
): RouteChoice<Target> | undefined {
  const [first] = rules
    .filter((rule) => rule.httpMethods.length === 0 || rule.httpMethods.includes(method))
    .filter((rule) => matchesPath(rule, path))
    .sort((a, b) => a.priority - b.priority);
  return first === undefined ? undefined : { key: `rule ${first.priority}`, pathParameters: {}, target: first.target };
}

function matchesPath({ pathPatterns, pathRegexes }: ListenerRule<unknown>, path: string): boolean {
  if (pathPatterns.length === 0 && pathRegexes.length === 0) return true;
  return (
    pathPatterns.some((pattern) => patternRegExp(pattern).test(path)) ||
    pathRegexes.some((regex) => new RegExp(regex).test(path))
  );
}

function patternRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
