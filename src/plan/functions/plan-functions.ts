/** Groups of RPCs as Lambda functions: ids and route keys. */
import { createHash } from "node:crypto";
import type { ModelIndex } from "../../model/model-index.js";
import type { FrontDoor } from "../../front-door/front-door.js";
import { parseRouteKey, type RouteKey, routeIdentity } from "../../front-door/route-key.js";
import { sameAuth } from "../auth/auth-groups.js";
import { guardedMethods } from "../routes/guarded-methods.js";
import { authSuffix } from "../auth/auth-identity.js";
import type { BindingPrecedence } from "../routes/binding-precedence.js";
import type { ConfiguredGroup } from "./configured-groups.js";
import { planPayloads } from "./large-payloads.js";
import { planBundle } from "./plan-bundle.js";
import { settingsOf } from "./function-settings.js";
import { redactedFields } from "./redacted-fields.js";
import { kebabCase, uniqueName, uniqueNames } from "../naming.js";
import type { DeploymentPlan, FunctionPlan, MethodPlan, RoutePlan } from "../plan.js";
import type { PlanOptions } from "../plan-options.js";
import { foreignTemplates } from "../routes/foreign-templates.js";
import type { ProjectedBinding } from "../routes/plan-routes.js";
import type { ServiceName } from "../service-names.js";

/** Longest name of a Lambda function. */
const maxIdLength = 64;

/** The data that planning functions uses. */
export interface FunctionContext {
  readonly frontDoor: FrontDoor;
  readonly names: ReadonlyMap<string, ServiceName>;
  readonly options: PlanOptions;
  readonly index: ModelIndex;
  readonly deployment: DeploymentPlan;
  /** Groups of the configuration. */
  readonly configured: readonly ConfiguredGroup[];
  readonly precedence: BindingPrecedence;
}

/** Makes a function of every group. */
export function planFunctions(
  groups: readonly (readonly [MethodPlan, ...MethodPlan[]])[],
  projected: readonly ProjectedBinding[],
  context: FunctionContext,
): FunctionPlan[] {
  const byMethod = groupByMethod(projected);
  const wanted = groups.map((methods) => {
    const own = methods.flatMap((method) => byMethod.get(method) ?? []);
    const [first] = methods;
    const name = configuredName(methods, context) ?? groupName(methods, own, context.names);
    return { first, methods, routeKeys: distinctKeys(own), id: shorten(name) };
  });
  const ids = uniqueNames(new Map(wanted.map(({ first, id }) => [first.id, id])));
  return wanted.map(({ first, methods, routeKeys }) => {
    const id = ids.get(first.id) ?? first.id;
    const { cors, largePayloads } = context.deployment;
    const streams = canStream(context) && methods.some(({ method }) => method.serverStreaming);
    return {
      id,
      service: first.service,
      methods,
      routeKeys,
      auth: first.auth,
      foreignTemplates: foreignTemplates(methods, routeKeys, projected, context.frontDoor),
      guarded: guardedMethods(methods, projected, context.precedence),
      streams,
      cors: cors?.answeredBy === "function",
      secrets: secretsOf(methods, context),
      bundle: planBundle(methods),
      payloads: planPayloads({ streams, methods }, largePayloads),
      ...settingsOf(methods, context.options),
    };
  });
}

/**
 * A function with every RPC of the API's own authentication, for requests that no route of the front door takes; those of other
 * authentication answer at their own routes only. Undefined where there is none.
 */
export function planFallback(
  every: readonly MethodPlan[],
  functions: readonly FunctionPlan[],
  context: Pick<FunctionContext, "frontDoor" | "options" | "index" | "deployment">,
): FunctionPlan | undefined {
  const { auth } = context.deployment;
  const methods = every.filter((method) => sameAuth(method.auth, auth));
  const [first] = methods;
  if (first === undefined) return undefined;
  const id = uniqueName("fallback", new Set(functions.map((fn) => fn.id)));
  const { cors, largePayloads } = context.deployment;
  const streams = canStream(context) && methods.some(({ method }) => method.serverStreaming);
  return {
    id,
    service: first.service,
    methods,
    routeKeys: [],
    auth,
    foreignTemplates: [],
    guarded: every.filter((method) => !methods.includes(method)),
    streams,
    cors: cors?.answeredBy === "function",
    secrets: secretsOf(methods, context),
    bundle: planBundle(methods),
    payloads: planPayloads({ streams, methods }, largePayloads),
    ...settingsOf(methods, context.options),
  };
}

function secretsOf(methods: readonly MethodPlan[], { index }: Pick<FunctionContext, "index">): string[] {
  return redactedFields(
    index,
    methods.map(({ method }) => method),
  );
}

