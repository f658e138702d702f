/** Selects the binding that answers a request, or the answer if none does. */
import { DecodeError } from "../values/decode-error.js";
import { type HttpRequest, headerValue, mediaType } from "../http.js";
import { matchPath, type PathPattern, type SplitPath, splitPath } from "./match-path.js";
import type { Profile } from "./profile.js";

/** The part of a route that routing needs. */
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
  /** The request is an OPTIONS that no binding answers. */
  | { readonly kind: "options"; readonly allowed: readonly string[] }
  | { readonly kind: "malformed"; readonly message: string };

/** A table of routes by path. */
export interface RouteTable<Route> {
  /** The first route in order that is a candidate and matches; `"ended"` if a route before it ends the search. */
  readonly find: (
    path: SplitPath,
    isCandidate: (route: Route) => boolean,
    endsSearch: Profile["endsSearch"],
  ) => Found<Route> | "ended" | undefined;
  /** All routes that match. */
  readonly list: (path: SplitPath) => readonly Route[];
}

/** Makes a table that tries one route after the other. */
export function scanRoutes<Route extends Routable>(ordered: readonly Route[]): RouteTable<Route> {
  return {
    find: (path, isCandidate, endsSearch) => {
      for (const route of ordered) {
        if (!isCandidate(route)) continue;
        if (endsSearch !== false && endsSearch(route, path)) return "ended";
        const captures = matchPath(route, path);
        if (captures !== undefined) return { kind: "found", route, captures };
      }
      return undefined;
    },
    list: (path) => ordered.filter((route) => matchPath(route, path) !== undefined),
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
    const path = splitPath(request.path, request.pathIsDecoded, profile.pathUnescaping);
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
  const isCandidate = (route: Route): boolean => route.httpMethod === method || route.httpMethod === "*";
  const found = findRoute(table, path, isCandidate, profile);
  if (found !== undefined) return found;
  const others = table.list(path);
  if (others.length === 0) return { kind: "notFound" };
  const isGet = (route: Route): boolean => route.httpMethod === "GET";
  const get = isGetToo(method, request, profile) && findRoute(table, path, isGet, profile);
  if (get) return get;
  const kind = method === "OPTIONS" && profile.optionsFromRoutes ? "options" : "methodNotAllowed";
  return { kind, allowed: allowedMethods(others, profile) };
}

/** Tells whether the route of a GET answers a request of another method. */
function isGetToo(method: string, request: Pick<HttpRequest, "headers">, profile: Profile): boolean {
  return (method === "HEAD" && profile.headFromGet) || (method === "POST" && isForm(request, profile));
}

function findRoute<Route extends Routable>(
  table: RouteTable<Route>,
  path: SplitPath,
  isCandidate: (route: Route) => boolean,
  { endsSearch }: Profile,
): Selection<Route> | undefined {
  const found = table.find(path, isCandidate, endsSearch);
  return found === "ended" ? { kind: "notFound" } : found;
}

function allowedMethods(routes: readonly Routable[], profile: Profile): string[] {
  const methods = new Set(routes.map((route) => route.httpMethod));
  if (methods.has("GET") && profile.headFromGet) methods.add("HEAD");
  if (profile.optionsFromRoutes) methods.add("OPTIONS");
  return [...methods].sort();
}

/** The method of a request. X-HTTP-Method-Override counts only if a browser's form could have sent the request. */
function effectiveMethod(request: Pick<HttpRequest, "method" | "headers">, profile: Profile): string {
  if (request.method !== "POST" || !isForm(request, profile)) return request.method;
  return headerValue(request.headers, "x-http-method-override").toUpperCase() || request.method;
}

function isForm(request: Pick<HttpRequest, "headers">, { formPost }: Pick<Profile, "formPost">): boolean {
  return formPost !== false && formPost(headerValue(request.headers, "content-type")) === formType;
}

const formType = "application/x-www-form-urlencoded";

/** Tells whether fields in the body of a request count as query parameters. */
export function hasFormFields(request: Pick<HttpRequest, "method" | "headers">, profile: Profile): boolean {
  const isSubmitted = request.method === "POST" || request.method === "PUT" || request.method === "PATCH";
  return (
    profile.formPost !== false && isSubmitted && mediaType(headerValue(request.headers, "content-type")) === formType
  );
}
