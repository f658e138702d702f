/**
 * Lines of access logs. They have the request line and no body, so only GET and HEAD can be asked again.
 * ALB: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html ·
 * nginx: https://nginx.org/en/docs/http/ngx_http_log_module.html ·
 * Envoy: https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
 */
import { parseObject } from "./json-lines.js";
import { type RecordedAnswer, requestItem, type SourceItem, targetOf } from "./recorded-request.js";

/** A log format by name. */
export type LogFormat = "alb" | "nginx" | "envoy";

/** The parts of a request that a log line has. */
interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  /** Milliseconds. */
  readonly ms?: number;
}

/** Reads a line of a log, as text or as JSON. */
export function readLogLine(line: string, format: LogFormat, id: string): SourceItem {
  const logged = line.startsWith("{") ? fromJson(line) : readers[format](line);
  const target = logged && targetOf(logged.url);
  if (logged === undefined || target === undefined) return { kind: "skipped", reason: "malformed" };
  const { method, status, ms } = logged;
  if (method !== "GET" && method !== "HEAD") return { kind: "skipped", reason: "noBody" };
  const answer: RecordedAnswer | undefined =
    status === undefined
      ? undefined
      : { status, headers: [], body: new Uint8Array(), ...(ms === undefined ? {} : { ms }) };
  return requestItem({
    id,
    method,
    target,
    headers: [],
    body: new Uint8Array(),
    ...(answer === undefined ? {} : { answer }),
  });
}

const readers: Readonly<Record<LogFormat, (line: string) => LoggedRequest | undefined>> = {
  alb: fromAlb,
  nginx: fromNginx,
  envoy: fromEnvoy,
};

/** `https 2026-… app/… 1.2.3.4:1 10.0.0.1:80 0.000 0.012 0.000 200 200 34 366 "GET https://host:443/v1/x HTTP/2.0" …` */
function fromAlb(line: string): LoggedRequest | undefined {
  const head = /^\S+ \S+ \S+ \S+ \S+ (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (\d+|-) (\d+|-) -?\d+ -?\d+ "(\S+) (\S+) [^"]*"/;
  const [, , processing, , status, , method, url] = head.exec(line) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const seconds = Number(processing);
  return { method, url, ...number("status", status), ...(seconds < 0 ? {} : { ms: seconds * 1000 }) };
}

/** The combined format, and a `$request_time` in seconds after it. */
function fromNginx(line: string): LoggedRequest | undefined {
  const combined =
    /^\S+ \S+ .*?\[[^\]]*\] "(\S+) (\S+)(?: [^"]*)?" (\d{3}) \S+(?: "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*")?(?: "?([\d.]+)"?)?/;
  const [, method, url, status, seconds] = combined.exec(line) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const ms = seconds === undefined ? undefined : Number(seconds) * 1000;
  return { method, url: unescapeNginx(url), ...number("status", status), ...(ms === undefined ? {} : { ms }) };
}

/** Bytes that nginx writes as `\x22`. */
function unescapeNginx(text: string): string {
  return text.replace(/\\x([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The default format: `[time] "GET /path HTTP/1.1" 200 flags received sent duration …` */
function fromEnvoy(line: string): LoggedRequest | undefined {
  const format = /^\[[^\]]*\] "(\S+) (\S+) [^"]*" (\d{3}) (?:\S+ ){1,5}?(\d+) (\d+) (\d+) /;
  const [, method, url, status, , , duration] = format.exec(line) ?? [];
  if (method === undefined || url === undefined) return undefined;
  return { method, url, ...number("status", status), ...number("ms", duration) };
}

/** Names under which logs in JSON have the parts, the first that is there counts. */
const jsonNames = {
  method: ["method", "request_method", ":method", "http_method"],
  url: ["path", "request_uri", "uri", "url", "x_envoy_original_path", ":path", "target"],
  status: ["status", "response_code", "status_code", ":status"],
  ms: ["ms", "duration", "duration_ms", "latency_ms"],
  seconds: ["request_time", "upstream_response_time"],
} as const;

function fromJson(line: string): LoggedRequest | undefined {
  const record = parseObject(line);
  const find = (names: readonly string[]): string | undefined => {
    const name = names.find((each) => record !== undefined && Object.hasOwn(record, each));
    const value = name === undefined ? undefined : record?.[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const [requestMethod, requestUrl] = (find(["request"]) ?? "").split(" ");
  const method = find(jsonNames.method) ?? requestMethod;
  const url = find(jsonNames.url) ?? requestUrl;
  if (method === undefined || method === "" || url === undefined || url === "") return undefined;
  const seconds = find(jsonNames.seconds);
  const ms = find(jsonNames.ms) ?? (seconds === undefined ? undefined : String(Number(seconds) * 1000));
  return { method, url, ...number("status", find(jsonNames.status)), ...number("ms", ms) };
}

function number<Name extends string>(name: Name, text: string | undefined): { readonly [Key in Name]?: number } {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return (Number.isFinite(value) ? { [name]: value } : {}) as { readonly [Key in Name]?: number };
}
