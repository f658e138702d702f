/** Route keys, and what the two kinds of API Gateway have in common about their paths. */
import { elementsOf, type PathLanguage } from "./path-language.js";

/** A route of the front door: for an HTTP API `GET /v1/shelves/{shelf}`. */
export interface RouteKey {
  /** `ANY` for every method. */
  readonly httpMethod: string;
  /** The front door's own path syntax. */
  readonly path: string;
  /** `widened`: the door cannot express the template, so it lets more through and the function re-matches. */
  readonly precision: "exact" | "widened";
}

/** The path of a route key, taken apart. */
export interface RoutePattern {
  readonly httpMethod: string;
  /** Text of a literal part, undefined for a variable. */
  readonly parts: readonly (string | undefined)[];
  /** `{proxy+}` follows: one or more further segments. */
  readonly greedy: boolean;
}

/** Takes the path of a route key apart. */
export function parseRouteKey(key: Pick<RouteKey, "httpMethod" | "path">): RoutePattern {
  const texts = key.path.split("/").slice(1);
  const greedy = texts.at(-1)?.endsWith("+}") ?? false;
  const parts = (greedy ? texts.slice(0, -1) : texts).map((text) => (text.startsWith("{") ? undefined : text));
  return { httpMethod: key.httpMethod, parts, greedy };
}

/** Equal for two routes that differ in nothing but the names of their variables. */
export function routeIdentity(key: Pick<RouteKey, "httpMethod" | "path">): string {
  return `${key.httpMethod} ${pathIdentity(key.path)}`;
}

/** The path of an HTTP API's route for what no other route takes. */
export const defaultRoute = "$default";

/** A route as API Gateway names it: `GET /v1/shelves/{shelf}`, `$default`. */
export function routeKeyText({ httpMethod, path }: Pick<RouteKey, "httpMethod" | "path">): string {
  return path === defaultRoute ? path : `${httpMethod} ${path}`;
}

/** Distinct keys that are not among `others`. */
export function withoutThose(keys: readonly RouteKey[], others: readonly RouteKey[]): RouteKey[] {
  const taken = new Set(others.map(routeIdentity));
  return keys.filter((key) => !taken.has(routeIdentity(key)) && taken.add(routeIdentity(key)) !== undefined);
}

/** The path of a route without the names of its variables: `/v1/{}/x/{+}`. */
export function pathIdentity(path: string): string {
  return path.replace(/\{[^}]*?(\+?)\}/g, "{$1}");
}

/** The paths that a gateway's route takes. */
export function gatewayLanguage(key: Pick<RouteKey, "httpMethod" | "path">): PathLanguage {
  const { parts, greedy } = parseRouteKey(key);
  return [elementsOf(parts, greedy)];
}

/**
 * The paths to use for `paths`: those that differ in the names of their variables alone get the names of the first, because a
 * front door takes them for one.
 */
export function nameRoutesAlike(paths: readonly string[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const path of paths) if (!first.has(pathIdentity(path))) first.set(pathIdentity(path), path);
  return new Map(paths.map((path) => [path, first.get(pathIdentity(path)) ?? path]));
}
