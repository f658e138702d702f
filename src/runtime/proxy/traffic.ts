/** RPCs on their way: new code answers a part of the requests, and the server that it comes from the others. */
import { parseQuery } from "../binding/query.js";
import type { Call } from "../calls/call.js";
import type { Endpoint, Route } from "../calls/endpoint.js";
import type { HttpRequest, HttpResponse } from "../http.js";
import type { Metadata } from "../metadata.js";
import { codeNames, statusOf } from "../status.js";
import { DecodeError } from "../values/decode-error.js";
import type { Shares } from "./share-parameter.js";

/** The requests that new code answers. */
export interface Traffic {
  /** Percent of all. */
  readonly share: number;
  /** Goes before `share`, where it has one for the RPC. */
  readonly shares?: Shares;
  /** Requests with one of these are always among them. */
  readonly testers: readonly RequestPart[];
  /** The same value of it is always on the same side. Absent, or absent in a request: chance decides. */
  readonly sticky?: RequestPart;
  /** Whether the other side is asked after a failure; only for RPCs that change nothing. */
  readonly fallback?: true;
}

/** A part of a request. */
export interface RequestPart {
  readonly from: "header" | "cookie" | "query";
  /** A header's is in lower case. */
  readonly name: string;
  /** The value that it has to have. Absent: any. */
  readonly equals?: string;
}

/** The new code, or the server that it comes from. */
type Side = "new" | "old";

/** Gives the endpoint that lets `old` answer where `traffic` does not choose `next`. Both have the routes of one RPC. */
export function divide(next: Endpoint, old: Endpoint, traffic: Traffic): Endpoint {
  const routes = next.routes.flatMap(({ around, ...route }, at): Route[] => {
    const oldRoute = old.routes[at];
    if (oldRoute === undefined) return [];
    const sides = { new: { ...route, ...(around && { around }) }, old: oldRoute };
    return [{ ...route, answer: (...request) => answer(sides, traffic, request) }];
  });
  return { ...next, routes };
}

async function answer(
  sides: Readonly<Record<Side, Route>>,
  traffic: Traffic,
  request: Parameters<Route["answer"]>,
): Promise<HttpResponse> {
  const { context } = request[2];
  const share = (await traffic.shares?.(context, context.log)) ?? traffic.share;
  const side = takesNewCode({ ...traffic, share }, context.http) ? "new" : "old";
  if (traffic.fallback === undefined) return ask(side, sides[side], request);
  const untouched = [context.header.clone(), context.trailer.clone()] as const;
  const { response, error, code } = await attempt(side, sides[side], request);
  if (code === undefined || !replacedCodes[side].includes(code)) {
    if (response === undefined) throw error;
    return response;
  }
  const other = side === "new" ? "old" : "new";
  context.log.warn(`the ${side} side failed, and the ${other} side answers`, { side, code: codeNames[code], error });
  restore(context.header, untouched[0]);
  restore(context.trailer, untouched[1]);
  return ask(other, sides[other], request);
}

/** Codes after which the other side answers: UNKNOWN, UNIMPLEMENTED, INTERNAL and UNAVAILABLE; of the old side the last. */
const replacedCodes: Readonly<Record<Side, readonly number[]>> = { new: [2, 12, 13, 14], old: [14] };

/** Runs the interceptors of a side, too. The line of the request says which side it was. */
function ask(side: Side, route: Route, [http, captures, call]: Parameters<Route["answer"]>): Promise<HttpResponse> {
  const { service, method, template } = route;
  call.invocation.called = { service, method, template, side };
  const run = (): Promise<HttpResponse> => Promise.race([route.answer(http, captures, call), call.expired]);
  return route.around === undefined ? run() : route.around(run, call);
}

/** The answer of a side, and how it failed. */
interface Attempt {
  readonly response?: HttpResponse;
  readonly error?: unknown;
  /** Absent: it did not. */
  readonly code?: number;
}

async function attempt(side: Side, route: Route, request: Parameters<Route["answer"]>): Promise<Attempt> {
  const { invocation }: Call = request[2];
  try {
    const response = await ask(side, route, request);
    const { failure } = response;
    return failure === undefined ? { response } : { response, error: invocation.error, code: failure.code };
  } catch (error) {
    // A request that cannot be read is one for both sides.
    return error instanceof DecodeError ? { error } : { error, code: statusOf(error).code };
  }
}

function restore(metadata: Metadata, before: Metadata): void {
  for (const key of Object.keys(metadata.getMap())) metadata.remove(key);
  metadata.merge(before);
}

/** Tells whether new code answers a request. */
export function takesNewCode({ share, testers, sticky }: Traffic, http: HttpRequest): boolean {
  if (testers.some((part) => has(part, http))) return true;
  const key = sticky && valuesOf(sticky, http)[0];
  return (key === undefined ? Math.random() * 100 : placeOf(key)) < share;
}

function has(part: RequestPart, http: HttpRequest): boolean {
  return valuesOf(part, http).some((value) => part.equals === undefined || value === part.equals);
}

function valuesOf({ from, name }: RequestPart, { headers, query }: HttpRequest): readonly string[] {
  if (from === "header") return headers[name] ?? [];
  const pairs =
    from === "query" ? (typeof query === "string" ? parseQuery(query) : query) : cookies(headers["cookie"] ?? []);
  return pairs.flatMap(([key, value]) => (key === name ? value : []));
}

/** https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1 */
function cookies(headers: readonly string[]): [name: string, value: string][] {
  return headers
    .flatMap((header) => header.split(";"))
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return [name.trim(), rest.join("=").trim()];
    });
}

/** The place of a key, from 0 to less than 100, by FNV-1a. http://www.isthe.com/chongo/tech/comp/fnv/ */
function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return ((hash >>> 0) % 10_000) / 100;
}
