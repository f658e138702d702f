/** Authentication in the OpenAPI documents of API Gateway: its security schemes, and what an operation asks for. */
import { authIdentity } from "../../plan/auth/auth-identity.js";
import { authsOf, type RoutedPlan } from "../../plan/auth/auth-groups.js";
import { authorizerOf } from "../../plan/own/plan-authorizers.js";
import { uniqueName } from "../../plan/naming.js";
import type { AuthorizerAuth, AuthPlan, Plan } from "../../plan/plan.js";
import { valueOr, valuesOr } from "./auth-values.js";
import { type Document, type DocumentMembers, entries, inline } from "./document.js";
import { functionArn, functionInvocation } from "./invocation.js";
import type { Value } from "./value.js";

/** An API whose document it is: the two write authorizers differently. */
export type ApiKind = "http-api" | "rest-api";

/** Names of security schemes by what they check; those of one kind with other settings are numbered. */
export type SchemeNames = ReadonlyMap<string, string>;

/** Names the schemes of an API. */
export function schemeNames(plan: RoutedPlan): SchemeNames {
  const names = new Map<string, string>();
  for (const auth of authsOf(plan)) {
    const name = baseNames[auth.kind];
    if (name === undefined || names.has(schemeIdentity(auth))) continue;
    names.set(schemeIdentity(auth), uniqueName(name, new Set(names.values())));
  }
  return names;
}

const baseNames: Readonly<Record<AuthPlan["kind"], string | undefined>> = {
  iam: "sigv4",
  jwt: "jwt",
  cognito: "userPool",
  lambda: "authorizer",
  oidc: undefined,
  none: undefined,
};

/** Scopes are asked for by the operation, so schemes do not differ by them. */
function schemeIdentity({ apiKey: _, ...auth }: AuthPlan): string {
  return authIdentity("scopes" in auth ? { ...auth, scopes: [] } : auth);
}

/** The members of an operation that say what it asks callers for. */
export function operationSecurity(auth: AuthPlan, names: SchemeNames, api: ApiKind): DocumentMembers {
  if (auth.kind === "iam" && api === "http-api") return { "x-amazon-apigateway-auth": inline({ type: "AWS_IAM" }) };
  const name = names.get(schemeIdentity(auth));
  const checked = name === undefined ? [] : [{ [name]: "scopes" in auth ? auth.scopes : [] }];
  // The two have to hold, although in OpenAPI one of a list would be enough. SAM writes them alike.
  const security: DocumentMembers[] = auth.apiKey === true ? [...checked, { [keyScheme]: [] }] : checked;
  return { security: security.length === 0 ? undefined : inline(security) };
}

/** The scheme of API keys, as SAM names it. */
const keyScheme = "api_key";

/** The `components` of a document; undefined where no operation needs any. */
export function securityComponents(plan: Plan, names: SchemeNames, api: ApiKind): Document | undefined {
  const schemes = new Map<string, Document>();
  for (const auth of authsOf(plan)) {
    const name = names.get(schemeIdentity(auth));
    const scheme = securityScheme(auth, api, plan);
    if (name !== undefined && scheme !== undefined && !schemes.has(name)) schemes.set(name, scheme);
    if (auth.apiKey === true) schemes.set(keyScheme, inline({ type: "apiKey", name: "x-api-key", in: "header" }));
  }
  return schemes.size === 0 ? undefined : { securitySchemes: entries([...schemes]) };
}

function securityScheme(auth: AuthPlan, api: ApiKind, plan: Plan): Document | undefined {
  switch (auth.kind) {
    case "iam":
      return api === "rest-api" ? signatureScheme : undefined;
    case "jwt":
      return {
        type: "oauth2",
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: {
            issuer: valueOr(auth.issuer, "JwtIssuer"),
            audience: valuesOr(auth.audience, "JwtAudience"),
          },
        },
      };
    case "cognito":
      return {
        ...authorizationHeader,
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
          type: "cognito_user_pools",
          providerARNs: [valueOr(auth.userPool, "UserPoolArn")],
        },
      };
    case "lambda":
      return api === "http-api"
        ? { ...authorizationHeader, ...httpAuthorizer(auth, plan) }
        : { ...sourceHeader(auth), ...restAuthorizer(auth, plan) };
    case "oidc":
    case "none":
      return undefined;
    default:
      return auth satisfies never;
  }
}

const authorizationHeader = { type: "apiKey", name: "Authorization", in: "header" };

const signatureScheme: Document = inline({ ...authorizationHeader, "x-amazon-apigateway-authtype": "awsSigv4" });

/** ARN of the function that decides. */
function authorizerFunction(auth: AuthorizerAuth, plan: Plan): Value {
  const own = authorizerOf(auth, plan);
  return own === undefined ? existingAuthorizer(auth) : functionArn(own.id, plan);
}

/** ARN of a function that decides and that is not deployed here. */
export function existingAuthorizer({ function: given }: AuthorizerAuth): Value {
  return valueOr(given?.kind === "function" ? undefined : given, "AuthorizerArn");
}

/**
 * An authorizer that answers `{ isAuthorized, context }`. The answer is for one route: without the route key in what is remembered, it would
 * let the caller into every other route for as long. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
function httpAuthorizer(auth: AuthorizerAuth, plan: Plan): DocumentMembers {
  const sources = auth.identitySources.map((source) => `$request.${sourceText(source)}`);
  const remembered = auth.cacheSeconds === 0 ? sources : [...sources, "$context.routeKey"];
  return {
    "x-amazon-apigateway-authorizer": {
      type: "request",
      identitySource: remembered.join(", "),
      authorizerUri: functionInvocation(authorizerFunction(auth, plan)),
      authorizerPayloadFormatVersion: "2.0",
      authorizerResultTtlInSeconds: auth.cacheSeconds,
      enableSimpleResponses: true,
    },
  };
}

/** The header whose text a token authorizer gets is named by the scheme itself. */
function sourceHeader({ asks, identitySources: [source = ""] }: AuthorizerAuth): DocumentMembers {
  if (asks === "request") return authorizationHeader;
  return { ...authorizationHeader, name: source.replace("header.", "") };
}

/** An authorizer that answers a policy. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
function restAuthorizer(auth: AuthorizerAuth, plan: Plan): DocumentMembers {
  const sources = auth.identitySources.map((source) => `method.request.${sourceText(source)}`);
  return {
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {
      type: auth.asks,
      identitySource: auth.asks === "token" ? undefined : sources.join(", "),
      authorizerUri: functionInvocation(authorizerFunction(auth, plan)),
      authorizerResultTtlInSeconds: auth.cacheSeconds,
    },
  };
}

/** `header.Authorization`, `querystring.token`. */
function sourceText(source: string): string {
  return source.replace(/^query\./, "querystring.");
}