function canStream({ frontDoor: { streams }, deployment }: Pick<FunctionContext, "frontDoor" | "deployment">): boolean {
  return streams === "always" || (streams === "outside-vpc" && !deployment.vpc);
}

/** The name of the first group of the configuration whose RPCs are here, with the authentication where it is not the API's. */
function configuredName(
  methods: readonly [MethodPlan, ...MethodPlan[]],
  { configured, deployment }: Pick<FunctionContext, "configured" | "deployment">,
): string | undefined {
  const group = configured.find((candidate) => candidate.methods.some((method) => methods.includes(method)));
  if (group === undefined || group.methods.every(({ auth }) => sameAuth(auth, methods[0].auth))) return group?.name;
  return sameAuth(methods[0].auth, deployment.auth) ? group.name : `${group.name}-${authSuffix(methods[0].auth)}`;
}

function groupByMethod(projected: readonly ProjectedBinding[]): Map<MethodPlan, ProjectedBinding[]> {
  const groups = new Map<MethodPlan, ProjectedBinding[]>();
  for (const binding of projected) {
    const group = groups.get(binding.method);
    if (group === undefined) groups.set(binding.method, [binding]);
    else group.push(binding);
  }
  return groups;
}

/** The rows of the routing table, in declaration order. */
export function planRoutes(projected: readonly ProjectedBinding[], functions: readonly FunctionPlan[]): RoutePlan[] {
  const functionIds = new Map(functions.flatMap(({ id, methods }) => methods.map((method) => [method, id] as const)));
  return projected.map(({ method, binding, keys }) => {
    return { method, binding, routeKey: keys[0], functionId: functionIds.get(method) ?? "" };
  });
}

/** One key per route; it is exact when one of the bindings behind it is. */
function distinctKeys(projected: readonly ProjectedBinding[]): RouteKey[] {
  const keys = new Map<string, RouteKey>();
  for (const key of projected.flatMap((binding) => binding.keys)) {
    const identity = routeIdentity(key);
    if (!keys.has(identity) || key.precision === "exact") keys.set(identity, key);
  }
  return [...keys.values()];
}

/**
 * `library-service-get-shelf` for one RPC. Several RPCs are named after what they share, the literals of the route, so that one
 * more RPC behind the same route does not rename the function: `subscriber-post-v1-projects-subscriptions`.
 */
function groupName(
  methods: readonly [MethodPlan, ...MethodPlan[]],
  projected: readonly ProjectedBinding[],
  names: ReadonlyMap<string, ServiceName>,
): string {
  const [first] = methods;
  if (methods.length === 1) return first.id.replaceAll("/", "-");
  const { httpMethod, literals } = sharedRoute(projected);
  const words = [names.get(first.service.fullName)?.kebab ?? "", httpMethod, ...literals];
  return words
    .flatMap((word) => kebabCase(word).split(/[^a-z0-9]+/))
    .filter((word) => word !== "")
    .join("-");
}

/** The first route that several methods use; else what all routes begin with. */
function sharedRoute(projected: readonly ProjectedBinding[]): { httpMethod: string; literals: readonly string[] } {
  const users = new Map<string, Set<MethodPlan>>();
  for (const { method, keys } of projected) {
    for (const key of keys) {
      const identity = routeIdentity(key);
      users.set(identity, (users.get(identity) ?? new Set()).add(method));
    }
  }
  const keys = projected.flatMap((binding) => binding.keys);
  const shared = keys.find((key) => (users.get(routeIdentity(key))?.size ?? 0) > 1);
  const patterns = (shared === undefined ? keys : [shared]).map(parseRouteKey);
  const httpMethods = new Set(patterns.map((pattern) => pattern.httpMethod));
  const [first, ...others] = patterns.map((pattern) => pattern.parts);
  const parts = first?.filter((_, at) => others.every((other) => same(first, other, at))) ?? [];
  const literals = parts.filter((part) => part !== undefined);
  return { httpMethod: httpMethods.size === 1 ? [...httpMethods].join() : "", literals };
}

/** Tells whether two paths agree up to and including a position. */
function same(a: readonly (string | undefined)[], b: readonly (string | undefined)[], at: number): boolean {
  return a.slice(0, at + 1).every((part, index) => index < b.length && part === b[index]);
}

/** Keeps an id within a function name's length; what is cut off is told apart by a hash. */
function shorten(id: string): string {
  if (id.length <= maxIdLength) return id;
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `${id.slice(0, maxIdLength - 9).replace(/-$/, "")}-${hash}`;
}
