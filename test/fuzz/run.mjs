/** `npm run fuzz -- --minutes 5 --seed 7`: bundles the fuzzer, which is TypeScript, and runs it. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const outfile = join(root, ".cache/fuzz/fuzz.mjs");
process.chdir(root);
await build({
  entryPoints: [join(import.meta.dirname, "fuzz.ts")],
  outfile,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
