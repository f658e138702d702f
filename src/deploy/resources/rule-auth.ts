/** Checks of callers by the rules of a load balancer. */
import type { AuthPlan } from "../../plan/plan.js";
import { valueOr, valuesOr } from "./auth-values.js";
import type { RuleAuth } from "./resource-model.js";
import { parameter } from "./value.js";

/** The check; undefined where everybody may call, and for what a load balancer cannot check, which is an error before. */
export function ruleAuth(auth: AuthPlan): RuleAuth | undefined {
  switch (auth.kind) {
    case "none":
    case "iam":
    case "lambda":
      return undefined;
    case "jwt":
      return {
        kind: "jwt",
        issuer: valueOr(auth.issuer, "JwtIssuer"),
        jwksEndpoint: valueOr(auth.jwksEndpoint, "JwksEndpoint"),
        claims: [
          { name: "aud", format: parameter("JwtAudienceFormat"), values: valuesOr(auth.audience, "JwtAudience") },
          ...(auth.scopes.length === 0
            ? []
            : [{ name: "scope", format: "space-separated-values", values: auth.scopes }]),
        ],
      };
    case "cognito":
      return {
        kind: "cognito",
        userPool: valueOr(auth.userPool, "UserPoolArn"),
        clientId: valueOr(auth.clientId, "UserPoolClientId"),
        domain: valueOr(auth.userPoolDomain, "UserPoolDomain"),
        ...login(auth),
      };
    case "oidc":
      return {
        kind: "oidc",
        issuer: valueOr(auth.issuer, "OidcIssuer"),
        authorizationEndpoint: valueOr(auth.authorizationEndpoint, "OidcAuthorizationEndpoint"),
        tokenEndpoint: valueOr(auth.tokenEndpoint, "OidcTokenEndpoint"),
        userInfoEndpoint: valueOr(auth.userInfoEndpoint, "OidcUserInfoEndpoint"),
        clientId: valueOr(auth.clientId, "OidcClientId"),
        clientSecretArn: valueOr(auth.clientSecret, "OidcCredentialsArn"),
        ...login(auth),
      };
    default:
      return auth satisfies never;
  }
}

function login({ scopes, unauthenticated }: Extract<AuthPlan, { kind: "cognito" | "oidc" }>) {
  return {
    scope: [...new Set(["openid", ...scopes])].join(" "),
    unauthenticated: unauthenticated === "login" ? "authenticate" : "deny",
  } as const;
}
