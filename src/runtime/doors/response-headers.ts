/** Response headers in the forms that front doors take. */
import { headerKey, headerMap } from "../http.js";
import type { Header } from "../calls/respond.js";

/**
 * Names that the function may send: tokens (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), which interceptors and error mappers
 * need not give, but those that concern one connection, which is the door's; a Content-Length that stays would even be renamed by some.
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
  for (const [name, anyValue] of headers) {
    const key = headerKey(name);
    if (!sendable.test(key)) continue;
    const value = headerText(anyValue);
    if (key === "set-cookie") cookies.push(value);
    else joined[key] = joined[key] === undefined ? value : `${joined[key]}, ${value}`;
  }
  return { headers: joined, cookies };
}

/** A list of values per name, cookies among them; names in lower case. */
export function listHeaders(headers: readonly Header[]): { [name: string]: string[] } {
  const lists = headerMap<string[]>();
  for (const [name, anyValue] of headers) {
    const key = headerKey(name);
    if (!sendable.test(key)) continue;
    const value = headerText(anyValue);
    const list = lists[key];
    if (list === undefined) lists[key] = [value];
    else list.push(value);
  }
  return lists;
}

/**
 * What a header can hold; anything else, line ends above all, which would begin another header, becomes a space. A number or a boolean,
 * which untyped handlers may set, would be a 502 behind a load balancer. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function headerText(value: unknown): string {
  return String(value).replace(/[^\t -~\u0080-\u00ff]+/g, " ");
}

/** Whether a text is the name of a header. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(text);
}
