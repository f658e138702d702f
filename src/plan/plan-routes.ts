/** Every binding with the routes by which the front door lets its requests in. */
import type { FrontDoor, ProjectionProblem } from "../front-door/front-door.js";
import { pathIdentity, type RouteKey } from "../front-door/route-key.js";
import type { Binding } from "../model/api-model.js";
import type { MethodPlan } from "./plan.js";

/** A binding in the words of the front door. */
export interface ProjectedBinding {
  readonly method: MethodPlan;
  readonly binding: Binding;
  /** The first is the one to show. */
  readonly keys: readonly [RouteKey, ...RouteKey[]];
  readonly problems: readonly ProjectionProblem[];
}

/**
 * Projects every binding, in declaration order. Routes that differ in the names of their variables alone get the names of the
 * first, because a front door takes them for one.
 */
export function projectBindings(methods: readonly MethodPlan[], frontDoor: FrontDoor): ProjectedBinding[] {
  const paths = new Map<string, string>();
  const unify = (key: RouteKey): RouteKey => {
    const identity = pathIdentity(key.path);
    const path = paths.get(identity) ?? key.path;
    paths.set(identity, path);
    return { ...key, path };
  };
  return methods.flatMap((method) =>
    method.method.bindings.map((binding): ProjectedBinding => {
      const { keys, problems } = frontDoor.projectBinding(binding);
      const [first, ...others] = keys;
      return { method, binding, keys: [unify(first), ...others.map(unify)], problems };
    }),
  );
}
