/** The bundle of a function, by the user's code that is in it. */
import type { BundlePlan, CapturedLibrary, Implementation, MethodPlan } from "../plan.js";

/** The bundle of a function without existing code of the user. */
export const plainBundle: BundlePlan = { format: "esm", captures: [] };

/** Plans the bundle of a function with these methods. One service in CommonJS makes all of it CommonJS, which ES modules bear. */
export function planBundle(methods: readonly MethodPlan[]): BundlePlan {
  const existing = methods.flatMap(({ implementation }) =>
    implementation.kind === "function" || implementation.kind === "proxy" ? [] : [implementation],
  );
  return {
    format: existing.some(({ system }) => system === "commonjs") ? "cjs" : "esm",
    captures: (["grpc-js", "connect"] as const).filter((library) => existing.some((each) => captures(each, library))),
  };
}

/** Nothing is replaced around a function of a router: it starts no server. */
function captures(implementation: Implementation, library: CapturedLibrary): boolean {
  if (implementation.kind !== "server") return false;
  const { connect } = implementation.server;
  return connect === undefined ? library === "grpc-js" : connect === "server" && library === "connect";
}
