/** Takes a request through the front door and the routing of a plan, with the runtime's own router. */
import { matchesPath } from "../../http-rule/overlap.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import { codeNumber } from "../../runtime/status.js";
import { DecodeError } from "../../runtime/values/decode-error.js";
import { isBareVerb } from "../../runtime/routing/bare-verb.js";
import { matchPath, splitPath } from "../../runtime/routing/match-path.js";
import type { Profile } from "../../runtime/routing/profile.js";
import { type Selection, scanRoutes, selectRoute } from "../../runtime/routing/select-route.js";
import { type Candidate, orderCandidates, profileOf } from "./candidate.js";
import { passDoor } from "./door-passage.js";
import type { Answer, DoorPassage, Explanation, Loser, SeenRequest } from "./explanation.js";
import { explainMismatch } from "./mismatch.js";
import type { RequestLine } from "./request-line.js";
import { explainShadow } from "./shadow.js";

/** Explains a request behind the plan's front door. */
export function explainRequest(plan: Plan, request: RequestLine): Explanation {
  const profile = profileOf(plan);
  const door = passDoor(plan, request);
  const answer = door.kind === "refused" ? ({ kind: "door" } as const) : answerBehind(plan, door, profile);
  const all = orderCandidates(plan, plan.routes);
  const direct = toAnswer(select(all, { ...request, pathIsDecoded: false }, profile), profile);
  const arrived = { ...request, pathIsDecoded: false, ...door.seen };
  return {
    request,
    profile: plan.transcoding.profile,
    frontDoor: plan.deployment.frontDoor,
    door,
    answer,
    ...(answer.kind === "own" || sameAnswer(answer, direct) ? {} : { withoutDoor: direct }),
    others: explainOthers(all, arrived, answer, profile),
  };
}

function answerBehind(plan: Plan, door: DoorPassage & { readonly kind: "passed" }, profile: Profile): Answer {
  const own = ownAnswer(plan, door);
  if (own !== undefined) return own;
  const known = knownRoutes(plan, door.functionId);
  const selection = select(orderCandidates(plan, known), door.seen, profile);
  const answer = toAnswer(selection, profile);
  const { fallback } = plan.unrouted;
  if (answer.kind !== "rpc" || answer.route.functionId === door.functionId) return answer;
  if (fallback?.id === door.functionId && fallback.methods.includes(answer.route.method)) return answer;
  return {
    kind: "status",
    status: 404,
    code: codeNumber("NOT_FOUND"),
    reason: "the door has no route from here to the RPC's function",
  };
}

/** The answer of a route of the user's own; undefined where the door leads to a function with RPCs. */
function ownAnswer(plan: Plan, { functionId, seen }: DoorPassage & { readonly kind: "passed" }): Answer | undefined {
  const routes = plan.ownRoutes.filter((route) => route.functionId === functionId);
  const path = seen.path.split("/").slice(1);
  const route = routes.find(({ template }) => matchesPath(template, path)) ?? routes[0];
  if (route === undefined) return undefined;
  const handler = plan.ownFunctions.find(({ id }) => id === functionId)?.handler;
  const answer = handler === undefined ? `fixed, ${route.fixed?.status}` : `${handler.module}#${handler.exportName}`;
  return { kind: "own", route: `${route.httpMethod} ${route.template.source}`, answer };
}

/** The routes that a function has, and those that it knows of. */
function knownRoutes({ routes, functions, unrouted }: Plan, functionId: string): readonly RoutePlan[] {
  if (unrouted.withoutRpcs?.id === functionId || unrouted.fallback?.id === functionId) return routes;
  const fn = functions.find(({ id }) => id === functionId);
  const foreign = new Set(fn?.foreignTemplates.map(({ template }) => template));
  const guarded = new Set(fn?.guarded);
  return routes.filter(
    ({ functionId: own, binding, method }) =>
      own === functionId || foreign.has(binding.template) || guarded.has(method),
  );
}

function select(
  candidates: readonly Candidate[],
  { method, path, pathIsDecoded }: SeenRequest,
  profile: Profile,
): Selection<Candidate> {
  return selectRoute(scanRoutes(candidates), { method, path, pathIsDecoded, headers: {} }, profile);
}

function toAnswer(selection: Selection<Candidate>, profile: Profile): Answer {
  switch (selection.kind) {
    case "found":
      return { kind: "rpc", route: selection.route.route, captures: selection.captures };
    case "notFound":
      return { kind: "status", status: 404, code: codeNumber("NOT_FOUND"), reason: "no template matches the path" };
    case "malformed":
      return { kind: "status", status: 400, code: codeNumber("INVALID_ARGUMENT"), reason: selection.message };
    case "options":
      return {
        kind: "status",
        status: 204,
        code: codeNumber("OK"),
        reason: `OPTIONS lists ${selection.allowed.join(", ")}`,
      };
    case "methodNotAllowed":
      return {
        kind: "status",
        status: Number(profile.methodNotAllowed),
        code: codeNumber("UNIMPLEMENTED"),
        reason: `the path is there for ${selection.allowed.join(", ")} only`,
      };
    default:
      return selection satisfies never;
  }
}

function sameAnswer(a: Answer, b: Answer): boolean {
  if (a.kind === "rpc" && b.kind === "rpc") {
    return a.route === b.route && a.captures.every((text, index) => text === b.captures[index]);
  }
  return a.kind === "status" && b.kind === "status" && a.status === b.status;
}

function explainOthers(
  ordered: readonly Candidate[],
  request: SeenRequest,
  answer: Answer,
  profile: Profile,
): readonly Loser[] {
  const path = split(request, profile);
  if (path === undefined) return [];
  const winner = answer.kind === "rpc" ? ordered.find(({ route }) => route === answer.route) : undefined;
  return ordered.flatMap((candidate, index) => {
    if (candidate === winner) return [];
    const isLater = winner !== undefined && index > ordered.indexOf(winner);
    const shadow = (): string =>
      winner === undefined
        ? "matches, but the door does not hand the request to its function"
        : explainShadow(candidate, winner, profile, isLater);
    return [explainLoser(candidate, path, request.method, profile, shadow)];
  });
}

/** Undefined for a path that the router refuses as a whole. */
function split({ path, pathIsDecoded }: SeenRequest, profile: Profile): ReturnType<typeof splitPath> {
  try {
    return splitPath(path, pathIsDecoded, profile.pathUnescaping);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function explainLoser(
  candidate: Candidate,
  path: NonNullable<ReturnType<typeof splitPath>>,
  method: string,
  profile: Profile,
  shadow: () => string,
): Loser {
  const { route, httpMethod } = candidate;
  if (isBareVerb(candidate, path)) return { route, kind: "path", reason: bareVerbReason(route, profile), nearness: 1 };
  const match = tryMatch(candidate, path);
  if (match === undefined) return { route, kind: "path", ...explainMismatch(candidate, path.segments) };
  if (httpMethod !== method && httpMethod !== "*") {
    return { route, kind: "method", reason: `matches the path; its method is ${httpMethod}`, nearness: 1 };
  }
  return { route, kind: "shadowed", reason: shadow(), nearness: 1 };
}

/** A malformed escape is found after the match, when variables are read. */
function tryMatch(candidate: Candidate, path: NonNullable<ReturnType<typeof splitPath>>): ReturnType<typeof matchPath> {
  try {
    return matchPath(candidate, path);
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

function bareVerbReason(route: RoutePlan, { endsSearch }: Profile): string {
  const end = endsSearch === false ? "" : "; after that no other template is tried";
  return `nothing stands before ":${route.binding.template.verb}"${end}`;
}
