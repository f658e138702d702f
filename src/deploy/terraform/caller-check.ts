/** The action of a listener's rule that checks callers. */
import type { LoadBalancerResource, RuleAuth, RuleLogin } from "../resources/resource-model.js";
import type { Value } from "../resources/value.js";
import { type Block, resource } from "./block.js";
import { type Json, templateText } from "./template-text.js";

/** Comes before the action that passes the request on. */
export function callerCheck(auth: RuleAuth, door: LoadBalancerResource): Json {
  switch (auth.kind) {
    case "jwt":
      return {
        type: "jwt-validation",
        order: 1,
        jwt_validation: {
          jwks_endpoint: templateText(auth.jwksEndpoint),
          issuer: templateText(auth.issuer),
          additional_claim: auth.claims.map(({ name, format, values }) => {
            return { name, format: templateText(format), values: textOrTexts(values) };
          }),
        },
      };
    case "cognito":
      return {
        type: "authenticate-cognito",
        order: 1,
        authenticate_cognito: {
          user_pool_arn: templateText(auth.userPool),
          user_pool_client_id: templateText(auth.clientId),
          user_pool_domain: templateText(auth.domain),
          scope: auth.scope,
          on_unauthenticated_request: auth.unauthenticated,
        },
      };
    case "oidc":
      return { type: "authenticate-oidc", order: 1, authenticate_oidc: login(auth, door) };
    default:
      return auth satisfies never;
  }
}

function textOrTexts(values: Value | readonly Value[]): Json {
  return isList(values) ? values.map(templateText) : templateText(values);
}

function isList(values: Value | readonly Value[]): values is readonly Value[] {
  return Array.isArray(values);
}

function login(auth: RuleLogin, door: LoadBalancerResource): Json {
  const at = secretsOf(door).findIndex((arn) => isSame(arn, auth.clientSecretArn));
  return {
    issuer: templateText(auth.issuer),
    authorization_endpoint: templateText(auth.authorizationEndpoint),
    token_endpoint: templateText(auth.tokenEndpoint),
    user_info_endpoint: templateText(auth.userInfoEndpoint),
    client_id: templateText(auth.clientId),
    client_secret: `\${data.aws_secretsmanager_secret_version.${secretName(at)}.secret_string}`,
    scope: auth.scope,
    on_unauthenticated_request: auth.unauthenticated,
  };
}

/** The secrets of clients, read when the module is applied. Terraform's state holds them afterwards. */
export function clientSecretData(door: LoadBalancerResource): Block[] {
  return secretsOf(door).map((arn, at) =>
    resource("aws_secretsmanager_secret_version", secretName(at), { secret_id: templateText(arn) }),
  );
}

function secretsOf({ rules }: LoadBalancerResource): Value[] {
  const all = rules.flatMap(({ auth }) => (auth?.kind === "oidc" ? [auth.clientSecretArn] : []));
  return all.filter((arn, at) => all.findIndex((other) => isSame(arn, other)) === at);
}

function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function secretName(at: number): string {
  return `client_secret${at === 0 ? "" : `_${at + 1}`}`;
}
