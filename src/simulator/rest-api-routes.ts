/**
 * Chooses among the routes of a REST API: first the resource, whatever its methods, then the method or ANY. A resource
 * that matches without having the method ends the search.
 */
import { matchRoutePath } from "./http-api-routes.js";
import type { DoorRoute, RouteChoice } from "./simulated-door.js";

/** Chooses for a method and a path as sent; undefined when there is no such resource or it lacks the method. */
export function chooseRestApiRoute<Target>(
  routes: readonly DoorRoute<Target>[],
  method: string,
  path: string,
): RouteChoice<Target> | undefined {
  const segments = path.split("/").slice(1);
  const matches = routes.flatMap((route) => {
    const match = matchRoutePath(route.path, segments);
    return match === undefined ? [] : [{ route, match }];
  });
  const best = matches.map(({ match }) => match.rank).sort()[0];
  const methods = matches.filter(({ match }) => match.rank === best);
  const found =
    methods.find(({ route }) => route.httpMethod === method) ?? methods.find(({ route }) => route.httpMethod === "ANY");
  if (found === undefined) return undefined;
  const { route, match } = found;
  return { key: `${route.httpMethod} ${route.path}`, pathParameters: match.pathParameters, target: route.target };
}
