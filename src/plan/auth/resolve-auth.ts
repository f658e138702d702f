/** Settings of authentication at several levels, as the one that a route asks for. */
import type { AuthenticationKind } from "../../front-door/front-door.js";
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import { settingDefaults } from "../setting-defaults.js";
import type { AuthPlan, AuthSetting, AuthSettings } from "../plan.js";

/** Resolves the settings of the API, of a service and of an RPC, in this order; undefined ones say nothing. Default: `iam`. */
export function resolveAuth(levels: readonly (AuthSetting | undefined)[], frontDoor: FrontDoorId): AuthPlan {
  const { kind, settings } = settleLevels(levels);
  return planAuth(frontDoor === "rest-api" && isPlainToken(kind, settings) ? "cognito" : kind, settings);
}

/** The kind that applies, and its settings at all levels. */
export function settleLevels(levels: readonly (AuthSetting | undefined)[]): {
  readonly kind: AuthenticationKind;
  readonly settings: AuthSettings;
} {
  const byKind = new Map<AuthenticationKind, AuthSettings>();
  let kind: AuthenticationKind = settingDefaults.deployment.auth;
  for (const level of levels) {
    if (level === undefined) continue;
    const settings = typeof level === "string" ? { kind: level } : level;
    kind = settings.kind ?? kind;
    byKind.set(kind, { ...byKind.get(kind), ...settings });
  }
  return { kind, settings: byKind.get(kind) ?? {} };
}

function planAuth(kind: AuthenticationKind, settings: AuthSettings): AuthPlan {
  const { location, scopes = [], apiKey } = settings;
  const common = { ...(apiKey === true ? { apiKey } : {}), ...(location === undefined ? {} : { location }) };
  switch (kind) {
    case "none":
    case "iam":
      return { kind, ...common };
    case "jwt":
      return { kind, scopes, ...pick(settings, ["issuer", "audience", "jwksEndpoint"]), ...common };
    case "cognito": {
      const { unauthenticated = settingDefaults.authSettings.unauthenticated } = settings;
      return {
        kind,
        scopes,
        unauthenticated,
        ...pick(settings, ["userPool", "clientId", "userPoolDomain"]),
        ...common,
      };
    }
    case "oidc": {
      const { unauthenticated = settingDefaults.authSettings.unauthenticated } = settings;
      return { kind, scopes, unauthenticated, ...pick(settings, loginMembers), ...common };
    }
    case "lambda": {
      const { identitySources = ["header.Authorization"], cacheSeconds = 0 } = settings;
      const { asks = settingDefaults.authSettings.asks } = settings;
      return { kind, asks, identitySources, cacheSeconds, ...pick(settings, ["function"]), ...common };
    }
    default:
      return kind satisfies never;
  }
}

/** A REST API reads no tokens but those of Cognito: `jwt` by name means these there. */
function isPlainToken(kind: AuthenticationKind, { issuer, audience, jwksEndpoint }: AuthSettings): boolean {
  return kind === "jwt" && issuer === undefined && audience === undefined && jwksEndpoint === undefined;
}

const loginMembers = [
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "userInfoEndpoint",
  "clientId",
  "clientSecret",
] as const;

function pick<Name extends keyof AuthSettings>(
  settings: AuthSettings,
  names: readonly Name[],
): Pick<AuthSettings, Name> {
  const given = names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]] as const]));
  return Object.fromEntries(given) as Pick<AuthSettings, Name>;
}
