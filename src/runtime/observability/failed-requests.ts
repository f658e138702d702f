/** Description of a failed request in its line: the error, and the request without its secrets. */
import { bodyText, type HttpRequest } from "../http.js";
import { jsonText } from "./json-logger.js";
import type { EndedRequest } from "./observe.js";

/** Names of headers, parameters and fields that hold credentials, and of a few that do not. */
const secretName =
  /auth(?!or(?!iz))|cookie|token|secret|passw|pwd|api-?_?key|private-?_?key|credential|signature|session|jwt/i;

/** Texts that are credentials by their form: JWTs, keys of well-known services, and users in URLs. They hold no quotes. */
const secretText =
  /eyJ[\w-]{8,}\.[\w.-]+|\b(?:A[KS]IA[A-Z\d]{16}|(?:gh[a-z]|xox[a-z]|[rs]k)[_-][\w-]{9,}|AIza[\w-]{35})|Bearer [^\s"]+|-----BEGIN[^"]+|(?<=:\/\/)[^/\s"@]+@/g;

/**
 * Makes the function that describes failures. `secrets` are names in addition to `secretName`: headers in lower case,
 * parameters, and fields in both of their spellings, above all those that are declared `debug_redact`.
 */
export function failedRequests(secrets: readonly string[] = []): (ended: EndedRequest) => object {
  const isSecret = (name: string): boolean =>
    secretName.test(name) || name.split(".").some((part) => secrets.includes(part));
  const hide = (name: string, value: unknown): unknown => (isSecret(name) ? "[redacted]" : value);
  const describe = ({ path, query, headers, body }: HttpRequest): string => {
    const parameters = Object.fromEntries(typeof query === "string" ? new URLSearchParams(query) : query);
    return withoutSecrets(JSON.stringify({ path, query: parameters, headers, body: contentOf(body) }, hide)).slice(
      0,
      8000,
    );
  };
  return ({ invocation: { error, request } }) => ({
    error: error && JSON.parse(withoutSecrets(jsonText(error))),
    request: request && describe(request),
  });
}

/** Only JSON shows which of its parts are secret. */
function contentOf(body: HttpRequest["body"]): unknown {
  try {
    return JSON.parse(bodyText(body));
  } catch {
    return `${body.length} bytes`;
  }
}

function withoutSecrets(text: string): string {
  return text.replace(secretText, "[redacted]");
}
