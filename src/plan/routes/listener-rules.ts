/**
 * The rules of a load balancer's listener: in the order in which bindings answer, as few as the limits on conditions allow.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
import { createHash } from "node:crypto";
import { everything, exactRegex } from "../../front-door/alb-path.js";
import type { FrontDoor } from "../../front-door/front-door.js";
import { overlaps, type PathLanguage } from "../../front-door/path-language.js";
import type { RouteKey } from "../../front-door/route-key.js";
import { compareText } from "../../diagnostics.js";
import { methodsMeet } from "./door-precedence.js";
import { hostsOf } from "../door-settings.js";
import type { DeploymentPlan, FunctionPlan, ListenerRule, OwnRoute, UnroutedPlan } from "../plan.js";
import type { ProjectedBinding } from "./plan-routes.js";
import { catchesUnrouted } from "./plan-unrouted.js";
import { candidateOf, prefersBinding, type BindingPrecedence } from "./binding-precedence.js";

/** Values of one condition, and of all conditions of a rule: hosts, methods and paths. */
const maxPaths = 3;
const maxValues = 5;

/** There is room for ten layers of rules that have to be tried one after the other. */
const layerSize = 4999;

/** The settings of rules, in addition to the routes. */
export interface ListenerContext {
  readonly functions: readonly Pick<FunctionPlan, "id" | "methods">[];
  readonly ownRoutes: readonly OwnRoute[];
  readonly frontDoor: FrontDoor;
  readonly precedence: BindingPrecedence;
  readonly unrouted: UnroutedPlan;
  readonly deployment: DeploymentPlan;
}

interface DraftRule {
  readonly functionId: string;
  readonly httpMethods: readonly string[];
  readonly keys: RouteKey[];
  readonly languages: PathLanguage[];
  /** All of its paths are those of GET bindings that answer HEAD. */
  isDerived: boolean;
}

interface DraftPath {
  readonly functionId: string;
  readonly key: RouteKey;
  readonly language: PathLanguage;
  readonly isDerived: boolean;
}

/**
 * The rules by priority. The first is for preflights, the last for all other requests: for every request if there is
 * one function.
 */
export function planListenerRules(
  projected: readonly ProjectedBinding[],
  { functions, ownRoutes, frontDoor, precedence, unrouted, deployment }: ListenerContext,
): ListenerRule[] {
  const { first, last } = deployment.rulePriorities;
  const wide = unrouted.routes.map(({ key, functionId, open }) => wideRule(key, functionId, open ? first : last));
  if (functions.length === 1 && ownRoutes.length === 0 && catchesUnrouted(deployment)) return byPriority(wide);
  const odd = oddRules(unrouted, deployment);
  const owner = new Map(functions.flatMap((fn) => fn.methods.map((method) => [method, fn.id] as const)));
  const drafts = ownRoutes.flatMap((route) => ownRules(route, frontDoor));
  const hosts = hostsOf(deployment).length;
  const mostPaths = Math.min(maxPaths, maxValues - 1 - hosts);
  for (const { method, keys, isDerived = false } of inOrder(projected, precedence)) {
    for (const key of keys) {
      const path = { functionId: owner.get(method) ?? "", key, language: frontDoor.languageOf(key), isDerived };
      addPath(drafts, path, mostPaths);
    }
  }
  const rules = prioritize(mergeHeads(drafts, maxValues - hosts), first + 1 + odd.length, last - 1);
  return byPriority([...wide, ...odd, ...rules]);
}

function byPriority(rules: readonly ListenerRule[]): ListenerRule[] {
  return [...rules].sort((a, b) => a.priority - b.priority);
}

function wideRule({ httpMethod }: RouteKey, functionId: string, priority: number): ListenerRule {
  const httpMethods = httpMethod === "ANY" ? [] : [httpMethod];
  return { priority, functionId, httpMethods, pathPatterns: [everything], pathRegexes: [] };
}

/** Paths whose escapes or empty segments a rule cannot read as the function does. */
const oddPaths = ["*%*", "*//*", "*/"];

/** Rules before all others by which such paths go to the function with every RPC, where there is one. */
function oddRules({ fallback }: UnroutedPlan, deployment: DeploymentPlan): ListenerRule[] {
  if (fallback === undefined) return [];
  const { first } = deployment.rulePriorities;
  const most = maxValues - hostsOf(deployment).length;
  const rules = oddPaths.length <= most ? [oddPaths] : [oddPaths.slice(0, most), oddPaths.slice(most)];
  return rules.map((pathPatterns, index) => {
    return { priority: first + 1 + index, functionId: fallback.id, httpMethods: [], pathPatterns, pathRegexes: [] };
  });
}

/** Rules of routes of the user's own, which are tried before those of RPCs. */
function ownRules({ keys, functionId }: OwnRoute, frontDoor: FrontDoor): DraftRule[] {
  return keys.map((key): DraftRule => {
    const languages = [frontDoor.languageOf(key)];
    return { functionId, httpMethods: [key.httpMethod], keys: [key], languages, isDerived: false };
  });
}

function inOrder(projected: readonly ProjectedBinding[], precedence: BindingPrecedence): ProjectedBinding[] {
  const candidates = projected.map((each, order) => ({ each, rank: candidateOf(each, order) }));
  return candidates.sort((a, b) => (prefersBinding(precedence, a.rank, b.rank) ? -1 : 1)).map(({ each }) => each);
}

