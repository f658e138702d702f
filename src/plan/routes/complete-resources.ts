/**
 * A REST API chooses the most specific resource whatever its methods are, and refuses a method that the resource lacks. So a
 * resource needs the methods of every wider one that takes its requests too.
 */
import type { FrontDoor } from "../../front-door/front-door.js";
import { covers, languageOf, overlaps, type PathLanguage } from "../../front-door/path-language.js";
import { parseRouteKey, pathIdentity, type RouteKey } from "../../front-door/route-key.js";
import { surelyPreferred } from "./door-precedence.js";
import type { ProjectedBinding } from "./plan-routes.js";
import { candidateOf, prefersBinding, type BindingPrecedence } from "./binding-precedence.js";

interface Resource {
  readonly key: RouteKey;
  readonly language: PathLanguage;
  readonly httpMethods: Set<string>;
}

interface Candidate {
  readonly order: number;
  readonly projected: ProjectedBinding;
  readonly language: PathLanguage;
}

/** Adds the methods that resources lack, as further keys of the bindings whose requests they are. */
export function completeResources(
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
  precedence: BindingPrecedence,
): ProjectedBinding[] {
  const candidates = projected.map((each, order): Candidate => {
    return { order, projected: each, language: languageOf(each.binding.template) };
  });
  const added = new Map<ProjectedBinding, RouteKey[]>();
  for (const resource of collectResources(projected, frontDoor)) {
    for (const [httpMethod, users] of missingMethods(resource, candidates)) {
      for (const { projected: owner, language } of untilCovered(users, resource.language, precedence)) {
        const precision = covers(language, resource.language) ? "exact" : "widened";
        const keys = added.get(owner) ?? [];
        added.set(owner, keys);
        keys.push({ httpMethod, path: resource.key.path, precision });
      }
    }
  }
  return projected.map((each) => ({ ...each, keys: [...each.keys, ...(added.get(each) ?? [])] }));
}

function collectResources(projected: readonly ProjectedBinding[], frontDoor: FrontDoor): Resource[] {
  const resources = new Map<string, Resource>();
  for (const key of projected.flatMap(({ keys }) => keys)) {
    const identity = pathIdentity(key.path);
    const resource = resources.get(identity) ?? { key, language: frontDoor.languageOf(key), httpMethods: new Set() };
    resources.set(identity, resource);
    resource.httpMethods.add(key.httpMethod);
  }
  return [...resources.values()];
}

/** The bindings that may lose requests to the resource because it lacks the method, by method. */
function missingMethods(resource: Resource, candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const missing = new Map<string, Candidate[]>();
  const pattern = parseRouteKey(resource.key);
  for (const candidate of candidates) {
    const [{ httpMethod }] = candidate.projected.keys;
    if (resource.httpMethods.has(httpMethod) || resource.httpMethods.has("ANY")) continue;
    if (!overlaps(candidate.language, resource.language)) continue;
    const own = candidate.projected.keys.map((key) => ({ ...parseRouteKey(key), httpMethod: pattern.httpMethod }));
    if (own.every((each) => surelyPreferred(each, pattern, false))) continue;
    const users = missing.get(httpMethod);
    if (users === undefined) missing.set(httpMethod, [candidate]);
    else users.push(candidate);
  }
  return missing;
}

/** In the order in which they answer, up to the first that answers all that is left. */
function untilCovered(
  users: readonly Candidate[],
  resource: PathLanguage,
  precedence: BindingPrecedence,
): readonly Candidate[] {
  const rank = ({ projected, order }: Candidate) => candidateOf(projected, order);
  const sorted = [...users].sort((a, b) => (prefersBinding(precedence, rank(a), rank(b)) ? -1 : 1));
  const last = sorted.findIndex(({ language }) => covers(language, resource));
  return last === -1 ? sorted : sorted.slice(0, last + 1);
}
