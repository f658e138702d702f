/** Plans the routes of the user's own, and the functions behind them. */
import type { FrontDoor } from "../../front-door/front-door.js";
import type { RouteKey } from "../../front-door/route-key.js";
import type { Binding } from "../../model/api-model.js";
import { plainBundle } from "../functions/plan-bundle.js";
import { fileWord, uniqueName } from "../naming.js";
import { sameAuth } from "../auth/auth-groups.js";
import { authIdentity, authSuffix } from "../auth/auth-identity.js";
import { handlerIdentity } from "../auth/own-authorizer.js";
import { resolveAuth } from "../auth/resolve-auth.js";
import type { AuthPlan, AuthSetting, OwnFunction, OwnRoute } from "../plan.js";
import type { OwnRouteOptions } from "../plan-options.js";
import { renameKey } from "../routes/plan-routes.js";
import { shareFunction } from "./share-function.js";

/**
 * The routes in the order of the configuration, and a function for each handler and for all fixed answers, apart for each authentication.
 * `taken`: ids of functions; `others`: routes of RPCs; `apiAuth`: the setting of the API.
 */
export function planOwnRoutes(
  routes: readonly OwnRouteOptions[],
  frontDoor: FrontDoor,
  taken: readonly string[],
  others: readonly RouteKey[],
  apiAuth: AuthSetting | undefined,
): { readonly ownRoutes: OwnRoute[]; readonly ownFunctions: OwnFunction[] } {
  const functions = new Map<string, OwnFunction>();
  const projected = routes.map((route) => ({ route, keys: frontDoor.projectBinding(bindingOf(route)).keys }));
  const allPaths = [...others, ...projected.flatMap(({ keys }) => keys)].map(({ path }) => path);
  const paths = frontDoor.arrangePaths(allPaths);
  const ownRoutes = projected.map(({ route, keys: [first, ...more] }): OwnRoute => {
    const auth = resolveAuth([apiAuth, route.auth], frontDoor.id);
    const isOfApi = sameAuth(auth, resolveAuth([apiAuth], frontDoor.id));
    const word = route.answer.kind === "fixed" ? "fixed-answers" : route.answer.name;
    const name = isOfApi ? word : `${word}-${authSuffix(auth)}`;
    const key = `${answerIdentity(route)} ${authIdentity(auth)}`;
    const ids = [...taken, ...[...functions.values()].map(({ id }) => id)];
    const shared = functions.get(key);
    const fn = ownFunction(route, shared?.id ?? uniqueName(fileWord(name), new Set(ids)), auth);
    functions.set(key, shared === undefined ? fn : shareFunction(shared, fn));
    return {
      httpMethod: route.httpMethod,
      template: route.template,
      keys: [renameKey(first, paths), ...more.map((key) => renameKey(key, paths))],
      functionId: fn.id,
      auth,
      ...(route.answer.kind === "fixed" ? { fixed: route.answer.fixed } : {}),
    };
  });
  return { ownRoutes, ownFunctions: [...functions.values()] };
}

/** A binding without a message, for the projection to routes. */
function bindingOf({ httpMethod, template, location }: OwnRouteOptions): Binding {
  return { index: 0, httpMethod, template, pathParams: [], body: { kind: "none" }, origin: "unbound", location };
}

function answerIdentity({ answer }: OwnRouteOptions): string {
  return answer.kind === "fixed" ? "fixed" : handlerIdentity(answer);
}

function ownFunction({ answer }: OwnRouteOptions, id: string, auth: AuthPlan): OwnFunction {
  if (answer.kind === "fixed") return { id, auth, bundle: plainBundle, environment: [], policies: [] };
  const { kind: _, name: __, ...settings } = answer;
  return { id, auth, ...settings };
}
