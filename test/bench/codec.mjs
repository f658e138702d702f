/**
 * `npm run bench:codec`: JSON and binary codecs side by side, in interleaved rounds of one process. Figures are medians; JSON is given
 * as a multiple of the floor (JSON.parse, JSON.stringify), binary as a multiple of ours. Measured is processor time: the clock also counts
 * what else the machine does. Then sizes and import times of bundles. Flags: `--rounds N` (31).
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { measureBundles } from "./bundles.mjs";
import { interleave, table } from "./measure.mjs";

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
const { makeSubjects } = await import(pathToFileURL(outfile).href);
const flag = process.argv.indexOf("--rounds");
const rounds = flag < 0 ? 31 : Number(process.argv[flag + 1]);
const subjects = await makeSubjects();

for (const conversion of ["decodeJson", "encodeJson", "decodeBinary", "encodeBinary"]) {
  const base = conversion.endsWith("Json") ? "floor" : "grpc2lambda";
  const columns = [];
  for (const subject of subjects) columns.push(await ratios(subject, conversion, base));
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const head = [
    `${conversion} (x ${base})`,
    ...subjects.map(({ name, json, bytes }) => `${name} ${conversion.endsWith("Json") ? json.length : bytes.length} B`),
  ];
  console.log(
    table([head, ...names.map((name) => [name, ...columns.map((column) => column.get(name)?.toFixed(2) ?? "-")])]),
  );
  console.log();
}

await measureBundles(Math.min(rounds, 15));

async function ratios({ json, bytes, contenders }, conversion, base) {
  const input = conversion.endsWith("Json") ? json : bytes;
  const runs = {};
  for (const [name, contender] of Object.entries(contenders)) {
    const convert = contender[conversion];
    if (convert === undefined) continue;
    const run = conversion === "encodeJson" ? () => flatten(convert(input)) : () => convert(input);
    runs[name] = () => timeLoop(run, repeats(input.length));
  }
  const medians = await interleave(runs, rounds);
  return new Map([...medians].map(([name, median]) => [name, median / medians.get(base)]));
}

/** V8 joins strings when they are read, and a text that nobody reads yet would look cheaper than it is. */
function flatten(text) {
  return text.charCodeAt(text.length - 1);
}

/** About the same work in every round. */
function repeats(size) {
  return Math.max(1, Math.round(1_500_000 / (size + 100)));
}

/** Microseconds, those of the garbage collector's threads included. */
function timeLoop(run, times) {
  const start = process.cpuUsage();
  for (let count = 0; count < times; count++) run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
