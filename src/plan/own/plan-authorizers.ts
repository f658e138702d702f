/** Functions of the user's own that decide about callers. */
import { fileWord, uniqueName } from "../naming.js";
import { handlerIdentity, ownHandlerOf } from "../auth/own-authorizer.js";
import type { AuthorizerAuth, AuthorizerFunction, AuthPlan, Plan } from "../plan.js";
import { shareFunction } from "./share-function.js";

/** Most seconds that an API waits for a decision. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const longestDecision = 10;

/** A function for each handler that authentication names. `taken`: ids of functions; `timeout`: seconds that other functions have. */
export function planAuthorizers(
  auths: readonly AuthPlan[],
  taken: readonly string[],
  timeout: number,
): AuthorizerFunction[] {
  const functions = new Map<string, AuthorizerFunction>();
  for (const own of auths.flatMap((auth) => ownHandlerOf(auth) ?? [])) {
    const identity = handlerIdentity(own);
    const shared = functions.get(identity);
    const { kind: _, name, ...settings } = own;
    const ids = new Set([...taken, ...[...functions.values()].map(({ id }) => id)]);
    const limits = { timeout: Math.min(timeout, longestDecision), ...own.limits };
    const fn = { ...settings, id: shared?.id ?? uniqueName(fileWord(name), ids), limits };
    functions.set(identity, shared === undefined ? fn : shareFunction(shared, fn));
  }
  return [...functions.values()];
}

/** The function of the plan that decides; undefined where it exists elsewhere. */
export function authorizerOf(
  auth: AuthorizerAuth,
  { authorizers }: Pick<Plan, "authorizers">,
): AuthorizerFunction | undefined {
  const own = ownHandlerOf(auth);
  if (own === undefined) return undefined;
  return authorizers.find((fn) => handlerIdentity(fn) === handlerIdentity(own));
}
