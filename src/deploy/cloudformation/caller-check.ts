/** The action of a listener's rule that checks callers. */
import { type Document, inline } from "../resources/document.js";
import type { RuleAuth, RuleLogin, RuleUserPool } from "../resources/resource-model.js";
import { join } from "../resources/value.js";

/** Comes before the action that passes the request on. */
export function callerCheck(auth: RuleAuth): Document {
  switch (auth.kind) {
    case "jwt":
      return {
        Type: "jwt-validation",
        Order: 1,
        JwtValidationConfig: {
          JwksEndpoint: auth.jwksEndpoint,
          Issuer: auth.issuer,
          AdditionalClaims: auth.claims.map(({ name, format, values }) =>
            inline({ Name: name, Format: format, Values: values }),
          ),
        },
      };
    case "cognito":
      return { Type: "authenticate-cognito", Order: 1, AuthenticateCognitoConfig: userPool(auth) };
    case "oidc":
      return { Type: "authenticate-oidc", Order: 1, AuthenticateOidcConfig: login(auth) };
    default:
      return auth satisfies never;
  }
}

function userPool({ userPool: arn, clientId, domain, scope, unauthenticated }: RuleUserPool): Document {
  return {
    UserPoolArn: arn,
    UserPoolClientId: clientId,
    UserPoolDomain: domain,
    Scope: scope,
    OnUnauthenticatedRequest: unauthenticated,
  };
}

function login(auth: RuleLogin): Document {
  return {
    Issuer: auth.issuer,
    AuthorizationEndpoint: auth.authorizationEndpoint,
    TokenEndpoint: auth.tokenEndpoint,
    UserInfoEndpoint: auth.userInfoEndpoint,
    ClientId: auth.clientId,
    ClientSecret: join`{{resolve:secretsmanager:${auth.clientSecretArn}:SecretString}}`,
    Scope: auth.scope,
    OnUnauthenticatedRequest: auth.unauthenticated,
  };
}
