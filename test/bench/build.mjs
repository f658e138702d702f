/**
 * `npm run bench:build`: `grpc2lambda build` of dataplex, a function per RPC, beside what bundling alone takes: one run of esbuild for all
 * functions, which is the floor, and one for each, as `sam build` does it before it installs packages for each. Ratios to the floor of the
 * same round; rounds are interleaved. `--rounds 3` (default).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { bundleOptions } from "../../dist/build/bundle-options.js";
import { generateOurs } from "./bundles.mjs";
import { table } from "./measure.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const scratch = resolve(".cache/bench-build");
/** Of the runs for single functions so many are measured, evenly spread; the rest is taken to be alike. */
const sampled = 12;

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
writeFileSync(join(scratch, "package.json"), '{"type":"module"}\n');
const files = generateOurs(scratch, "dataplex", "google/cloud/dataplex/v1");
const root = join(scratch, "dataplex");
const entries = files.map((file) => `gen/functions/${file}`);
const spread = entries.filter((_, at) => at % Math.ceil(entries.length / sampled) === 0);

const ways = {
  "one run of esbuild": () => bundle(entries),
  "grpc2lambda build": () => run("build"),
  "of that, reading the protos and comparing (check)": () => run("check"),
  "a run of esbuild per function": async () => {
    for (const entry of spread) await bundle([entry]);
  },
};

async function bundle(some) {
  const options = bundleOptions({ root, entries: some, outDir: join(root, "out"), banner: false });
  await build({ ...options, write: false, sourcemap: "external", sourcesContent: false });
}

function run(command) {
  const { status, stderr } = spawnSync(process.execPath, [resolve("bin/grpc2lambda.js"), command], { cwd: root });
  if (status !== 0) throw new Error(String(stderr));
}

const seconds = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [way, work] of Object.entries(ways)) {
    const began = performance.now();
    await work();
    const all = way.endsWith("per function") ? entries.length / spread.length : 1;
    seconds[way].push(((performance.now() - began) / 1000) * all);
  }
}
const best = (way) => Math.min(...seconds[way]);
const floor = best("one run of esbuild");
const rows = Object.keys(ways).map((way) => [way, best(way).toFixed(1), (best(way) / floor).toFixed(2)]);
console.log(table([[`dataplex, ${entries.length} functions`, "seconds", "of the floor"], ...rows]));
const { functions } = JSON.parse(readFileSync(join(root, "build/lambda/functions.json"), "utf8"));
const bytes = functions.reduce((sum, { zipBytes }) => sum + zipBytes, 0);
console.log(
  `\n${functions.length} zips, ${(bytes / 1000).toFixed(0)} kB, ${readdirSync(join(root, "build/lambda")).length} files`,
);
rmSync(scratch, { recursive: true, force: true });
