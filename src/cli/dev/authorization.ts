/** Lambda authorizers of the user's own, asked about the requests of `dev` as the deployed door asks them. */
import { authorizerOf } from "../../plan/own/plan-authorizers.js";
import { routedAuths } from "../../plan/auth/routed-auths.js";
import type { Plan } from "../../plan/plan.js";
import {
  type Authorizer,
  type Decision,
  decide,
  failedDecision,
  type Question,
  questionOf,
  unidentified,
} from "../../simulator/authorizer.js";
import type { LocalFunction, LocalFunctions } from "./local-functions.js";

/** An authorizer with its function. */
export interface LocalAuthorizer extends Authorizer {
  readonly local: LocalFunction;
  readonly cacheSeconds: number;
}

/** Decides about an admitted request; `routeKey` is the route that it came by. */
export type Authorize = (
  functions: LocalFunctions,
  admitted: { readonly event: object; readonly routeKey: string },
  requestId: string,
) => Promise<Decision>;

/** The authorizers of a plan by the keys of their routes. Those of other deployments are not asked. */
export function localAuthorizers(
  plan: Plan,
  functions: ReadonlyMap<string, LocalFunction>,
): ReadonlyMap<string, LocalAuthorizer> {
  const { frontDoor: api } = plan.deployment;
  if (api !== "http-api" && api !== "rest-api") return new Map();
  return new Map(
    routedAuths(plan).flatMap(({ key, auth }): [string, LocalAuthorizer][] => {
      const own = auth.kind === "lambda" ? authorizerOf(auth, plan) : undefined;
      const local = own && functions.get(own.id);
      if (auth.kind !== "lambda" || local === undefined) return [];
      const { asks, identitySources, cacheSeconds } = auth;
      return [[key, { api, asks, identitySources, cacheSeconds, local }]];
    }),
  );
}

interface Remembered {
  readonly answer: unknown;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Most decisions that are remembered; the oldest go first. */
const maxRemembered = 1000;

/** Asks the authorizer of the route, or remembers its answer for as long as the configuration says. Other requests pass. */
export function authorization(authorizers: ReadonlyMap<string, LocalAuthorizer>): Authorize {
  const remembered = new Map<string, Remembered>();
  return async (functions, { event, routeKey }, requestId) => {
    const authorizer = authorizers.get(routeKey);
    if (authorizer === undefined) return { kind: "event", event, routeKey };
    const question = questionOf(authorizer, event);
    if (question === undefined) return unidentified;
    const key = rememberedKey(authorizer, question, routeKey);
    const known = remembered.get(key);
    if (known !== undefined && known.until > Date.now()) return decide(authorizer, question, known.answer, event);
    const result = await functions.invoke(authorizer.local, question.event, requestId);
    if (result.kind !== "result") return failedDecision(authorizer.api, failureText(result));
    remember(remembered, key, result.payload, authorizer.cacheSeconds);
    return decide(authorizer, question, result.payload, event);
  };
}

/** An HTTP API remembers a decision for one route; the policy of a REST API counts for all that it names. */
function rememberedKey({ api, local }: LocalAuthorizer, { identity }: Question, routeKey: string): string {
  return JSON.stringify([local.id, identity, api === "http-api" ? routeKey : ""]);
}

function remember(all: Map<string, Remembered>, key: string, answer: unknown, seconds: number): void {
  if (seconds === 0) return;
  all.delete(key);
  all.set(key, { answer, until: Date.now() + seconds * 1000 });
  const [oldest] = all.keys();
  if (all.size > maxRemembered && oldest !== undefined) all.delete(oldest);
}

function failureText(result: Awaited<ReturnType<LocalFunctions["invoke"]>>): string {
  if (result.kind === "timed-out") return "the authorizer gave no answer in time";
  return result.kind === "failed" ? String(result.error) : "the authorizer streamed its answer";
}
