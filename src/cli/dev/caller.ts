/**
 * Checks the callers of the local server. Its handlers run with the developer's credentials, and every page that the
 * developer opens can send requests to this machine: under a name of its own that it has let point here (DNS
 * rebinding), or as a simple request of another origin, whose answer it cannot read but whose effect stays.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** The origin of a request, as its headers state it. */
export interface Caller {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The address that the request came in at. */
  readonly localAddress?: string | undefined;
}

/** The callers that the developer has allowed. */
export interface AllowedCallers {
  /** The address or name that the server listens on. */
  readonly host: string;
  /** Further names that requests may be for: those of `--allow-host`, and of the configuration's `hosts`. */
  readonly names: readonly string[];
  /** The origins of the configuration's `cors`; `*` allows none here. */
  readonly origins: readonly string[];
}

/** The reason why a request is refused, in one line; undefined if it is accepted. */
export function refuseCaller(
  { method, headers, localAddress }: Caller,
  { host, names, origins }: AllowedCallers,
): string | undefined {
  const own = [host, localAddress ?? "", ...names].map(plainName);
  const isOwn = (name: string): boolean => isLoopback(name) || own.includes(name);
  const called = headers.host === undefined ? "localhost" : hostNameOf(`http://${headers.host}`);
  if (called === undefined || !isOwn(called)) {
    return `the request is for the host "${headers.host}", expected localhost, the address of --host or a name of --allow-host`;
  }
  const { origin } = headers;
  if (origin === undefined) return isForeignLoad(headers) ? "a page of another site loads this" : undefined;
  const page = hostNameOf(origin);
  // A preflight does nothing; the front door answers it as it does when it is deployed.
  if (headers["access-control-request-method"] !== undefined && method === "OPTIONS") return undefined;
  if (origins.includes(origin) || (page !== undefined && isOwn(page))) return undefined;
  return `a page of ${origin} sends this, expected one of localhost, of the address of --host, or of an origin that cors names`;
}

/** An image or a script of another site; a link that is followed is a load as well, but one that somebody sees. */
function isForeignLoad(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
}

function hostNameOf(url: string): string | undefined {
  try {
    return plainName(new URL(url).hostname);
  } catch {
    return undefined;
  }
}

/** Lower case, without the brackets of an IPv6 address and without the prefix of an IPv4 one inside it. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/, "");
}

function isLoopback(name: string): boolean {
  if (isIP(name) === 4) return name.startsWith("127.");
  return name === "::1" || name === "localhost" || name.endsWith(".localhost");
}
