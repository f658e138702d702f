/** Every binding with the routes by which the front door lets its requests in. */
import type { FrontDoor, ProjectionProblem } from "../../front-door/front-door.js";
import { pathIdentity, type RouteKey } from "../../front-door/route-key.js";
import type { Binding } from "../../model/api-model.js";
import type { MethodPlan } from "../plan.js";

/** A binding in the words of the front door. */
export interface ProjectedBinding {
  readonly method: MethodPlan;
  readonly binding: Binding;
  /** The first is the one to show. */
  readonly keys: readonly [RouteKey, ...RouteKey[]];
  readonly problems: readonly ProjectionProblem[];
  /** Not declared: a GET binding that answers HEAD where no declared binding does. */
  readonly isDerived?: true;
}

/** Projects every binding, in declaration order. Routes that a front door takes for one have one path. */
export function projectBindings(methods: readonly MethodPlan[], frontDoor: FrontDoor): ProjectedBinding[] {
  const projected = methods.flatMap((method) =>
    method.method.bindings.map((binding): ProjectedBinding => {
      return { method, binding, ...frontDoor.projectBinding(binding) };
    }),
  );
  const paths = frontDoor.arrangePaths(projected.flatMap(({ keys }) => keys.map((key) => key.path)));
  return projected.map(({ keys: [first, ...others], ...rest }) => {
    return { ...rest, keys: [renameKey(first, paths), ...others.map((key) => renameKey(key, paths))] };
  });
}

/** A path that differs from another one only in the names of its variables takes more than its projection. */
export function renameKey(key: RouteKey, paths: ReadonlyMap<string, string>): RouteKey {
  const path = paths.get(key.path) ?? key.path;
  const isWider = pathIdentity(path) !== pathIdentity(key.path);
  return { ...key, path, precision: isWider ? "widened" : key.precision };
}
