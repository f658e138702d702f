/** The plugins of esbuild that projects need, in every bundle of their code. */
import type { Plugin } from "esbuild";
import { callableNamespaces } from "./callable-namespaces.js";
import { createdRequire } from "./created-require.js";
import { decoratorMetadata } from "./decorator-metadata.js";
import { optionalPackages } from "./optional-packages.js";

/** Makes the plugins; each context of esbuild needs its own. */
export function projectPlugins(): Plugin[] {
  return [decoratorMetadata(), callableNamespaces, optionalPackages, createdRequire];
}
