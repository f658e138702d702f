/** Plans requests that match no RPC, and browsers' preflights: the routes for them and the functions behind these. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { hostsOf } from "../door-settings.js";
import { uniqueName } from "../naming.js";
import type { AuthPlan, DeploymentPlan, FunctionPlan, OwnRoute, UnroutedFunction, UnroutedPlan } from "../plan.js";

/**
 * Sends these requests to a function without RPCs, which knows the templates of all, or to one with every RPC, which
 * `makeFallback` plans; if the API has one function, to that one. Their routes ask for the API's authentication, or for that of the one
 * function. Preflights carry no credentials, so they never go to a function with RPCs where any route asks for some.
 */
export function planUnrouted(
  functions: readonly FunctionPlan[],
  ownRoutes: readonly OwnRoute[],
  deployment: DeploymentPlan,
  frontDoor: FrontDoor,
  makeFallback: (functions: readonly FunctionPlan[]) => FunctionPlan | undefined,
): UnroutedPlan {
  const [only, ...others] = functions;
  if (only === undefined || frontDoor.routing === "none") return { routes: [] };
  const keys = [...functions.flatMap((fn) => fn.routeKeys), ...ownRoutes.flatMap((route) => route.keys)];
  const rest = catchesUnrouted(deployment) ? frontDoor.catchUnrouted(keys) : [];
  const guards = [
    ...(rest.length > 0 && others.length > 0 ? [deployment] : []),
    ...functions,
    ...ownRoutes.filter(takesPreflights),
  ];
  const isGuarded = guards.some(({ auth }) => auth.kind !== "none");
  const preflights = opensPreflights(deployment, isGuarded) ? frontDoor.catchPreflights([...keys, ...rest]) : [];
  const cors = deployment.cors?.answeredBy === "function" || preflights.length > 0;
  const withoutRpcs = unroutedFunction(functions, cors);
  const wantsFallback = deployment.unrouted === "rpcs" && rest.length > 0 && others.length > 0;
  const fallback = wantsFallback ? makeFallback(functions) : undefined;
  const unroutedTarget = others.length > 0 ? (fallback ?? withoutRpcs) : only;
  const preflightTarget = isGuarded ? withoutRpcs : unroutedTarget;
  const auth = unroutedTarget === only ? only.auth : deployment.auth;
  const routes = [
    ...preflights.map((key) => ({ key, functionId: preflightTarget.id, open: true, auth: noAuth })),
    ...rest.map((key) => ({ key, functionId: unroutedTarget.id, open: false, auth })),
  ];
  const isUsed = (id: string | undefined): boolean => routes.some(({ functionId }) => functionId === id);
  return {
    ...(isUsed(withoutRpcs.id) ? { withoutRpcs } : {}),
    ...(fallback !== undefined && isUsed(fallback.id) ? { fallback } : {}),
    routes,
  };
}

/** Tells whether requests that no route takes are let in. Rules for everything would take those of a listener's other users. */
export function catchesUnrouted(deployment: DeploymentPlan): boolean {
  const { unrouted, frontDoor, loadBalancer } = deployment;
  const isAlone = !frontDoorOf(frontDoor).sharesRoutes || loadBalancer === "own" || hostsOf(deployment).length > 0;
  return unrouted !== "door" && isAlone;
}

/** A route for every method takes preflights, too, and would ask them for credentials. */
function takesPreflights({ keys }: OwnRoute): boolean {
  return keys.some(({ httpMethod }) => httpMethod === "ANY");
}

const noAuth: AuthPlan = { kind: "none" };

/** Doors that answer browsers themselves do so until a catch-all asks for credentials. */
function opensPreflights(deployment: DeploymentPlan, isGuarded: boolean): boolean {
  if (deployment.cors === undefined) return false;
  return deployment.cors.answeredBy === "function" || (catchesUnrouted(deployment) && isGuarded);
}

/** The door may answer preflights before, and has the last word. */
function unroutedFunction(functions: readonly FunctionPlan[], cors: boolean): UnroutedFunction {
  const id = uniqueName("unrouted", new Set(functions.map((fn) => fn.id)));
  return { id, cors };
}
