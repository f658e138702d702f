/** The cache of a REST API: answers that it gives again, errors too, for as long as the configuration says. */
import { routeKeyText } from "../../front-door/route-key.js";
import type { CachedRoute, Plan } from "../../plan/plan.js";
import type { StreamedWireResponse } from "../../simulator/lambda-stream.js";
import type { WireResponse } from "../../simulator/wire.js";

/** A request that has a route. */
interface Admitted {
  readonly event: object;
  readonly routeKey: string;
}

/** Cached answers by what the key has of a request. */
export interface AnswerCache {
  /** Undefined for a route that is not cached, and where no answer is known. */
  find(admitted: Admitted): WireResponse | undefined;
  keep(admitted: Admitted, response: WireResponse | StreamedWireResponse): void;
}

/** Largest answer that is kept, in bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
const maxAnswer = 1_048_576;

/** Most answers; the oldest go first. */
const maxAnswers = 1000;

/** The cache of the routes that the plan caches; empty at first. `now` gives milliseconds since the epoch. */
export function answerCache({ cachedRoutes }: Pick<Plan, "cachedRoutes">, now: () => number = Date.now): AnswerCache {
  const routes = new Map(cachedRoutes.map((route) => [routeKeyText(route.key), route]));
  const kept = new Map<string, { readonly response: WireResponse; readonly until: number }>();
  return {
    find: (admitted) => {
      const route = routes.get(admitted.routeKey);
      const known = route && kept.get(keyOf(route, admitted));
      return known !== undefined && known.until > now() ? known.response : undefined;
    },
    keep: (admitted, response) => {
      const route = routes.get(admitted.routeKey);
      const { body } = response;
      if (route === undefined || !(body instanceof Uint8Array) || body.length > maxAnswer) return;
      const key = keyOf(route, admitted);
      kept.delete(key);
      kept.set(key, { response: { ...response, body }, until: now() + route.seconds * 1000 });
      const [oldest] = kept.keys();
      if (kept.size > maxAnswers && oldest !== undefined) kept.delete(oldest);
    },
  };
}

/** The part of a request that the key has: of a parameter that is repeated one value. */
function keyOf({ parameters }: CachedRoute, { event, routeKey }: Admitted): string {
  const { pathParameters, queryStringParameters } = event as Readonly<Record<string, unknown>>;
  const query = new Map(Object.entries(Object(queryStringParameters ?? {})));
  return JSON.stringify([routeKey, pathParameters, parameters.map((name) => query.get(name) ?? null)]);
}
