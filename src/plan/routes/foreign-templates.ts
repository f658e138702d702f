/** Templates of other functions in a function's widened routes: what it needs to know to answer for a path that it does not have. */
import type { FrontDoor } from "../../front-door/front-door.js";
import { covers, languageOf, overlaps, type PathLanguage } from "../../front-door/path-language.js";
import type { RouteKey } from "../../front-door/route-key.js";
import type { MethodPlan, TemplateRef } from "../plan.js";
import type { ProjectedBinding } from "./plan-routes.js";

interface OwnBinding {
  readonly httpMethod: string;
  readonly language: PathLanguage;
}

/** Distinct ones, in declaration order. A function with exact routes has none. */
export function foreignTemplates(
  methods: readonly MethodPlan[],
  routeKeys: readonly RouteKey[],
  projected: readonly ProjectedBinding[],
  frontDoor: FrontDoor,
): TemplateRef[] {
  const widened = routeKeys.filter(({ precision }) => precision === "widened");
  if (widened.length === 0) return [];
  const languages = widened.map((key) => ({ key, language: frontDoor.languageOf(key) }));
  const own = projected
    .filter(({ method }) => methods.includes(method))
    .map(({ binding: { httpMethod, template } }): OwnBinding => ({ httpMethod, language: languageOf(template) }));
  const foreign = projected.filter(({ method, binding, isDerived }) => {
    if (methods.includes(method) || isDerived) return false;
    const language = languageOf(binding.template);
    return languages.some(({ key, language: route }) => overlaps(language, route) && !isAnswered(own, key, language));
  });
  return distinctTemplates(foreign);
}

/** Tells whether the function has an answer to every request that comes by the route with a path of the language. */
function isAnswered(own: readonly OwnBinding[], { httpMethod }: RouteKey, language: PathLanguage): boolean {
  return own.some(
    (binding) =>
      (binding.httpMethod === "*" || binding.httpMethod === httpMethod) && covers(binding.language, language),
  );
}

/** Templates that take the same paths are one. */
export function distinctTemplates(projected: readonly Pick<ProjectedBinding, "binding">[]): TemplateRef[] {
  const distinct = new Map<string, TemplateRef>();
  for (const { binding } of projected) {
    const { httpMethod, template } = binding;
    const identity = JSON.stringify([httpMethod, template.segments, template.verb]);
    if (!distinct.has(identity)) distinct.set(identity, { httpMethod, template });
  }
  return [...distinct.values()];
}
