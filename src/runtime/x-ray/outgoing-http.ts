/**
 * Subsegments for what handlers call over HTTP, by fetch and by node:http, and so by the clients of AWS. Node publishes requests on
 * channels, so nothing is wrapped. https://nodejs.org/api/diagnostics_channel.html#built-in-channels
 */
import { causeOf, currentSubsegment, failureOf, type Subsegment, type SubsegmentFacts } from "../tracing.js";

/** A request in progress. */
interface Outgoing {
  readonly subsegment: Subsegment;
  readonly facts: SubsegmentFacts;
  readonly request: { readonly method: string; readonly url: string };
}

const outgoing = new WeakMap<object, Outgoing>();

/** Begins to trace requests of this process that are made in a subsegment, up to the headers of their responses. Node 22.12 or later shows those of node:http. */
export function traceOutgoingHttp(): void {
  const { subscribe } = process.getBuiltinModule("node:diagnostics_channel");
  subscribe("http.client.request.created", (message) => beginHttp((message as HttpMessage).request));
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as Required<HttpMessage>;
    end(request, response.statusCode, (name) => response.headers[name]);
  });
  subscribe("http.client.request.error", (message) => fail(message as Failed));
  subscribe("undici:request:create", (message) => beginFetch((message as UndiciMessage).request));
  subscribe("undici:request:headers", (message) => {
    const { request, response } = message as Required<UndiciMessage>;
    end(request, response.statusCode, (name) => headerOf(response.headers, name));
  });
  subscribe("undici:request:error", (message) => fail(message as Failed));
}

/** The parts of node:http's messages that are used. */
interface HttpMessage {
  readonly request: {
    readonly protocol: string;
    readonly host: string;
    readonly path: string;
    readonly method: string;
    readonly headersSent: boolean;
    getHeader(name: string): unknown;
    setHeader(name: string, value: string): unknown;
  };
  readonly response?: { readonly statusCode: number; readonly headers: Readonly<Record<string, unknown>> };
}

/** The parts of undici's messages that are used. https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
interface UndiciMessage {
  readonly request: {
    readonly origin: unknown;
    readonly path: string;
    readonly method: string;
    addHeader(name: string, value: string): unknown;
  };
  /** Names and values in turn. */
  readonly response?: { readonly statusCode: number; readonly headers: readonly Uint8Array[] };
}

interface Failed {
  readonly request: object;
  readonly error: unknown;
}

function beginHttp(request: HttpMessage["request"]): void {
  const { protocol, host, path, method } = request;
  const target = request.getHeader("x-amz-target");
  const subsegment = begin(request, `${protocol}//${host}`, path, method, typeof target === "string" ? target : "");
  // A request with `expect`, or with headers in a list, has written them already. An error here would end the process.
  if (subsegment !== undefined && !request.headersSent) request.setHeader("x-amzn-trace-id", subsegment.header);
}

function beginFetch(request: UndiciMessage["request"]): void {
  const { origin, path, method } = request;
  const subsegment = begin(request, String(origin), path, method, "");
  if (subsegment !== undefined) request.addHeader("x-amzn-trace-id", subsegment.header);
}

/** `x.y.eu-west-1.amazonaws.com`: a service of AWS, and its region. */
const awsHost = /(?:^|\.)([a-z][a-z\d-]*)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/;

function begin(key: object, origin: string, path: string, method: string, target: string): Subsegment | undefined {
  const current = currentSubsegment();
  if (current === undefined) return undefined;
  const host = origin.replace(/^https?:\/\//, "");
  const [, service, region] = awsHost.exec(host) ?? [];
  const operation = target.split(".").at(-1) || undefined;
  const subsegment = current.begin(service ?? host);
  const facts: SubsegmentFacts =
    service === undefined ? { namespace: "remote" } : { namespace: "aws", aws: { region, operation } };
  // The query may hold credentials.
  const url = `${origin}${path.split("?", 1)[0]}`.slice(0, 1000);
  outgoing.set(key, { subsegment, facts, request: { method, url } });
  return subsegment;
}

function end(key: object, status: number, header: (name: string) => unknown): void {
  const call = outgoing.get(key);
  if (call === undefined) return;
  const { subsegment, facts, request } = call;
  const requestId = header("x-amzn-requestid") ?? header("x-amz-request-id");
  const aws = facts.aws && { aws: { ...facts.aws, request_id: requestId } };
  subsegment.end({ ...facts, ...aws, ...failureOf(status), http: { request, response: { status } } });
}

function fail({ request: key, error }: Failed): void {
  const call = outgoing.get(key);
  if (call === undefined) return;
  const { subsegment, facts, request } = call;
  subsegment.end({ ...facts, fault: true, cause: causeOf(subsegment, error), http: { request } });
}

function headerOf(headers: readonly Uint8Array[], name: string): string | undefined {
  const at = headers.findIndex((each, index) => index % 2 === 0 && String(each).toLowerCase() === name);
  return at < 0 ? undefined : String(headers[at + 1]);
}
