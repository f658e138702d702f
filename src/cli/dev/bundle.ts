/** Bundles Lambda entries the way the deployment template does, for `dev` and the tests. */
import { basename, join } from "node:path";
import type { BuildOptions } from "esbuild";

/** A bundle that imports CommonJS dependencies needs `require` in an ES module. Kept equal to the SAM template's Banner. */
const requireBanner =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** The inputs of bundling. */
export interface BundleRequest {
  /** Project root, absolute. */
  readonly root: string;
  /** Entry modules, relative to the root. */
  readonly entries: readonly string[];
  /** The folder of the bundles, absolute. */
  readonly outDir: string;
  /** Whether bundles are minified, as deployed (default), or readable with source maps for local work. */
  readonly minify?: boolean;
}

/** The esbuild options for a request; one ES module per entry, flat in `outDir`, named as `bundlePath` says. */
export function bundleOptions(request: BundleRequest): BuildOptions {
  return {
    absWorkingDir: request.root,
    entryPoints: request.entries.map((entry) => ({ in: entry, out: basename(entry, ".ts") })),
    outdir: request.outDir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    mainFields: ["module", "main"],
    minify: request.minify ?? true,
    sourcemap: request.minify === false ? "inline" : false,
    banner: { js: requireBanner },
    logLevel: "silent",
  };
}

/** The path of an entry's bundle. */
export function bundlePath(outDir: string, entry: string): string {
  return join(outDir, `${basename(entry, ".ts")}.mjs`);
}
