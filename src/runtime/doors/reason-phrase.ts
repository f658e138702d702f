/** Reason phrases. https://www.rfc-editor.org/rfc/rfc9110#section-15 */

/** Phrases of the statuses with which RPCs end. */
const phrases: { readonly [status: number]: string } = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  499: "Client Closed Request",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** The phrase of a status, or that of its class. */
export function reasonPhrase(status: number): string {
  return phrases[status] ?? (status < 400 ? "OK" : status < 500 ? "Bad Request" : "Internal Server Error");
}
