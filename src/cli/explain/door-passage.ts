/** Takes a request through the simulated front door of a plan, the one that `dev` serves, and reads the event as the function does. */
import { frontDoorOf } from "../../front-door/front-doors.js";
import { routeKeyText } from "../../front-door/route-key.js";
import { authText } from "../../plan/auth/auth-identity.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { AuthPlan, Plan } from "../../plan/plan.js";
import { objectOf } from "../../runtime/doors/event.js";
import { localDoor } from "../dev/local-door.js";
import type { DoorPassage, SeenRequest } from "./explanation.js";
import type { RequestLine } from "./request-line.js";

/** Sends a request without headers and body through the front door. */
export function passDoor(plan: Plan, { method, path, query }: RequestLine): DoorPassage {
  const door = frontDoorOf(plan.deployment.frontDoor);
  const { simulator, settings, choose } = localDoor(plan);
  let seen: SeenRequest | undefined;
  let functionId = "";
  const route: typeof choose = (seenMethod, seenPath) => {
    const choice = choose(seenMethod, seenPath);
    seen = { method: seenMethod, path: seenPath, pathIsDecoded: door.decodesPath };
    functionId = choice?.target.id ?? "";
    return choice;
  };
  const target = query === "" ? path : `${path}?${query}`;
  const wire = { method, target, httpVersion: "1.1", headers: [], body: new Uint8Array() } as const;
  const client = { sourceIp: "127.0.0.1", scheme: "https" } as const;
  const admission = simulator.admit({ ...wire, ...client }, { ...settings, route, requestId: "explain", now: 0 });
  if (admission.kind === "refused") {
    const { response, reason } = admission;
    return { kind: "refused", status: response.status, reason, ...(seen === undefined ? {} : { seen }) };
  }
  const read = door.reader.read(objectOf(admission.event), "");
  if (read === undefined) throw new Error(`the runtime cannot read an event of ${door.id}`);
  const auth = routeAuth(plan, functionId, read.method);
  const cached = plan.cachedRoutes.find(({ key }) => routeKeyText(key) === admission.routeKey);
  return {
    kind: "passed",
    seen: read,
    query: read.query,
    routeKey: admission.routeKey,
    functionId,
    auth: authText(auth),
    ...(cached === undefined ? {} : { cacheSeconds: cached.seconds }),
  };
}

/** The authentication of the route that led to the function. A function without RPCs has open routes for preflights, and others. */
function routeAuth(plan: Plan, functionId: string, method: string): AuthPlan {
  const routed = [...functionsWithRpcs(plan), ...plan.ownFunctions].find(({ id }) => id === functionId);
  if (routed !== undefined) return routed.auth;
  const open = plan.unrouted.routes.find((route) => route.open && route.functionId === functionId);
  return open !== undefined && method === "OPTIONS" ? open.auth : plan.deployment.auth;
}
