/** Response headers in the forms of the front doors. */
import { headerKey, headerMap } from "../http.js";
import type { Header } from "../calls/respond.js";

/**
 * Names that the function may send: tokens (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), because interceptors
 * and error mappers may return anything, except those of one connection, which is the door's. Some doors would even
 * rename a Content-Length.
 */
const sendable =
  /^(?!(?:connection|content-length|keep-alive|proxy-(?:authenticate|authorization|connection)|te|trailer|transfer-encoding|upgrade)$)[!#$%&'*+.^_`|~\w-]+$/;

/** One text per name, and the cookies, which cannot be joined. */
export interface SingleHeaders {
  readonly headers: { [name: string]: string };
  readonly cookies: readonly string[];
}

/** Joins repeated headers with a comma; names in lower case. */
export function joinHeaders(headers: readonly Header[]): SingleHeaders {
  const joined = headerMap<string>();
  const cookies: string[] = [];
  eachSendable(headers, (key, value) => {
    if (key === "set-cookie") cookies.push(value);
    else joined[key] = key in joined ? `${joined[key]}, ${value}` : value;
  });
  return { headers: joined, cookies };
}

/** A list of values per name, cookies among them; names in lower case. */
export function listHeaders(headers: readonly Header[]): { [name: string]: string[] } {
  const lists = headerMap<string[]>();
  eachSendable(headers, (key, value) => {
    const list = lists[key];
    if (list === undefined) lists[key] = [value];
    else list.push(value);
  });
  return lists;
}

function eachSendable(headers: readonly Header[], visit: (key: string, value: string) => void): void {
  for (const [name, value] of headers) {
    const key = headerKey(name);
    if (sendable.test(key)) visit(key, headerText(value));
  }
}

/**
 * The text of a header's value. Characters that a header cannot hold become spaces, above all line ends, which would
 * begin another header. A number or a boolean, which untyped handlers may set, becomes text: a load balancer would
 * answer it with 502. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function headerText(value: unknown): string {
  return String(value).replace(/[^\t -~\u0080-\u00ff]+/g, " ");
}

/** Tells whether a text is the name of a header. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(text);
}
