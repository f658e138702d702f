/** The esbuild options with which Lambda entries are bundled: by `build`, by `dev`, and in tests. */
import { join, parse } from "node:path";
import type { BuildOptions } from "esbuild";
import type { StandIn } from "../emit/functions/captured-servers.js";
import { packageInternals } from "./plugins/package-internals.js";
import { projectPlugins } from "./plugins/project-plugins.js";

/** Gives CommonJS packages the `require` that an ES module does not have. It costs a cold start 0.6 ms, so that only bundles that need it get it. */
export const requireBanner =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** The inputs of bundling. */
export interface BundleRequest {
  /** Project root, absolute. */
  readonly root: string;
  /** Entry modules, relative to the root. */
  readonly entries: readonly string[];
  /** The folder of the bundles, absolute. */
  readonly outDir: string;
  /** The format of all of them, `esm` (default) or `cjs`. */
  readonly format?: "esm" | "cjs";
  /** Packages to replace. Default: none. */
  readonly standIns?: readonly StandIn[];
  /** Packages that stay imports. Default: none. */
  readonly external?: readonly string[];
  /** Whether bundles are minified, as deployed (default), or readable with source maps for local work. */
  readonly minify?: boolean;
  /** Whether every ES module begins with `requireBanner` (default). */
  readonly banner?: boolean;
}

/** The esbuild options for a request; one module per entry, flat in `outDir`, named as `bundlePath` says. */
export function bundleOptions(request: BundleRequest): BuildOptions {
  const { format = "esm", standIns = [] } = request;
  return {
    absWorkingDir: request.root,
    entryPoints: request.entries.map((entry) => ({ in: entry, out: parse(entry).name })),
    outdir: request.outDir,
    outExtension: { ".js": extensions[format] },
    bundle: true,
    platform: "node",
    format,
    alias: Object.fromEntries(standIns.map(({ packageName, module }) => [packageName, `./${module}`])),
    target: "node22",
    mainFields: ["module", "main"],
    minify: request.minify ?? true,
    // Code that was written for a server of its own may go by the names of its classes: logs, tokens, tables of a database.
    keepNames: standIns.length > 0,
    sourcemap: request.minify === false ? "inline" : false,
    ...bannerOptions(format, request.banner ?? true),
    logLevel: "silent",
    external: [...(request.external ?? [])],
    plugins: [packageInternals(standIns), ...projectPlugins()],
  };
}

function bannerOptions(format: "esm" | "cjs", banner: boolean): BuildOptions {
  if (format === "cjs") return commonJsOptions;
  return banner ? { banner: { js: requireBanner } } : {};
}

/** ES modules in a CommonJS bundle may ask where they are. Kept equal to the SAM template's. */
const commonJsOptions = {
  banner: { js: 'const moduleUrlOfBanner = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "moduleUrlOfBanner" },
} as const satisfies BuildOptions;

/** Endings of bundles. */
export const extensions = { esm: ".mjs", cjs: ".cjs" } as const;

/** The path of an entry's bundle. */
export function bundlePath(outDir: string, entry: string, format: "esm" | "cjs" = "esm"): string {
  return join(outDir, `${parse(entry).name}${extensions[format]}`);
}
