/** HEAD where GET bindings answer it: what front doors have to let in beside the bindings that are declared. */
import { covers, languageOf } from "../../front-door/path-language.js";
import type { ProjectedBinding } from "./plan-routes.js";

/**
 * The GET bindings as HEAD bindings, with the routes of the former; without those whose every HEAD request a declared binding answers, which
 * always goes first.
 */
export function headsFromGets(projected: readonly ProjectedBinding[]): ProjectedBinding[] {
  const declared = projected.filter(({ binding }) => binding.httpMethod === "HEAD" || binding.httpMethod === "*");
  const languages = declared.map(({ binding }) => languageOf(binding.template));
  return projected.flatMap(({ method, binding, keys: [first, ...others] }): ProjectedBinding[] => {
    if (binding.httpMethod !== "GET") return [];
    const language = languageOf(binding.template);
    if (languages.some((other) => covers(other, language))) return [];
    const toHead = (key: ProjectedBinding["keys"][0]) =>
      key.httpMethod === "GET" ? { ...key, httpMethod: "HEAD" } : key;
    const head = { ...binding, httpMethod: "HEAD" };
    return [{ method, binding: head, keys: [toHead(first), ...others.map(toHead)], problems: [], isDerived: true }];
  });
}
