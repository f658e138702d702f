/**
 * What keeps all RPCs of dataplex in one function from importing within 3 ms, for `npm run bench:cold`: the bundle beside its parts.
 * Compiling the same bytes without running any of them is the limit of whatever is done inside: V8 looks at every character once.
 * Processor time, which other load on the machine changes less than the clock.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { countRpcs, generateOurs } from "./bundles.mjs";
import { interleave, table } from "./measure.mjs";

const scratch = resolve(".cache/bench-whole-api");
const folder = "google/cloud/dataplex/v1";

/** Prints the table; `rounds` processes per row. */
export async function measureWholeApi(rounds) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "package.json"), '{"type":"module"}\n');
  const [single] = generateOurs(scratch, "single", folder, "single");
  const all = `export * from "./single/gen/functions/${single}";`;
  const [empty, whole, readable, common] = await Promise.all([
    bundle("empty.mjs", "export const handler = async () => ({ statusCode: 200 });"),
    bundle("whole.mjs", all),
    bundle("readable.mjs", all, { minify: false }),
    bundle("common.cjs", all, { format: "cjs" }),
  ]);
  const split = await bundleSplit(generateOurs(scratch, "per-rpc", folder));
  const cache = join(scratch, "common.cache");
  const source = `"(function (exports, require, module) {" + readFileSync(${JSON.stringify(common)}, "utf8") + "})"`;
  const cached = `new Script(${source}, { cachedData: readFileSync(${JSON.stringify(cache)}) })`;
  const run = "runInThisContext()({}, require, { exports: {} })";
  evaluate(
    `const script = new Script(${source}); script.${run}; writeFileSync("${cache}", script.createCachedData());`,
  );
  const rows = {
    "empty module": [empty, imports(empty)],
    "whole API, minified": [whole, imports(whole)],
    "not minified": [readable, imports(readable)],
    "as CommonJS": [common, `require(${JSON.stringify(common)})`],
    "only read": [common, source],
    "only compiled, nothing run": [common, `new Script(${source})`],
    "from V8's code cache, only compiled": [common, cached],
    "from V8's code cache": [common, `${cached}.${run}`],
    "a chunk per RPC: the entry": [split, imports(split)],
    "a chunk per RPC: and one of them": [split, `const { load } = ${imports(split)}; await load[0]()`],
  };
  const times = await interleave(
    Object.fromEntries(Object.entries(rows).map(([name, [, code]]) => [name, () => processorTime(code)])),
    rounds,
  );
  const lines = Object.entries(rows).map(([name, [path]]) => {
    const over = times.get(name) - times.get("empty module");
    return [name, statSync(path).size, times.get(name).toFixed(2), over.toFixed(2)];
  });
  console.log(table([["dataplex in one function", "bytes", "CPU ms", "over empty"], ...lines]));
  const rpcs = countRpcs(join(scratch, "single/gen/functions", single));
  console.log(`\n${rpcs} RPCs. Wanted are 3 ms over empty; compiling alone is the limit.`);
  rmSync(scratch, { recursive: true, force: true });
}

function imports(path) {
  return `await import(${JSON.stringify(path)})`;
}

async function bundle(name, contents, options = {}) {
  const outfile = join(scratch, name);
  await build({ stdin: { contents, resolveDir: scratch, loader: "ts" }, outfile, ...bundleOptions, ...options });
  return outfile;
}

const bundleOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node22",
  logLevel: "error",
};

/** Every RPC behind a dynamic import; esbuild gives each its chunk, and one to what they share. */
async function bundleSplit(functions) {
  const imported = functions.map((name) => `() => import("./per-rpc/gen/functions/${name}")`);
  const contents = `export const load = [${imported.join(", ")}];`;
  const outdir = join(scratch, "split");
  const outExtension = { ".js": ".mjs" };
  const stdin = { contents, resolveDir: scratch, loader: "ts" };
  await build({ stdin, outdir, ...bundleOptions, splitting: true, outExtension });
  return join(outdir, "stdin.mjs");
}

/** Milliseconds of user and system time that the code takes inside a fresh process. */
function processorTime(code) {
  return Number(
    evaluate(
      `const start = process.cpuUsage(); ${code}; const { user, system } = process.cpuUsage(start); process.stdout.write(String((user + system) / 1000));`,
    ),
  );
}

/** What the code prints in a process of its own. */
function evaluate(code) {
  const head = `import { readFileSync, writeFileSync } from "node:fs"; import { Script } from "node:vm";
    import { createRequire } from "node:module"; const require = createRequire("/");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", head + code], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
