/**
 * Empty modules in the place of those that are missing or do not parse. esbuild looks at exports only when every module is there; with
 * placeholders a second run finds the names that nothing exports, so that one build reports all mistakes.
 */
import { resolve } from "node:path";
import type { Message, Plugin } from "esbuild";
import { unresolvedModule } from "./esbuild-findings.js";

/** CommonJS: it may export anything. */
const empty = { contents: "module.exports = {};", loader: "js" } as const;

/** A plugin with placeholders for the modules that `errors` name; `root` (absolute) is the folder of their paths. */
export function placeholders(errors: readonly Message[], root: string): Plugin {
  const missing = new Set(errors.flatMap((error) => unresolvedModule(error) ?? []));
  const broken = new Set(
    errors
      .filter((error) => unresolvedModule(error) === undefined)
      .flatMap(({ location }) => (location === null ? [] : [resolve(root, location.file)])),
  );
  return {
    name: "placeholders",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path }) =>
        missing.has(path) ? { path, namespace: "placeholder" } : undefined,
      );
      build.onLoad({ filter: /./, namespace: "placeholder" }, () => empty);
      build.onLoad({ filter: /./ }, ({ path }) => (broken.has(path) ? empty : undefined));
    },
  };
}
