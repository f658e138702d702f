/** Settings of authentication, with their places. */
import type { AuthSetting } from "../../plan/plan.js";
import type { AuthConfig } from "./config.js";
import { definedMembers } from "./defined-members.js";
import { settleOptional, settleValue } from "./settle-values.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** A setting of the API, a service or an RPC at its place; undefined where there is none. A flag has no place. */
export function settleAuth(
  { located, flags }: Pick<SettingSources, "located" | "flags">,
  setting: AuthConfig | undefined,
  at: ConfigPath,
): AuthSetting | undefined {
  if (setting === undefined) return undefined;
  const isFlag = at[0] === "deployment" && flags.auth !== undefined;
  const place = definedMembers({ location: isFlag ? undefined : located?.places.ofValue(at) });
  if (typeof setting === "string") return { kind: setting, ...place };
  const { kind, scopes, audience, unauthenticated, identitySources, cacheSeconds, ...values } = setting;
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
    function: settleOptional(values.function),
    ...place,
  });
}
