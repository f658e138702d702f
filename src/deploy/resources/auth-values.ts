/** The values of authentication settings: as the configuration gives them, or parameters. */
import { authsOf, type RoutedPlan } from "../../plan/auth/auth-groups.js";
import type { AuthPlan, TemplateValue } from "../../plan/plan.js";
import { settingValue } from "./statements.js";
import { parameter, type Value } from "./value.js";

/** The setting, or the parameter that stands for it. */
export function valueOr(setting: TemplateValue | undefined, name: string): Value {
  return setting === undefined ? parameter(name) : settingValue(setting);
}

/** A list of settings, or the parameter that holds one. */
export function valuesOr(settings: readonly TemplateValue[] | undefined, name: string): Value | readonly Value[] {
  return settings === undefined ? parameter(name) : settings.map(settingValue);
}

/** The values that the configuration gives for what routes ask for. */
export function givenValues(plan: RoutedPlan): TemplateValue[] {
  return authsOf(plan).flatMap((auth) => settingsOf(auth).filter((value) => value !== undefined));
}

function settingsOf(auth: AuthPlan): readonly (TemplateValue | undefined)[] {
  switch (auth.kind) {
    case "none":
    case "iam":
      return [];
    case "jwt":
      return [auth.issuer, ...(auth.audience ?? []), auth.jwksEndpoint];
    case "cognito":
      return [auth.userPool, auth.clientId, auth.userPoolDomain];
    case "oidc":
      return [
        auth.issuer,
        auth.authorizationEndpoint,
        auth.tokenEndpoint,
        auth.userInfoEndpoint,
        auth.clientId,
        auth.clientSecret,
      ];
    case "lambda":
      return auth.function?.kind === "function" ? [] : [auth.function];
    default:
      return auth satisfies never;
  }
}
