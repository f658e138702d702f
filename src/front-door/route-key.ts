/** Route keys, and what the two kinds of API Gateway have in common about their paths. */

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

/** The path of a route without the names of its variables: `/v1/{}/x/{+}`. */
export function pathIdentity(path: string): string {
  return path.replace(/\{[^}]*?(\+?)\}/g, "{$1}");
}
