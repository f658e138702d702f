/** Authentication of callers: what the configuration says of it, and what a route asks for. */
import type { Location } from "../diagnostics.js";
import type { AuthenticationKind } from "../front-door/front-door.js";
import type { TemplateValue } from "./deployment-plan.js";
import type { OwnHandler } from "./own-route.js";

/** A setting of the API, a service or an RPC: a kind by name, or with settings. */
export type AuthSetting = AuthenticationKind | AuthSettings;

/**
 * Settings of authentication. Without a kind they refine the one that applies. An absent setting has the value that the nearest level above gives
 * for the same kind; where no level gives one, the template has a parameter for it.
 */
export interface AuthSettings {
  readonly kind?: AuthenticationKind;
  /** Scopes of which a token has to have one; empty for any token. */
  readonly scopes?: readonly string[];
  /** The `iss` claim of tokens: of `jwt` and `oidc`. */
  readonly issuer?: TemplateValue;
  /** The `aud` claims that are accepted: of `jwt`. */
  readonly audience?: readonly TemplateValue[];
  /** URL of the keys of the issuer: of `jwt` behind a load balancer. */
  readonly jwksEndpoint?: TemplateValue;
  /** ARN of the user pool: of `cognito`. */
  readonly userPool?: TemplateValue;
  /** Client of the user pool or of the OpenID provider: of `cognito` and `oidc` behind a load balancer. */
  readonly clientId?: TemplateValue;
  /** Domain of the user pool's login: of `cognito` behind a load balancer. */
  readonly userPoolDomain?: TemplateValue;
  readonly authorizationEndpoint?: TemplateValue;
  readonly tokenEndpoint?: TemplateValue;
  readonly userInfoEndpoint?: TemplateValue;
  /** ARN of the secret of Secrets Manager that holds the client's secret: of `oidc`. */
  readonly clientSecret?: TemplateValue;
  /** The treatment of requests without a session: of `oidc` and `cognito` behind a load balancer. */
  readonly unauthenticated?: "login" | "deny";
  /** The function that decides: its ARN, or one of the user's own. Of `lambda`. */
  readonly function?: TemplateValue | OwnHandler;
  /** The question of a REST API to that function: the request, or the text of one header. */
  readonly asks?: "request" | "token";
  /** The parts of a request that the function decides by: `header.Authorization`, `query.token`. */
  readonly identitySources?: readonly string[];
  /** Seconds for which a decision counts, 0 to 3600; 0: each request is asked about. */
  readonly cacheSeconds?: number;
  /** An API key is asked for as well, of a REST API. */
  readonly apiKey?: boolean;
  /** The place of the setting; for diagnostics only. */
  readonly location?: Location;
}

/** The authentication that a route asks for. */
export type AuthPlan = ({ readonly kind: "none" | "iam" } | TokenAuth | UserPoolAuth | LoginAuth | AuthorizerAuth) & {
  /** An API key is asked for as well. Absent: none is. */
  readonly apiKey?: true;
  /** The place of the setting, for diagnostics only. Absent: it is a default or a flag. */
  readonly location?: Location;
};

/** Bearer tokens of an issuer. */
export interface TokenAuth extends Pick<AuthSettings, "issuer" | "audience" | "jwksEndpoint"> {
  readonly kind: "jwt";
  readonly scopes: readonly string[];
}

/** Tokens of a Cognito user pool, or behind a load balancer its login. */
export interface UserPoolAuth extends Pick<AuthSettings, "userPool" | "clientId" | "userPoolDomain"> {
  readonly kind: "cognito";
  readonly scopes: readonly string[];
  readonly unauthenticated: "login" | "deny";
}

/** The login of an OpenID provider, which a load balancer leads browsers to. */
export interface LoginAuth
  extends Pick<
    AuthSettings,
    "issuer" | "authorizationEndpoint" | "tokenEndpoint" | "userInfoEndpoint" | "clientId" | "clientSecret"
  > {
  readonly kind: "oidc";
  /** Scopes that are asked for. */
  readonly scopes: readonly string[];
  readonly unauthenticated: "login" | "deny";
}

/** A Lambda function that decides. */
export interface AuthorizerAuth extends Pick<AuthSettings, "function"> {
  readonly kind: "lambda";
  readonly asks: "request" | "token";
  readonly identitySources: readonly string[];
  readonly cacheSeconds: number;
}
