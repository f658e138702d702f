/** RPCs that a function refuses, because escapes bring their requests past the routes that ask callers for more. */
import { languageOf, overlaps } from "../../front-door/path-language.js";
import { sameAuth } from "../auth/auth-groups.js";
import type { MethodPlan } from "../plan.js";
import { candidateOf, prefersBinding, type BindingPrecedence } from "./binding-precedence.js";
import { methodsMeet } from "./door-precedence.js";
import type { ProjectedBinding } from "./plan-routes.js";

/**
 * RPCs of another authentication that go before one of `methods` for some paths. A door matches paths as they are sent, and the function after
 * it has read their escapes: without these `/v1/%73ecret` would reach an RPC that takes every path below `/v1`.
 */
export function guardedMethods(
  methods: readonly MethodPlan[],
  projected: readonly ProjectedBinding[],
  precedence: BindingPrecedence,
): MethodPlan[] {
  const [first] = methods;
  if (first === undefined || projected.every(({ method }) => sameAuth(method.auth, first.auth))) return [];
  const all = projected.map((each, order) => {
    return { method: each.method, rank: candidateOf(each, order), language: languageOf(each.binding.template) };
  });
  const own = all.filter(({ method }) => methods.includes(method));
  const guarded = all.filter(({ method, rank, language }) => {
    if (sameAuth(method.auth, first.auth)) return false;
    return own.some(
      (each) =>
        prefersBinding(precedence, rank, each.rank) &&
        methodsMeet(routedMethod(rank.httpMethod), routedMethod(each.rank.httpMethod)) &&
        overlaps(language, each.language),
    );
  });
  return [...new Set(guarded.map(({ method }) => method))];
}

function routedMethod(httpMethod: string): string {
  return httpMethod === "*" ? "ANY" : httpMethod;
}
