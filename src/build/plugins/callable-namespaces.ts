/**
 * `import * as debug from "debug"` where the namespace is called: TypeScript without `esModuleInterop` gives the exported function itself,
 * and esbuild an object that cannot be called.
 */
import { readFileSync } from "node:fs";
import type { Loader, OnLoadResult, Plugin } from "esbuild";

const namespaceImport = /^import \* as ([\w$]+) from ((["'])[^"'.][^"']*\3);?[ \t]*$/gm;

/** The plugin. Other files, and those of packages, are left to esbuild. */
export const callableNamespaces: Plugin = {
  name: "callable-namespaces",
  setup: (build) => build.onLoad({ filter: /\.c?tsx?$/ }, ({ path }) => loadSource(path)),
};

function loadSource(path: string): OnLoadResult | undefined {
  if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const contents = text.replaceAll(namespaceImport, (statement, name: string, specifier: string) =>
    isCalled(name, text) ? `import ${name} = require(${specifier});` : statement,
  );
  const loader: Loader = path.endsWith("x") ? "tsx" : "ts";
  return contents === text ? undefined : { contents, loader, watchFiles: [path] };
}

/** A namespace of an ES module cannot be called; what only looks like a call changes nothing, because members are the same. */
function isCalled(name: string, text: string): boolean {
  return new RegExp(`(?<![.\\w$])${name.replaceAll("$", "\\$")}\\s*\\(`).test(text);
}
