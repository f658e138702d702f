/** Names under which credentials are sent, in any spelling: `access_token`, `accessToken`, `Access-Token`, `%61ccess_token`. */

/** Parameters and members of JSON that are always credentials, without separators and in lower case. */
const credentials: readonly string[] = [
  ...["password", "passwd", "pwd", "accesstoken", "idtoken", "refreshtoken", "authtoken", "sessiontoken", "csrftoken"],
  ...["clientsecret", "apikey", "apisecret", "privatekey", "secretkey", "secretaccesskey", "xapikey", "authorization"],
];

/** Parameters of URLs that are credentials; as members of JSON, words like these mean anything. */
const parameters: readonly string[] = [
  ...["token", "key", "secret", "signature", "sig", "code", "jwt", "auth", "session", "sessionid", "assertion"],
  ...["xamzsignature", "xamzcredential", "xamzsecuritytoken", "xgoogsignature", "xgoogcredential"],
];

const memberNames: ReadonlySet<string> = new Set(credentials);
const parameterNames: ReadonlySet<string> = new Set([...credentials, ...parameters]);

/** Headers by the end of their names. A page token is no credential. */
const secretHeader =
  /(?:^|-)(?:authorization|authentication|cookie2?|(?<!page-)token|accesstoken|secret|password|api-?key|credentials?|signature|session(?:-?id)?|client-cert)$/;

/** The name without separators and escapes, in lower case. */
export function plainName(name: string): string {
  return unescaped(name).toLowerCase().replace(/[-_]/g, "");
}

/** The name with its escapes undone; as it is where they are broken. */
export function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Tells whether a header holds a credential. Gateways read metadata from headers with a prefix of their own. */
export function isSecretHeader(name: string): boolean {
  return secretHeader.test(name.toLowerCase().replace(/^grpc-metadata-/, ""));
}

/** Tells whether a parameter of a URL or a form holds a credential. Of `filter.token`, the last part decides. */
export function isSecretParameter(name: string): boolean {
  return parameterNames.has(plainName(name)) || parameterNames.has(plainName(unescaped(name).split(".").at(-1) ?? ""));
}

/** Tells whether a member of JSON is a credential whatever the schema says. */
export function isSecretMember(name: string): boolean {
  return memberNames.has(plainName(name));
}
