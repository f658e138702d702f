/** Policies that authorizers of a REST API answer with. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
import { isRecord } from "./result-parts.js";

/**
 * The effect of the statements on calls of a resource: a denial counts before a permission. Conditions are not looked at: a statement with
 * one allows nothing, and denies what it names.
 */
export function policyEffect(statements: unknown, arn: string): "allow" | "deny" | "none" {
  const list = (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
  const named = list.filter(
    ({ Action, Resource }) => matchesAny(Action, "execute-api:invoke", true) && matchesAny(Resource, arn, false),
  );
  if (named.some(({ Effect }) => Effect === "Deny")) return "deny";
  return named.some(({ Effect, Condition }) => Effect === "Allow" && Condition === undefined) ? "allow" : "none";
}

function matchesAny(patterns: unknown, text: string, lower: boolean): boolean {
  const list: unknown[] = Array.isArray(patterns) ? patterns : [patterns];
  return list.some((one) => typeof one === "string" && matchesPattern(lower ? one.toLowerCase() : one, text));
}

/** `*` is any text and `?` one character. After a star that fits, only the last one is tried again, so that time stays in bounds. */
function matchesPattern(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let star: readonly [number, number] | undefined;
  while (from < text.length) {
    if (pattern[at] === "*") star = [at++, from];
    else if (pattern[at] === "?" || pattern[at] === text[from]) [at, from] = [at + 1, from + 1];
    else if (star === undefined) return false;
    else {
      star = [star[0], star[1] + 1];
      [at, from] = [star[0] + 1, star[1]];
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
