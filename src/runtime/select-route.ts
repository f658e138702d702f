/** Decides which binding answers a request, and what the answer is when none does. */
import { DecodeError } from "./decode-error.js";
import { type HttpRequest, headerValue, mediaType } from "./http.js";
import { matchPath, type PathPattern, type SplitPath, splitPath } from "./match-path.js";
import type { Profile } from "./profile.js";

/** What is looked at of a route. */
export interface Routable extends PathPattern {
  readonly httpMethod: string;
}

/** A route that answers, with the text of each variable. */
export interface Found<Route> {
  readonly kind: "found";
  readonly route: Route;
  readonly captures: readonly string[];
}

/** The outcome of routing. */
export type Selection<Route> =
  | Found<Route>
  | { readonly kind: "notFound" }
  /** The path exists for these methods. */
  | { readonly kind: "methodNotAllowed"; readonly allowed: readonly string[] }
  /** OPTIONS was asked, which no binding answers. */
  | { readonly kind: "options"; readonly allowed: readonly string[] }
  | { readonly kind: "malformed"; readonly message: string };

/** Routes, looked up by path. */
export interface RouteTable<Route> {
  /** The first, in the order in which they are tried, that is a candidate and matches; `"emptyId"` as `matchPath` has it. */
  readonly find: (path: SplitPath, isCandidate: (route: Route) => boolean) => Found<Route> | "emptyId" | undefined;
  /** All that match. */
  readonly list: (path: SplitPath) => readonly Route[];
}

/** Looks routes up by trying one after the other. */
export function scanRoutes<Route extends Routable>(ordered: readonly Route[]): RouteTable<Route> {
  return {
    find: (path, isCandidate) => {
      for (const route of ordered) {
        if (!isCandidate(route)) continue;
        const captures = matchPath(route, path);
        if (captures !== undefined) return captures === "emptyId" ? captures : { kind: "found", route, captures };
      }
      return undefined;
    },
    list: (path) => ordered.filter((route) => Array.isArray(matchPath(route, path))),
  };
}

/** Puts routes into the order in which they are tried. */
export function orderRoutes<Route extends Routable>(routes: readonly Route[], profile: Profile): readonly Route[] {
  return profile.order === "reverse" ? [...routes].reverse() : [...routes].sort(profile.order);
}

/** Chooses a route. Never throws. */
export function selectRoute<Route extends Routable>(
  table: RouteTable<Route>,
  request: Pick<HttpRequest, "method" | "path" | "pathIsDecoded" | "headers">,
  profile: Profile,
): Selection<Route> {
  try {
    const path = splitPath(request.path, request.pathIsDecoded, profile.unescaping);
    if (path === undefined) return { kind: "malformed", message: "the path does not start with /" };
    return select(table, effectiveMethod(request, profile), path, request, profile);
  } catch (error) {
    if (error instanceof DecodeError) return { kind: "malformed", message: `malformed path: ${error.message}` };
    throw error;
  }
}

function select<Route extends Routable>(
  table: RouteTable<Route>,
  method: string,
  path: SplitPath,
  request: Pick<HttpRequest, "method" | "headers">,
  profile: Profile,
): Selection<Route> {
  const found = findRoute(table, path, (route) => route.httpMethod === method || route.httpMethod === "*");
  if (found !== undefined) return found;
  const others = table.list(path);
  if (others.length === 0) return { kind: "notFound" };
  const get = isGetToo(method, request, profile) && findRoute(table, path, (route) => route.httpMethod === "GET");
  if (get) return get;
  const kind = method === "OPTIONS" && profile.optionsFromRoutes ? "options" : "methodNotAllowed";
  return { kind, allowed: allowedMethods(others, profile) };
}

/** Whether the route of a GET answers a request that has none of its own. */
function isGetToo(method: string, request: Pick<HttpRequest, "headers">, profile: Profile): boolean {
  return (method === "HEAD" && profile.headFromGet) || (method === "POST" && profile.forms && isForm(request));
}

function findRoute<Route extends Routable>(
  table: RouteTable<Route>,
  path: SplitPath,
  isCandidate: (route: Route) => boolean,
): Selection<Route> | undefined {
  const found = table.find(path, isCandidate);
  return found === "emptyId" ? { kind: "notFound" } : found;
}

function allowedMethods(routes: readonly Routable[], profile: Profile): string[] {
  const methods = new Set(routes.map((route) => route.httpMethod));
  if (methods.has("GET") && profile.headFromGet) methods.add("HEAD");
  if (profile.optionsFromRoutes) methods.add("OPTIONS");
  return [...methods].sort();
}

/** X-HTTP-Method-Override counts only where a browser's form could have sent the request. */
function effectiveMethod(request: Pick<HttpRequest, "method" | "headers">, profile: Profile): string {
  if (!profile.forms || request.method !== "POST" || !isForm(request)) return request.method;
  return headerValue(request.headers, "x-http-method-override").toUpperCase() || request.method;
}

/** grpc-gateway compares the whole header: a charset parameter turns the form treatment off. */
function isForm(request: Pick<HttpRequest, "headers">): boolean {
  return headerValue(request.headers, "content-type") === formType;
}

const formType = "application/x-www-form-urlencoded";

/** Whether fields in the body of a request count as query parameters. */
export function hasFormFields(request: Pick<HttpRequest, "method" | "headers">, profile: Profile): boolean {
  const isSubmitted = request.method === "POST" || request.method === "PUT" || request.method === "PATCH";
  return profile.forms && isSubmitted && mediaType(headerValue(request.headers, "content-type")) === formType;
}
