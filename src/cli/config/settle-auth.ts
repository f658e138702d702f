/** Settings of authentication, with their places. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { AuthSetting, AuthSettings } from "../../plan/plan.js";
import type { AuthConfig, AuthorizerConfig } from "./config.js";
import { definedMembers } from "./defined-members.js";
import { settleHandler, settleOptional, settleValue } from "./settle-values.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** A setting of the API, a service or an RPC at its place; undefined where there is none. A flag has no place. */
export function settleAuth(
  sources: SettingSources,
  setting: AuthConfig | undefined,
  at: ConfigPath,
): AuthSetting | undefined {
  if (setting === undefined) return undefined;
  const { located, flags } = sources;
  const isFlag = at[0] === "deployment" && flags.auth !== undefined;
  const place = definedMembers({ location: isFlag ? undefined : located?.places.ofValue(at) });
  if (typeof setting === "string") return { kind: setting, ...place };
  const { kind, scopes, audience, unauthenticated, identitySources, cacheSeconds, asks, apiKey, ...values } = setting;
  const { function: authorizer } = values;
  return definedMembers({
    kind,
    scopes,
    unauthenticated,
    identitySources,
    cacheSeconds,
    audience: audience?.map(settleValue),
    issuer: settleOptional(values.issuer),
    jwksEndpoint: settleOptional(values.jwksEndpoint),
    userPool: settleOptional(values.userPool),
    clientId: settleOptional(values.clientId),
    userPoolDomain: settleOptional(values.userPoolDomain),
    authorizationEndpoint: settleOptional(values.authorizationEndpoint),
    tokenEndpoint: settleOptional(values.tokenEndpoint),
    userInfoEndpoint: settleOptional(values.userInfoEndpoint),
    clientSecret: settleOptional(values.clientSecret),
    asks,
    apiKey,
    function: settleAuthorizer(sources, authorizer, [...at, "function"]),
    ...place,
  });
}

/** An ARN, or the handler of the user, which is reported if it is not there. */
function settleAuthorizer(
  sources: SettingSources,
  authorizer: AuthorizerConfig | undefined,
  at: ConfigPath,
): AuthSettings["function"] {
  if (authorizer === undefined || typeof authorizer === "string" || "ref" in authorizer)
    return settleOptional(authorizer);
  const { handler, ...settings } = authorizer;
  if (sources.config.language === "go") {
    sources.report(authorizerInGo(sources, at));
    return undefined;
  }
  return settleHandler(sources, handler, settings, [...at, "handler"]);
}

function authorizerInGo({ located }: SettingSources, at: ConfigPath): Diagnostic {
  const message = `${at.join(".")}.handler is a setting of code in TypeScript, expected an ARN with language: go`;
  return diagnostic("GO008", message, {
    ...definedMembers({ location: located?.places.ofValue(at) }),
    help: "deploy the authorizer on its own, and name its ARN",
  });
}
