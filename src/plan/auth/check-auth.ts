/** Findings about authentication: RPCs of several that the front door cannot keep apart, and what it cannot check. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { type AuthenticationKind, type FrontDoor, withArticle } from "../../front-door/front-door.js";
import type { AuthSetting, AuthSettings, FunctionPlan, MethodPlan, Plan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import { sameAuth } from "./auth-groups.js";
import { authText, oneOfKinds } from "./auth-identity.js";
import { settleLevels } from "./resolve-auth.js";

/** PL023 for settings that say nothing about the kind that they are given for. */
export function checkAuthSettings(options: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  const api = options.deployment.auth;
  const serviceOf = new Map(methods.map(({ service, method }) => [method.fullName, service.fullName]));
  const ofService = (name: string | undefined) => options.serviceOptions.get(name ?? "")?.auth;
  const levels = [
    [api],
    ...[...options.serviceOptions.values()].map(({ auth }) => [api, auth]),
    ...[...(options.methodOptions ?? [])].map(([name, { auth }]) => [api, ofService(serviceOf.get(name)), auth]),
  ];
  return levels.flatMap(unusedSettings);
}

/** The kinds that have a setting. */
const kindsBySetting: Readonly<Partial<Record<keyof AuthSettings, readonly AuthenticationKind[]>>> = {
  scopes: ["jwt", "cognito", "oidc"],
  issuer: ["jwt", "oidc"],
  audience: ["jwt"],
  jwksEndpoint: ["jwt"],
  userPool: ["cognito"],
  clientId: ["cognito", "oidc"],
  userPoolDomain: ["cognito"],
  authorizationEndpoint: ["oidc"],
  tokenEndpoint: ["oidc"],
  userInfoEndpoint: ["oidc"],
  clientSecret: ["oidc"],
  unauthenticated: ["cognito", "oidc"],
  function: ["lambda"],
  asks: ["lambda"],
  identitySources: ["lambda"],
  cacheSeconds: ["lambda"],
};

function unusedSettings(levels: readonly (AuthSetting | undefined)[]): Diagnostic[] {
  const last = levels.at(-1);
  if (last === undefined || typeof last === "string") return [];
  const { kind } = settleLevels(levels);
  return Object.entries(kindsBySetting).flatMap(([name, kinds]): Diagnostic[] => {
    if (last[name as keyof AuthSettings] === undefined || kinds.includes(kind)) return [];
    return [
      diagnostic("PL023", `auth of kind ${kind} has no ${name}: expected the kind ${oneOfKinds(kinds)}`, {
        ...(last.location === undefined ? {} : { location: last.location }),
        help: `remove ${name}, or set kind: without it settings refine the authentication of the level above`,
      }),
    ];
  });
}

/** PL022 for functions whose RPCs ask for different authentication. */
export function checkAuth({ functions }: Pick<Plan, "functions">, frontDoor: FrontDoor): Diagnostic[] {
  return functions.flatMap((fn): Diagnostic[] => {
    const other = fn.methods.find(({ auth }) => !sameAuth(auth, fn.auth));
    return other === undefined ? [] : [mixed(fn, other, frontDoor)];
  });
}

function mixed({ auth, methods }: FunctionPlan, other: MethodPlan, frontDoor: FrontDoor): Diagnostic {
  const [first] = methods;
  const pair = `${first?.method.name} asks for ${authText(auth)} and ${other.method.name} for ${authText(other.auth)}`;
  const location = other.auth.location ?? other.method.location;
  if (frontDoor.routing === "none")
    return diagnostic("PL022", `${pair}, but they share a function, whose URL has one authentication`, {
      location,
      help: "put RPCs with another authentication into groups of their own (deployment.functions), or take another front door",
    });
  return diagnostic("PL022", `${pair}, but ${withArticle(frontDoor)} cannot tell their requests apart`, {
    location,
    help: "give both the same authentication, or templates that differ in more than a verb; an Application Load Balancer (frontDoor: alb) tells verbs apart",
  });
}
