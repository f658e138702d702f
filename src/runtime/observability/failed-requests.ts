/** Description of a failed request in its line: the error, and the request without its secrets. */
import type { DecodeError } from "../values/decode-error.js";
import { bodyText } from "../http.js";
import { jsonText } from "./json-logger.js";
import type { EndedRequest } from "./observe.js";

/** Names of headers, parameters and fields that hold credentials, and of a few that do not. */
const secretName =
  /auth(?!or(?!iz))|cookie|token|secret|pass[wpc]|pwd|(?:api|private).?key|credential|signature|session|jwt/i;

/** Texts that are credentials by their form: JWTs, keys of well-known services, and users in URLs. They hold no quotes. */
const secretText =
  /eyJ[\w-]{8,}\.[\w.-]+|\b(?:A[KS]IA[A-Z\d]{16}|(?:gh[a-z]|xox[a-z]|[rs]k)[_-][\w-]{9,}|AIza[\w-]{35})|[Bb]earer [^\s"]+|-----BEGIN[^"]+|(?<=:\/\/)[^/\s"@]+@/g;

/** Values that a text gives to such names, as a query does, or an object that was printed. They hold no quotes and no backslashes. */
const secretValue = new RegExp(String.raw`(?<=(?:${secretName.source})\w{0,9}(?:=|: '))[^\s"'\\&;,]+`, "gi");

/**
 * Makes the function that describes failures; it never throws. `secrets` are names in addition to `secretName`: headers
 * in lower case, parameters, and fields in both of their spellings, above all those that are declared `debug_redact`.
 */
export function failedRequests(secrets: readonly string[] = []): (ended: EndedRequest) => object {
  const maxBody = 30_000;
  const isSecret = (name: string): boolean =>
    secretName.test(name) || name.split(/[.[\]]/).some((part) => secrets.includes(part));
  const hide = (name: string, value: unknown): unknown => (isSecret(name) ? redacted : clean(value));
  // What contains itself, or is nested too deeply for V8, has no JSON.
  const shown = (read: () => unknown, otherwise: string): unknown => {
    try {
      return JSON.parse(jsonText(read()), hide);
    } catch {
      return otherwise;
    }
  };
  return ({ fields: { reason }, level, invocation: { error, request } }) => ({
    // It shows the value of a field that cannot be decoded.
    reason: hide(`${(error as Partial<DecodeError> | undefined)?.fieldPath}`, reason),
    ...(level === "error" &&
      request && {
        error: shown(() => error, typeof error),
        request: clean(
          JSON.stringify(
            {
              path: request.path,
              query: Object.fromEntries(new URLSearchParams(request.query as string | [string, string][])),
              headers: request.headers,
              // Only JSON shows which of its parts are secret.
              body: shown(
                () => JSON.parse(request.body.length > maxBody ? "" : bodyText(request.body)),
                `${request.body.length} bytes`,
              ),
            },
            hide,
          ),
        ),
      }),
  });
}

const redacted = "[redacted]";

/** The beginning of a text without its credentials; any other value as it is. */
function clean(value: unknown): unknown {
  const maxLength = 8000;
  return typeof value === "string"
    ? value.slice(0, maxLength).replace(secretText, redacted).replace(secretValue, redacted)
    : value;
}
