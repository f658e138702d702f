/** Credentials of third parties: a page asks many hosts, and an archive of a browser has the cookies of all. */
import { isSecretHeader } from "./secret-names.js";
import type { RecordedRequest, SourceItem } from "../requests/recorded-request.js";

/** Further hosts of an archive are not counted. */
const mostHosts = 10_000;

/** The host that most requests of RPCs went to; undefined where no request of an RPC names one. */
export async function mostAskedHost(
  items: AsyncIterable<SourceItem>,
  isRouted: (request: RecordedRequest) => boolean,
): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for await (const item of items) {
    if (item.kind === "skipped") continue;
    const { host } = item.request;
    // The other formats are of one server.
    if (host === undefined) return undefined;
    if (isRouted(item.request) && (counts.has(host) || counts.size < mostHosts))
      counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Requests whose credentials were left out, by host. */
export type ForeignHosts = Map<string, number>;

/** The request without cookies and credentials if it went to none of the hosts, which is counted in `foreign`. */
export function withoutForeignCredentials(
  request: RecordedRequest,
  hosts: ReadonlySet<string>,
  foreign: ForeignHosts,
): RecordedRequest {
  const { host, headers } = request;
  if (host === undefined || hosts.has(host)) return request;
  const kept = headers.filter(([name]) => !isSecretHeader(name));
  if (kept.length === headers.length) return request;
  foreign.set(host, (foreign.get(host) ?? 0) + 1);
  return { ...request, headers: kept };
}

/** A sentence for the report; undefined if nothing was left out. */
export function describeForeign(foreign: ForeignHosts): string | undefined {
  if (foreign.size === 0) return undefined;
  const total = [...foreign.values()].reduce((sum, count) => sum + count, 0);
  const names = [...foreign.keys()].sort();
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `${total} lost their cookies and credentials, which are those of other hosts: ${names.slice(0, 5).join(", ")}${more}; --host names yours`;
}
