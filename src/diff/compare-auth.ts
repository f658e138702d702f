/** Differences between what two versions ask callers for. */
import { authIdentity, authText } from "../plan/auth/auth-identity.js";
import type { AuthPlan, OwnRoute, Plan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** Compares the API's authentication, and that of each RPC which does not change as the API does. */
export function compareAuth(before: Plan, after: Plan): Change[] {
  const api = describe(before.deployment.auth, after.deployment.auth);
  const now = new Map(after.methods.map(({ method, auth }) => [method.fullName, auth]));
  const rpcs = before.methods.flatMap(({ method, auth }): Change[] => {
    const other = now.get(method.fullName);
    const text = other && describe(auth, other);
    if (text === undefined || text === api) return [];
    return [change("access", `auth ${method.fullName}`, true, `callers of ${method.name} ${text}`)];
  });
  const routes = new Map(after.ownRoutes.map((route) => [routeName(route), route.auth]));
  const own = before.ownRoutes.flatMap((route): Change[] => {
    const other = routes.get(routeName(route));
    const text = other && describe(route.auth, other);
    if (text === undefined || text === api) return [];
    return [change("access", `auth ${routeName(route)}`, true, `callers of ${routeName(route)} ${text}`)];
  });
  return [...(api === undefined ? [] : [change("access", "auth", true, `callers ${api}`)]), ...rpcs, ...own];
}

function routeName({ httpMethod, template }: OwnRoute): string {
  return `${httpMethod} ${template.source}`;
}

/** `are checked by jwt (shelves.write), before by iam`; undefined where nothing changes. */
function describe(old: AuthPlan, now: AuthPlan): string | undefined {
  if (authIdentity(old) === authIdentity(now)) return undefined;
  const [was, is] = [authText(old), authText(now)];
  const change = was === is ? `are checked by ${is} with other settings` : `are checked by ${is}, before by ${was}`;
  return `${change}${now.kind === "none" ? ": everybody may call" : ""}`;
}
