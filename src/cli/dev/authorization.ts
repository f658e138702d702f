/** Authorizers of the user's own and API keys, which `dev` asks for as the deployed door does. */
import { authorizerOf } from "../../plan/own/plan-authorizers.js";
import { routedAuths } from "../../plan/auth/routed-auths.js";
import { usagePlanOf } from "../../plan/auth/usage-plan.js";
import type { Plan, UsagePlan } from "../../plan/plan.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import { refuseWithoutKey } from "../../simulator/api-key.js";
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
function localAuthorizers(
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

/** Places of API keys by the keys of the routes that ask for one. */
function keyedRoutes(plan: Plan): ReadonlyMap<string, UsagePlan["keySource"]> {
  const { keySource } = usagePlanOf(plan) ?? settingDefaults.usagePlan;
  return new Map(routedAuths(plan).flatMap(({ key, auth }) => (auth.apiKey === true ? [[key, keySource]] : [])));
}

/** Asks the authorizer of the route, and then for an API key. Requests of other routes pass. */
export function authorization(plan: Plan, local: ReadonlyMap<string, LocalFunction>): Authorize {
  const authorizers = localAuthorizers(plan, local);
  const keyed = keyedRoutes(plan);
  const ask = asking();
  return async (functions, admitted, requestId) => {
    const { event, routeKey } = admitted;
    const authorizer = authorizers.get(routeKey);
    const { decision, answer } =
      authorizer === undefined
        ? { decision: { kind: "event", event, routeKey } as const, answer: undefined }
        : await ask(authorizer, functions, admitted, requestId);
    const source = keyed.get(routeKey);
    if (source === undefined || decision.kind === "refused") return decision;
    return refuseWithoutKey(source, event, answer) ?? decision;
  };
}

/** A decision, and the answer that it was made of. */
interface Asked {
  readonly decision: Decision;
  readonly answer: unknown;
}

/** Asks authorizers, and remembers their answers for as long as the configuration says. */
function asking(): (authorizer: LocalAuthorizer, ...request: Parameters<Authorize>) => Promise<Asked> {
  const remembered = new Map<string, Remembered>();
  return async (authorizer, functions, { event, routeKey }, requestId) => {
    const question = questionOf(authorizer, event);
    if (question === undefined) return { decision: unidentified(authorizer), answer: undefined };
    const decided = (answer: unknown): Asked => ({ decision: decide(authorizer, question, answer, event), answer });
    const key = rememberedKey(authorizer, question, routeKey);
    const known = remembered.get(key);
    if (known !== undefined && known.until > Date.now()) return decided(known.answer);
    const result = await functions.invoke(authorizer.local, question.event, requestId);
    if (result.kind !== "result")
      return { decision: failedDecision(authorizer.api, failureText(result)), answer: undefined };
    remember(remembered, key, result.payload, authorizer.cacheSeconds);
    return decided(result.payload);
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
