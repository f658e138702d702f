/** Authentication that the front door does not have, and RPCs that are open to everybody. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type FrontDoor, withArticle } from "../../front-door/front-door.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { authIdentity, oneOfKinds } from "../../plan/auth/auth-identity.js";
import { usagePlanOf } from "../../plan/auth/usage-plan.js";
import type { AuthPlan, Plan } from "../../plan/plan.js";

/** A setting with the RPCs that it is for. */
interface AuthUse {
  readonly auth: AuthPlan;
  /** Names of RPCs; empty for the API's own setting. */
  readonly rpcs: readonly string[];
}

/** Most names in one message. */
const shownNames = 4;

/** DP008 for each kind that the door cannot check, DP003 for what everybody can call. */
export function checkAuth(plan: Plan): Diagnostic[] {
  const door = frontDoorOf(plan.deployment.frontDoor);
  const uses = usesOf(plan);
  const unknown = uses.filter(({ auth }) => !door.authentication.kinds.includes(auth.kind));
  if (unknown.length > 0) return unknown.map((use) => impossible(use, door));
  return [
    ...uses.flatMap((use) => [...checkAuthorizer(use, door), ...checkKey(use, door, plan)]),
    ...uses.filter(({ auth }) => auth.kind === "none").map((use) => open(use, door)),
  ];
}

/** DP045 for an authorizer that is asked by a text, of a door that sends requests, or by more than one header. */
function checkAuthorizer({ auth, rpcs }: AuthUse, door: FrontDoor): Diagnostic[] {
  if (auth.kind !== "lambda" || auth.asks === "request") return [];
  const location = auth.location === undefined ? {} : { location: auth.location };
  if (door.id !== "rest-api") {
    const message = `${subject(rpcs)} asks by a token, but ${withArticle(door)} sends an authorizer the request`;
    return [diagnostic("DP045", message, { ...location, help: "leave asks out, and read the header from the event" })];
  }
  const [source = "", ...others] = auth.identitySources;
  if (others.length === 0 && source.startsWith("header.")) return [];
  const found = auth.identitySources.join(", ");
  return [
    diagnostic("DP045", `${subject(rpcs)} asks by a token of ${found}: expected one header`, {
      ...location,
      help: "name one header in identitySources, or set asks to request",
    }),
  ];
}

/** The API's own setting, then those of RPCs that have another. */
function usesOf({ deployment, methods, ownRoutes }: Plan): AuthUse[] {
  const uses = new Map<string, { readonly auth: AuthPlan; readonly rpcs: string[] }>();
  const api = authIdentity(deployment.auth);
  const routes = ownRoutes.map(({ auth, httpMethod, template }) => ({
    auth,
    name: `${httpMethod} ${template.source}`,
  }));
  for (const { auth, name } of [
    ...methods.map(({ auth: own, method }) => ({ auth: own, name: method.name })),
    ...routes,
  ]) {
    const identity = authIdentity(auth);
    if (identity === api) continue;
    const use = uses.get(identity) ?? { auth, rpcs: [] };
    use.rpcs.push(name);
    uses.set(identity, use);
  }
  return [{ auth: deployment.auth, rpcs: [] }, ...uses.values()];
}

/** DP008 for a key that the door does not ask for, DP045 for one of an authorizer that is not asked. */
function checkKey({ auth, rpcs }: AuthUse, door: FrontDoor, plan: Plan): Diagnostic[] {
  if (auth.apiKey !== true) return [];
  const location = auth.location === undefined ? {} : { location: auth.location };
  if (door.id !== "rest-api") {
    const message = `${subject(rpcs)} asks for an API key, which ${withArticle(door)} does not check`;
    return [
      diagnostic("DP008", message, { ...location, help: "set deployment.frontDoor to rest-api, or leave apiKey out" }),
    ];
  }
  if (usagePlanOf(plan)?.keySource !== "authorizer" || auth.kind === "lambda") return [];
  const message = `${subject(rpcs)} asks for an API key of an authorizer, but callers are checked by ${auth.kind}: expected lambda`;
  return [diagnostic("DP045", message, { ...location, help: "set deployment.usagePlan.keySource to header" })];
}

function impossible({ auth, rpcs }: AuthUse, door: FrontDoor): Diagnostic {
  const { kinds, help } = door.authentication;
  return diagnostic(
    "DP008",
    `${subject(rpcs)} is ${auth.kind}, which ${withArticle(door)} cannot check: expected ${oneOfKinds(kinds)}`,
    { ...(auth.location === undefined ? {} : { location: auth.location }), help: helpFor(auth, door) ?? help },
  );
}

function helpFor({ kind }: AuthPlan, { id }: FrontDoor): string | undefined {
  if (id === "http-api" && kind === "cognito")
    return "set auth to jwt: the issuer is https://cognito-idp.<region>.amazonaws.com/<user pool id>, the audience its clients";
  if (id === "rest-api" && kind === "jwt")
    return "a REST API reads tokens of Cognito alone (cognito): let a function check others (lambda), or set deployment.frontDoor to http-api";
  return undefined;
}

function open({ auth, rpcs }: AuthUse, { authentication: { kinds, reachedBy } }: FrontDoor): Diagnostic {
  const others = oneOfKinds(kinds.filter((kind) => kind !== "none"));
  const called = rpcs.length === 0 ? "every RPC" : rpcs.length === 1 ? "it" : "them";
  const who = auth.apiKey === true ? `${reachedBy} with an API key` : reachedBy;
  return diagnostic("DP003", `${subject(rpcs)} is none: ${who} can call ${called}`, {
    ...(auth.location === undefined ? {} : { location: auth.location }),
    help: `use ${others}, or check credentials in the handlers`,
  });
}

function subject(rpcs: readonly string[]): string {
  if (rpcs.length === 0) return "deployment.auth";
  return `auth of ${listNames(rpcs)}`;
}

/** The first names of a list, and the number of the others. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, shownNames).join(", ");
  return `${shown}${names.length > shownNames ? ` and ${names.length - shownNames} more` : ""}`;
}
