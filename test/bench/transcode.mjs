/**
 * `npm run bench:transcode`: what it costs inside a warm function to get from an HTTP request to the request message, beside
 * JSON.parse of the same message as a body; and what routing costs with 10, 100 and 1,000 routes, beside other routers.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { interleave, median, table } from "./measure.mjs";
import { calls } from "./transcode/binding.mjs";
import { makeRequests, makeRoutes } from "./transcode/route-sets.mjs";
import { routers } from "./transcode/routers.mjs";
import { sunk, timeCalls } from "./transcode/time-calls.mjs";

const scratch = resolve(".cache/bench-transcode");
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

/** find-my-way is CommonJS. */
const requireBanner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

async function bundle(name, contents, resolveDir) {
  const outfile = join(scratch, `${name}.mjs`);
  const stdin = { contents, resolveDir, sourcefile: `${name}.ts`, loader: "ts" };
  const options = { bundle: true, format: "esm", platform: "node", minify: true, logLevel: "silent" };
  await build({ ...options, stdin, outfile, banner: { js: requireBanner } });
  return outfile;
}

async function bundleExample() {
  const root = join(scratch, "example");
  cpSync("fixtures/example", root, { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], { cwd: root });
  if (status !== 0) throw new Error(String(stderr));
  const library = ["http", "json"].map((kind) => `export * from "./gen/acme/library/v1/library.${kind}.js";`);
  const runtime = ["select-route", "profile"].map((name) => `export * from "./gen/runtime/routing/${name}.js";`);
  return bundle("example", [...library, ...runtime].join("\n"), root);
}

async function benchBinding() {
  const example = await bundleExample();
  const script = resolve("test/bench/transcode/binding.mjs");
  const runs = calls.map(({ name }, number) => [name, () => runJson([script, example, String(number)])]);
  const samples = new Map(calls.map(({ name }) => [name, []]));
  for (let round = 0; round < 5; round++) for (const [name, run] of runs) samples.get(name).push(run());
  const rows = [["from a request to the message, ns", "route + path + query", "JSON.parse of the body", "ratio"]];
  for (const { name } of calls) {
    const of = (what) => median(samples.get(name).map(what));
    const [bind, parse, ratio] = [
      of(({ bind }) => bind),
      of(({ parse }) => parse),
      of(({ bind, parse }) => bind / parse),
    ];
    rows.push([name, bind.toFixed(0), parse.toFixed(0), ratio.toFixed(2)]);
  }
  console.log(`${table(rows)}\n`);
}

function runJson(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const sizes = [10, 100, 1000];

async function benchWarm(contenders) {
  const times = new Map();
  for (const size of sizes) {
    const routes = makeRoutes(size);
    const requests = makeRequests(routes);
    const matchers = Object.entries(contenders).map(([name, make]) => [name, make(routes)]);
    for (const [name, match] of matchers) verify(name, match, requests);
    const runs = matchers.map(([name, match]) => [
      name,
      () =>
        timeCalls((index) => {
          const { method, path } = requests[index % size];
          return match(method, path);
        }, 20_000),
    ]);
    times.set(size, await interleave(Object.fromEntries(runs), 9));
  }
  printBySize("warm match, ns", Object.keys(contenders), times, (time) => time.toFixed(0));
}

/** All of them must find what is there, and nothing else. */
function verify(name, match, requests) {
  for (const { method, path } of requests) {
    const found = match(method, path) !== undefined;
    if (found === path.startsWith("/v1/unknown/")) throw new Error(`${name}: ${method} ${path} ${found}`);
  }
}

/** In a fresh process: nothing is compiled yet, as in a cold start. Loading the module is not measured. */
async function benchCold(names, modules) {
  const times = new Map();
  for (const size of sizes) {
    const runs = names.map((name) => [name, () => coldTime(modules, name, size)]);
    times.set(size, await interleave(Object.fromEntries(runs), 7));
  }
  printBySize("build and first match in a fresh process, ms", names, times, (time) => time.toFixed(3));
}

function coldTime(modules, name, size) {
  const code = `
    const { routers, makeRoutes, makeRequests, ...runtime } = await import(${JSON.stringify(pathToFileURL(modules).href)});
    const routes = makeRoutes(${size});
    const [{ method, path }] = makeRequests(routes).slice(-2);
    const make = routers(runtime)[${JSON.stringify(name)}];
    const start = performance.now();
    const found = make(routes)(method, path);
    const time = performance.now() - start;
    if (found === undefined) throw new Error("not found");
    process.stdout.write(String(time));`;
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(result.stderr);
  return Number(result.stdout);
}

function printBySize(title, names, times, format) {
  const head = [title, ...sizes.map((size) => `${size} routes`), `${sizes.at(-1)} : ${sizes[0]}`];
  const rows = names.map((name) => {
    const values = sizes.map((size) => times.get(size).get(name));
    return [name, ...values.map(format), (values.at(-1) / values[0]).toFixed(1)];
  });
  console.log(`${table([head, ...rows])}\n`);
}

const runtimeModules = ["select-route", "route-tree", "profile"].map(
  (name) => `export * from "./src/runtime/routing/${name}.ts";`,
);
const peers = ["routers", "route-sets"].map((name) => `export * from "./test/bench/transcode/${name}.mjs";`);
const modules = await bundle("routers", [...runtimeModules, ...peers].join("\n"), process.cwd());
const runtime = await import(pathToFileURL(modules).href);
const contenders = routers(runtime);

await benchBinding();
await benchWarm(contenders);
await benchCold(Object.keys(contenders), modules);
console.log("To reach: binding under 3 x JSON.parse; matching that does not grow with the number of routes.");
if (sunk() === 0) throw new Error("nothing was measured");
rmSync(scratch, { recursive: true, force: true });
