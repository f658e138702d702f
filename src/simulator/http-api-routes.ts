/**
 * Chooses among the routes of an HTTP API: a full match before a greedy one, a literal segment before a variable, the
 * request's method before ANY, `$default` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
import type { DoorRoute, RouteChoice } from "./simulated-door.js";

/** Chooses for a method and a decoded path; undefined when nothing matches. Routes with equal claims: the first. */
export function chooseHttpApiRoute<Target>(
  routes: readonly DoorRoute<Target>[],
  method: string,
  path: string,
): RouteChoice<Target> | undefined {
  const segments = path.split("/").slice(1);
  let best: { readonly rank: string; readonly choice: RouteChoice<Target> } | undefined;
  for (const route of routes) {
    if (route.httpMethod !== "ANY" && route.httpMethod !== method) continue;
    const isDefault = route.path === "$default";
    const match = isDefault ? { rank: "3", pathParameters: {} } : matchRoutePath(route.path, segments);
    if (match === undefined) continue;
    const rank = match.rank + (route.httpMethod === "ANY" ? "1" : "0");
    if (best !== undefined && best.rank <= rank) continue;
    const key = isDefault ? route.path : `${route.httpMethod} ${route.path}`;
    best = { rank, choice: { key, pathParameters: match.pathParameters, target: route.target } };
  }
  return best?.choice;
}

/**
 * Tells whether the segments of a request's path fit a route's path: its variables, and a rank that sorts better matches first (one
 * character a segment, `0` literal, `1` variable, `2` greedy).
 */
export function matchRoutePath(
  path: string,
  segments: readonly string[],
): { rank: string; pathParameters: Record<string, string> } | undefined {
  const pathParameters: Record<string, string> = {};
  let rank = "";
  const parts = path.split("/").slice(1);
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const variable = /^\{(.+?)(\+?)\}$/.exec(part);
    if (variable === null) {
      if (part !== segment) return undefined;
      rank += "0";
      continue;
    }
    const [, name = "", greedy] = variable;
    if (greedy === "+") {
      pathParameters[name] = segments.slice(index).join("/");
      return pathParameters[name] === "" ? undefined : { rank: `2${rank}2`, pathParameters };
    }
    if (segment === "") return undefined;
    pathParameters[name] = segment;
    rank += "1";
  }
  return parts.length === segments.length ? { rank: `0${rank}`, pathParameters } : undefined;
}
