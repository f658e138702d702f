/**
 * The rules of a load balancer's listener: in the order in which bindings answer, as few as the limits on conditions allow.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
import { createHash } from "node:crypto";
import { exactRegex } from "../front-door/alb-path.js";
import type { FrontDoor } from "../front-door/front-door.js";
import { overlaps, type PathLanguage } from "../front-door/path-language.js";
import type { RouteKey } from "../front-door/route-key.js";
import { compareText } from "../diagnostics.js";
import { methodsMeet } from "./door-preference.js";
import type { FunctionPlan, ListenerRule } from "./plan.js";
import type { ProjectedBinding } from "./plan-routes.js";
import { prefersBinding, type RoutePrecedence } from "./route-precedence.js";

/** Values that one condition takes. */
const maxValues = 3;

/** Priorities go up to 50,000: ten layers of rules that have to be tried one after the other. */
const layerSize = 4999;
const maxPriority = 50_000;

/** The first one is for preflights. */
const firstPriority = 2;

interface DraftRule {
  readonly functionId: string;
  readonly httpMethod: string;
  readonly keys: RouteKey[];
  readonly languages: PathLanguage[];
}

/**
 * The rules by priority; `*` alone where there is one function. `answersBrowsers`: preflights go to the first function, whatever their
 * path.
 */
export function planListenerRules(
  projected: readonly ProjectedBinding[],
  functions: readonly Pick<FunctionPlan, "id" | "methods">[],
  frontDoor: FrontDoor,
  precedence: RoutePrecedence,
  answersBrowsers = false,
): ListenerRule[] {
  const [only, ...others] = functions;
  if (only !== undefined && others.length === 0)
    return [{ priority: 1, functionId: only.id, httpMethods: [], pathPatterns: ["/*"], pathRegexes: [] }];
  const owner = new Map(functions.flatMap((fn) => fn.methods.map((method) => [method, fn.id] as const)));
  const drafts: DraftRule[] = [];
  for (const { method, keys } of inOrder(projected, precedence)) {
    for (const key of keys) addKey(drafts, owner.get(method) ?? "", key, frontDoor.languageOf(key));
  }
  const preflights = answersBrowsers && only !== undefined ? [preflightRule(only.id)] : [];
  return [...preflights, ...prioritize(drafts)];
}

/** Browsers ask before they call, without a token: any function gives the same answer. */
function preflightRule(functionId: string): ListenerRule {
  return { priority: 1, functionId, httpMethods: ["OPTIONS"], pathPatterns: ["/*"], pathRegexes: [] };
}

function inOrder(projected: readonly ProjectedBinding[], precedence: RoutePrecedence): ProjectedBinding[] {
  const candidates = projected.map((each, order) => ({ each, rank: { ...each.binding, order } }));
  return candidates.sort((a, b) => (prefersBinding(precedence, a.rank, b.rank) ? -1 : 1)).map(({ each }) => each);
}

/** Adds a path to an earlier rule of the function where no rule between them takes one of its requests; else makes a new one. */
function addKey(drafts: DraftRule[], functionId: string, key: RouteKey, language: PathLanguage): void {
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = drafts[at];
    if (draft === undefined) break;
    if (draft.functionId === functionId) {
      if (draft.httpMethod === key.httpMethod && draft.keys.some(({ path }) => path === key.path)) return;
      if (draft.httpMethod !== key.httpMethod || draft.keys.length === maxValues) continue;
      draft.keys.push(key);
      draft.languages.push(language);
      return;
    }
    if (meet(draft, key.httpMethod, language)) break;
  }
  drafts.push({ functionId, httpMethod: key.httpMethod, keys: [key], languages: [language] });
}

function meet(draft: DraftRule, httpMethod: string, language: PathLanguage): boolean {
  return methodsMeet(draft.httpMethod, httpMethod) && draft.languages.some((other) => overlaps(other, language));
}

/**
 * Numbers the rules. A rule comes after those that it has to give way to; beyond that its number is made from its content, so that
 * one more route does not renumber the others: CloudFormation cannot swap the priorities of two rules.
 */
function prioritize(drafts: readonly DraftRule[]): ListenerRule[] {
  const layers: number[] = [];
  for (const [at, draft] of drafts.entries()) {
    const before = drafts.slice(0, at).flatMap((other, index) => {
      const meets =
        other.functionId !== draft.functionId && draft.languages.some((own) => meet(other, draft.httpMethod, own));
      return meets ? [layers[index] ?? 0] : [];
    });
    layers.push(Math.max(-1, ...before) + 1);
  }
  const size = Math.min(layerSize, Math.floor((maxPriority - firstPriority) / (Math.max(0, ...layers) + 1)));
  const taken = new Set<number>();
  const identities = drafts.map((draft, at) => ({ draft, layer: layers[at] ?? 0, identity: identityOf(draft) }));
  return identities
    .sort((a, b) => a.layer - b.layer || compareText(a.identity, b.identity))
    .map(({ draft, layer, identity }) => toRule(draft, freePriority(layer, size, identity, taken)))
    .sort((a, b) => a.priority - b.priority);
}

function identityOf({ httpMethod, keys }: DraftRule): string {
  return `${httpMethod} ${keys[0]?.path}`;
}

function freePriority(layer: number, size: number, identity: string, taken: Set<number>): number {
  const wanted = createHash("sha256").update(identity).digest().readUInt32BE(0) % size;
  let slot = wanted;
  while (taken.has(layer * size + slot + firstPriority)) slot = (slot + 1) % size;
  const priority = layer * size + slot + firstPriority;
  taken.add(priority);
  return priority;
}

/** A condition holds patterns or regular expressions, not both. */
function toRule({ functionId, httpMethod, keys }: DraftRule, priority: number): ListenerRule {
  const paths = keys.map(({ path }) => path);
  const hasRegex = paths.some((path) => path.startsWith("^"));
  return {
    priority,
    functionId,
    httpMethods: httpMethod === "ANY" ? [] : [httpMethod],
    pathPatterns: hasRegex ? [] : paths,
    pathRegexes: hasRegex ? paths.map(exactRegex) : [],
  };
}
