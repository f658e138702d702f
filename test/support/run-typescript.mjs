/** Runs a TypeScript program of the tests under any Node: bundled first, its packages left outside. */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** Runs `entry` (absolute) with the repository as working directory and gives its exports; its bundle is kept below `.cache/<name>`. */
export async function runTypeScript(entry, name) {
  // As deep below the root as the sources that look for files beside them.
  const outfile = join(root, ".cache", name, "bundle", `${basename(entry, ".ts")}.mjs`);
  process.chdir(root);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
