/** The bundle of a function, by the user's code that is in it. */
import type { BundlePlan, MethodPlan } from "../plan.js";

/** The bundle of a function without existing code of the user. */
export const plainBundle: BundlePlan = { format: "esm", capturesServer: false };

/** Plans the bundle of a function with these methods. One service in CommonJS makes all of it CommonJS, which ES modules bear. */
export function planBundle(methods: readonly MethodPlan[]): BundlePlan {
  const existing = methods.flatMap(({ implementation }) =>
    implementation.kind === "function" || implementation.kind === "proxy" ? [] : [implementation],
  );
  return {
    format: existing.some(({ system }) => system === "commonjs") ? "cjs" : "esm",
    capturesServer: existing.some(({ kind }) => kind === "server"),
  };
}
