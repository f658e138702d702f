/** Response headers in the forms that front doors take. */
import { headerKey, headerMap } from "../http.js";
import type { Header } from "../calls/respond.js";

/** They concern one connection, which is the door's; a Content-Length that stays would even be renamed by some. */
const connectionHeaders: ReadonlySet<string> = new Set(
  (
    "connection content-length keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer " +
    "transfer-encoding upgrade"
  ).split(" "),
);

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
    const value = headerText(anyValue);
    if (key === "set-cookie") cookies.push(value);
    else if (!connectionHeaders.has(key)) joined[key] = joined[key] === undefined ? value : `${joined[key]}, ${value}`;
  }
  return { headers: joined, cookies };
}

/** A list of values per name, cookies among them; names in lower case. */
export function listHeaders(headers: readonly Header[]): { [name: string]: string[] } {
  const lists = headerMap<string[]>();
  for (const [name, anyValue] of headers) {
    const key = headerKey(name);
    if (connectionHeaders.has(key)) continue;
    const value = headerText(anyValue);
    const list = lists[key];
    if (list === undefined) lists[key] = [value];
    else list.push(value);
  }
  return lists;
}

/** A number or a boolean, which untyped handlers may set, would be a 502 behind a load balancer. */
function headerText(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}
