/**
 * Internals of a package that a stand-in replaces: `@grpc/grpc-js/build/src/constants`. They are the package's own: an alias of esbuild
 * would look for them in the stand-in.
 */
import { createRequire } from "node:module";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import type { StandIn } from "../../emit/functions/captured-servers.js";

/** The plugin for these stand-ins. */
export function packageInternals(standIns: readonly StandIn[]): Plugin {
  return {
    name: "package-internals",
    setup: (build) => {
      for (const { packageName } of standIns)
        build.onResolve(
          { filter: new RegExp(`^${packageName.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")}/`) },
          findInternal,
        );
    },
  };
}

/** The file that Node finds; what it does not find is left to esbuild, which says so. */
function findInternal({ path, importer, resolveDir }: OnResolveArgs): OnResolveResult | undefined {
  try {
    return { path: createRequire(importer === "" ? `${resolveDir}/` : importer).resolve(path) };
  } catch {
    return undefined;
  }
}