/** Adds a path to an earlier rule of the function where no rule between them takes one of its requests; else makes a new one. */
function addPath(drafts: DraftRule[], { functionId, key, language, isDerived }: DraftPath, mostPaths: number): void {
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = drafts[at];
    if (draft === undefined) break;
    if (draft.functionId === functionId) {
      const [httpMethod] = draft.httpMethods;
      if (httpMethod === key.httpMethod && draft.keys.some(({ path }) => path === key.path)) return;
      if (httpMethod !== key.httpMethod || draft.keys.length >= mostPaths) continue;
      draft.keys.push(key);
      draft.languages.push(language);
      draft.isDerived &&= isDerived;
      return;
    }
    if (meet(draft, key.httpMethod, language)) break;
  }
  drafts.push({ functionId, httpMethods: [key.httpMethod], keys: [key], languages: [language], isDerived });
}

function meet(draft: DraftRule, httpMethod: string, language: PathLanguage): boolean {
  return (
    draft.httpMethods.some((own) => methodsMeet(own, httpMethod)) &&
    draft.languages.some((other) => overlaps(other, language))
  );
}

/**
 * HEAD that GET bindings answer joins the rules for GET on the same paths, where these have room for a value, and where all rules of other
 * functions that take such a request do the same: then they keep their order.
 */
function mergeHeads(drafts: readonly DraftRule[], mostValues: number): DraftRule[] {
  const gets = new Map<DraftRule, DraftRule>();
  for (const head of drafts.filter(({ isDerived }) => isDerived)) {
    const get = drafts.find((other) => isGetOf(other, head));
    if (get !== undefined && get.keys.length + 2 <= mostValues) gets.set(head, get);
  }
  const isHindered = (head: DraftRule): boolean => drafts.some((other) => !gets.has(other) && meetsHead(other, head));
  for (let hindered = [...gets.keys()].filter(isHindered); hindered.length > 0; ) {
    for (const head of hindered) gets.delete(head);
    hindered = [...gets.keys()].filter(isHindered);
  }
  const merged = new Set(gets.values());
  return drafts
    .filter((draft) => !gets.has(draft))
    .map((draft) => (merged.has(draft) ? { ...draft, httpMethods: ["GET", "HEAD"] } : draft));
}

function meetsHead(other: DraftRule, head: DraftRule): boolean {
  return other.functionId !== head.functionId && head.languages.some((language) => meet(other, "HEAD", language));
}

function isGetOf(get: DraftRule, head: DraftRule): boolean {
  const paths = new Set(head.keys.map(({ path }) => path));
  const isSame = get.keys.length === paths.size && get.keys.every(({ path }) => paths.has(path));
  return get.httpMethods[0] === "GET" && get.functionId === head.functionId && isSame;
}

/**
 * Numbers the rules. A rule comes after those that it has to give way to; beyond that its number is made from its content, so that
 * one more route does not renumber the others: CloudFormation cannot swap the priorities of two rules.
 */
function prioritize(drafts: readonly DraftRule[], first: number, last: number): ListenerRule[] {
  const layers: number[] = [];
  for (const [at, draft] of drafts.entries()) {
    const before = drafts.slice(0, at).flatMap((other, index) => {
      const meets =
        other.functionId !== draft.functionId &&
        draft.languages.some((own) => draft.httpMethods.some((httpMethod) => meet(other, httpMethod, own)));
      return meets ? [layers[index] ?? 0] : [];
    });
    layers.push(Math.max(-1, ...before) + 1);
  }
  const size = Math.min(layerSize, Math.floor((last - first + 1) / (Math.max(0, ...layers) + 1)));
  const taken = new Set<number>();
  const identities = drafts.map((draft, at) => ({ draft, layer: layers[at] ?? 0, identity: identityOf(draft) }));
  return identities
    .sort((a, b) => a.layer - b.layer || compareText(a.identity, b.identity))
    .map(({ draft, layer, identity }) => toRule(draft, first + freeSlot(layer, size, identity, taken)));
}

function identityOf({ httpMethods, keys }: DraftRule): string {
  return `${httpMethods[0]} ${keys[0]?.path}`;
}

/** A slot of the layer, or of a later one where it is full: priorities that there are not are reported (DP010). */
function freeSlot(layer: number, size: number, identity: string, taken: Set<number>): number {
  const wanted = createHash("sha256").update(identity).digest().readUInt32BE(0) % Math.max(1, size);
  for (let tried = 0; tried < size; tried++) {
    const slot = layer * size + ((wanted + tried) % size);
    if (!taken.has(slot)) {
      taken.add(slot);
      return slot;
    }
  }
  let slot = (layer + 1) * size;
  while (taken.has(slot)) slot++;
  taken.add(slot);
  return slot;
}

/** A condition holds patterns or regular expressions, not both. */
function toRule({ functionId, httpMethods, keys }: DraftRule, priority: number): ListenerRule {
  const paths = keys.map(({ path }) => path);
  const hasRegex = paths.some((path) => path.startsWith("^"));
  return {
    priority,
    functionId,
    httpMethods: httpMethods[0] === "ANY" ? [] : httpMethods,
    pathPatterns: hasRegex ? [] : paths,
    pathRegexes: hasRegex ? paths.map(exactRegex) : [],
  };
}
