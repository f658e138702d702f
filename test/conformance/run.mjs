/** `npm run test:conformance`: bundles the harness, which is TypeScript, and runs it. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const outfile = join(root, ".cache/conformance/harness.mjs");
process.chdir(root);
await build({
  entryPoints: [join(import.meta.dirname, "conformance.ts")],
  outfile,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
