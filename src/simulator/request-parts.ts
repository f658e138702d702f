/** Parts of a request on the wire, as several doors look at them. */
import type { WireRequest } from "./wire.js";

/** Path and query (without the question mark), both as sent. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Bytes of the headers with their line ends. */
export function headerBytes({ headers }: WireRequest): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
}

/** Bytes of the request line. */
export function requestLineBytes({ method, target }: WireRequest): number {
  return method.length + target.length + 12;
}

/** Tells whether a body arrives as text; everything else, and no content type at all, is base64. */
export function isTextType(contentType: string | undefined): boolean {
  const media = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return media.startsWith("text/") || /^application\/(json|xml|javascript)$/.test(media);
}

const connectionHeaders: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);

/** Values by lower-case name in order of arrival, those of the connection left out and those of the door added. */
export function collectHeaders(request: WireRequest, now: number): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    if (!connectionHeaders.has(key)) lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  const forwarded = lists.get("x-forwarded-for");
  lists.set("x-forwarded-for", [[...(forwarded ?? []), request.sourceIp].join(", ")]);
  lists.set("x-forwarded-proto", [request.scheme]);
  const [host = ""] = lists.get("host") ?? [];
  lists.set("x-forwarded-port", [/:(\d+)$/.exec(host)?.[1] ?? (request.scheme === "https" ? "443" : "80")]);
  if (!lists.has("x-amzn-trace-id")) lists.set("x-amzn-trace-id", [traceId(now)]);
  return new Map([...lists].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function traceId(now: number): string {
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, "0").slice(-8)}-000000000000000000000000`;
}

/** `10/Jul/2026:19:19:05 +0000`. */
export function logTime(now: number): string {
  const date = new Date(now);
  const month = "JanFebMarAprMayJunJulAugSepOctNovDec".slice(date.getUTCMonth() * 3, date.getUTCMonth() * 3 + 3);
  const time = date.toISOString().slice(11, 19);
  return `${date.toISOString().slice(8, 10)}/${month}/${date.getUTCFullYear()}:${time} +0000`;
}

/** A body as events carry it. */
export function eventText(body: Uint8Array, isText: boolean): string {
  return Buffer.from(body).toString(isText ? "utf8" : "base64");
}
