/**
 * `npm run bench:codec`: JSON and binary codecs side by side, each format in a process of its own, in interleaved rounds. Figures are medians;
 * JSON is given as a multiple of the floor (JSON.parse, JSON.stringify), binary as a multiple of ours. Then sizes and import times of bundles.
 * Flags: `--rounds N` (31).
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { measureBundles } from "./bundles.mjs";

const root = join(import.meta.dirname, "../..");
process.chdir(root);
const outfile = join(root, ".cache/bench-codec/contenders.mjs");
await build({
  entryPoints: [join(import.meta.dirname, "codec/contenders.ts")],
  outfile,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
});
const flag = process.argv.indexOf("--rounds");
const rounds = flag < 0 ? 31 : Number(process.argv[flag + 1]);
for (const format of ["Json", "Binary"]) {
  const args = [join(import.meta.dirname, "codec/format.mjs"), outfile, format, String(rounds)];
  execFileSync(process.execPath, args, { stdio: "inherit" });
}
await measureBundles(Math.min(rounds, 15));
