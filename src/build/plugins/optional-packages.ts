/**
 * Packages that other packages ask for and can do without: `require("kafkajs")` in a package that does not depend on it. They stay calls
 * that fail, as they do without a bundle.
 */
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import type { ImportKind, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { type PackageManifest, packageOf, readManifest } from "../package-manifest.js";

/** The plugin. Imports that run with their module, and those of the project's own files, are left alone. */
export const optionalPackages: Plugin = {
  name: "optional-packages",
  setup: (build) => build.onResolve({ filter: /^[^./]/ }, (args) => resolveOptional(build, args)),
};

/** Calls of packages, which may be in a function that nobody calls, or in `try`. */
const laterKinds: readonly ImportKind[] = ["require-call", "require-resolve", "dynamic-import"];

/** Marks the plugin's own question. */
const asked = Symbol("asked");

async function resolveOptional(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  const { path, importer, kind, resolveDir, namespace, pluginData } = args;
  if (pluginData === asked || !laterKinds.includes(kind) || isBuiltin(path)) return undefined;
  if (!/[\\/]node_modules[\\/]/.test(importer)) return undefined;
  const found = await build.resolve(path, { importer, kind, resolveDir, namespace, pluginData: asked });
  return found.errors.length === 0 || isNeeded(packageOf(path), dirname(importer))
    ? undefined
    : { path, external: true };
}

/** Tells whether the package around a folder cannot do without another one: whether it says that it depends on it. */
function isNeeded(name: string, folder: string): boolean {
  const own = manifestAround(folder);
  if (own.name === name) return true;
  const has = (members: object | undefined): boolean => Object.hasOwn(members ?? {}, name);
  if (has(own.optionalDependencies)) return false;
  if (has(own.dependencies)) return true;
  return has(own.peerDependencies) && own.peerDependenciesMeta?.[name]?.optional !== true;
}

/** The package.json with a name; folders within a package may have one of their own that tells the module system. */
function manifestAround(start: string): PackageManifest {
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) {
    const manifest = readManifest(join(folder, "package.json"));
    if (manifest?.name !== undefined) return manifest;
  }
  return {};
}
