/** The parameters of authentication: what the configuration leaves to whoever deploys. */
import { authsOf, type RoutedPlan } from "../../plan/auth/auth-groups.js";
import type { AuthPlan, Plan } from "../../plan/plan.js";
import type { Parameter } from "./resource-model.js";

/** Those that routes ask for, each once. */
export function authParameters(plan: RoutedPlan & Pick<Plan, "deployment">): Parameter[] {
  const all = authsOf(plan).flatMap((auth) => parametersOf(auth, plan.deployment.frontDoor === "alb"));
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

function parametersOf(auth: AuthPlan, isLoadBalancer: boolean): Parameter[] {
  switch (auth.kind) {
    case "iam":
    case "none":
      return [];
    case "jwt":
      return [
        ...unless(auth.issuer, issuer(isLoadBalancer ? albIssuer : httpIssuer)),
        ...(isLoadBalancer ? unless(auth.jwksEndpoint, jwksEndpoint) : []),
        ...unless(auth.audience, audience(isLoadBalancer ? "`aud`" : "`aud` or `client_id`")),
        ...(isLoadBalancer ? [audienceFormat] : []),
      ];
    case "cognito":
      return isLoadBalancer
        ? [
            ...unless(auth.userPool, loginUserPool),
            ...unless(auth.clientId, userPoolClient),
            ...unless(auth.userPoolDomain, userPoolDomain),
          ]
        : unless(auth.userPool, userPool);
    case "oidc":
      return [
        ...unless(auth.issuer, oidcUrl("Issuer", "Issuer of the OpenID provider, the `iss` claim.")),
        ...unless(auth.authorizationEndpoint, oidcUrl("AuthorizationEndpoint", "Where browsers log in.")),
        ...unless(auth.tokenEndpoint, oidcUrl("TokenEndpoint", "Where the load balancer gets tokens.")),
        ...unless(auth.userInfoEndpoint, oidcUrl("UserInfoEndpoint", "Where the load balancer asks who it is.")),
        ...unless(auth.clientId, oidcClient),
        ...unless(auth.clientSecret, oidcSecret),
      ];
    case "lambda":
      return unless(auth.function, authorizer);
    default:
      return auth satisfies never;
  }
}

function unless(setting: unknown, needed: Parameter): Parameter[] {
  return setting === undefined ? [needed] : [];
}

const httpIssuer =
  "Issuer of the tokens, the `iss` claim. Its keys are read from <issuer>/.well-known/openid-configuration.";
const albIssuer = "Issuer of the tokens, the `iss` claim.";

function issuer(description: string): Parameter {
  return { name: "JwtIssuer", type: "text", pattern: "https://.+", description };
}

function audience(claim: string): Parameter {
  return { name: "JwtAudience", type: "texts", description: `Accepted audiences, the ${claim} claim.` };
}

const jwksEndpoint: Parameter = {
  name: "JwksEndpoint",
  type: "text",
  pattern: "https://.+",
  description: "Where the keys of the issuer are.",
};

const audienceFormat: Parameter = {
  name: "JwtAudienceFormat",
  type: "text",
  default: "single-string",
  choices: ["single-string", "string-array"],
  description: "Whether the issuer writes one audience into a token, or a list.",
};

const userPool: Parameter = {
  name: "UserPoolArn",
  type: "text",
  pattern: "arn:.+:userpool/.+",
  description: "The Cognito user pool whose tokens are accepted. A REST API checks no others by itself.",
};

const loginUserPool: Parameter = { ...userPool, description: "The Cognito user pool that users log in to." };

const userPoolClient: Parameter = {
  name: "UserPoolClientId",
  type: "text",
  description: "Client of the user pool, with a secret, for the load balancer.",
};

const userPoolDomain: Parameter = {
  name: "UserPoolDomain",
  type: "text",
  description: "Prefix of the domain of the user pool's login, or its own domain name.",
};

function oidcUrl(name: string, description: string): Parameter {
  return { name: `Oidc${name}`, type: "text", pattern: "https://.+", description };
}

const oidcClient: Parameter = {
  name: "OidcClientId",
  type: "text",
  description: "Client of the OpenID provider, for the load balancer.",
};

const oidcSecret: Parameter = {
  name: "OidcCredentialsArn",
  type: "text",
  pattern: "arn:.+:secretsmanager:.+",
  description: "Secret of Secrets Manager whose text is the client's secret.",
};

const authorizer: Parameter = {
  name: "AuthorizerArn",
  type: "text",
  pattern: "arn:.+:function:.+",
  description: "The Lambda function that decides who may call.",
};
