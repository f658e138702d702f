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
import { makeRequests, makeRoutes } from "./transcode/route-sets.mjs";
import { routers } from "./transcode/routers.mjs";

const scratch = resolve(".cache/bench-transcode");
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });

/** Keeps results alive, so that nothing is optimised away. */
let sink = 0;

/** Nanoseconds per call of `work`, which is given 0, 1, 2 … */
function timeCalls(work, calls) {
  const start = performance.now();
  for (let index = 0; index < calls; index++) if (work(index) !== undefined) sink++;
  return ((performance.now() - start) * 1e6) / calls;
}

/** find-my-way is CommonJS. */
const requireBanner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

async function bundle(name, contents, resolveDir) {
  const outfile = join(scratch, `${name}.mjs`);
  const stdin = { contents, resolveDir, sourcefile: `${name}.ts`, loader: "ts" };
  const options = { bundle: true, format: "esm", platform: "node", minify: true, logLevel: "silent" };
  await build({ ...options, stdin, outfile, banner: { js: requireBanner } });
  return outfile;
}

async function loadExample() {
  const root = join(scratch, "example");
  cpSync("fixtures/example", root, { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], { cwd: root });
  if (status !== 0) throw new Error(String(stderr));
  const library = ["http", "json"].map((kind) => `export * from "./gen/acme/library/v1/library.${kind}.js";`);
  const runtime = ["select-route", "profile"].map((name) => `export * from "./gen/runtime/${name}.js";`);
  return import(pathToFileURL(await bundle("example", [...library, ...runtime].join("\n"), root)).href);
}

/** Requests of the example, each with the same message as a JSON body. */
const calls = [
  {
    name: "GetBook: path",
    rpc: "libraryServiceGetBook",
    path: (id) => `/v1/shelves/s${id}/books/b${id}`,
    query: () => "",
    json: (id) => ({ name: `shelves/s${id}/books/b${id}` }),
  },
  {
    name: "ListBooks: path, 2 parameters",
    rpc: "libraryServiceListBooks",
    path: (id) => `/v1/shelves/s${id}/books`,
    query: (id) => `pageSize=50&pageToken=token${id}`,
    json: (id) => ({ parent: `shelves/s${id}`, pageSize: 50, pageToken: `token${id}` }),
  },
  {
    name: "ListBooks: path, 6 parameters, escapes",
    rpc: "libraryServiceListBooks",
    path: (id) => `/v1/shelves/s${id}/books`,
    query: (id) =>
      `page_size=50&pageToken=token${id}&filter.author=Ursula%20K.+Le%20Guin&filter.maxPrice=1999&filter.theme=THEME_FICTION&filter.createdAfter=2024-01-01T00%3A00%3A00Z`,
    json: (id) => ({
      parent: `shelves/s${id}`,
      pageSize: 50,
      pageToken: `token${id}`,
      filter: {
        author: "Ursula K. Le Guin",
        maxPrice: "1999",
        theme: "THEME_FICTION",
        createdAfter: "2024-01-01T00:00:00Z",
      },
    }),
  },
  {
    name: "ListShelves: 4 parameters, repeated enum",
    rpc: "libraryServiceListShelves",
    path: () => "/v1/shelves",
    query: (id) => `pageSize=${10 + (id % 80)}&themes=THEME_FICTION&themes=THEME_HISTORY&themes=THEME_SCIENCE`,
    json: (id) => ({ pageSize: 10 + (id % 80), themes: ["THEME_FICTION", "THEME_HISTORY", "THEME_SCIENCE"] }),
  },
];

/** Every call in three ways: bound from path and query, parsed as JSON, and parsed and decoded as JSON. */
async function benchBinding() {
  const example = await loadExample();
  const contenders = {};
  for (const { name, rpc, path, query, json } of calls) {
    const routes = example.scanRoutes(example.orderRoutes(example[rpc].bindings, example.grpcGateway));
    const ids = Array.from({ length: 64 }, (_, id) => id);
    const requests = ids.map((id) => ({
      request: { method: "GET", path: path(id), pathIsDecoded: true, headers: {} },
      http: { query: query(id), contentType: "", body: "" },
    }));
    const bodies = ids.map((id) => JSON.stringify(json(id)));
    const decode = example[`decode${rpc.replace("libraryService", "")}Request`];
    const bind = (index) => {
      const { request, http } = requests[index & 63];
      const { route, captures } = example.selectRoute(routes, request, example.grpcGateway);
      return route.decode(http, ...captures);
    };
    const same = JSON.stringify(bind(7), showBigint) === JSON.stringify(decode?.(JSON.parse(bodies[7])), showBigint);
    if (decode !== undefined && !same) throw new Error(`${name}: query and body give different messages`);
    contenders[`${name} bind`] = () => timeCalls(bind, 20_000);
    contenders[`${name} parse`] = () => timeCalls((index) => JSON.parse(bodies[index & 63]), 20_000);
  }
  const times = await interleave(contenders, 15);
  const rows = [["from a request to the message, ns", "route + path + query", "JSON.parse of the body", "ratio"]];
  for (const { name } of calls) {
    const [bind, parse] = [times.get(`${name} bind`), times.get(`${name} parse`)];
    rows.push([name, bind.toFixed(0), parse.toFixed(0), (bind / parse).toFixed(2)]);
  }
  console.log(`${table(rows)}\n`);
}

function showBigint(_, value) {
  return typeof value === "bigint" ? String(value) : value;
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
  (name) => `export * from "./src/runtime/${name}.ts";`,
);
const peers = ["routers", "route-sets"].map((name) => `export * from "./test/bench/transcode/${name}.mjs";`);
const modules = await bundle("routers", [...runtimeModules, ...peers].join("\n"), process.cwd());
const runtime = await import(pathToFileURL(modules).href);
const contenders = routers(runtime);

await benchBinding();
await benchWarm(contenders);
await benchCold(Object.keys(contenders), modules);
console.log("To reach: binding under 3 x JSON.parse; matching that does not grow with the number of routes.");
if (sink === 0 || Number.isNaN(median([sink]))) throw new Error("nothing was measured");
rmSync(scratch, { recursive: true, force: true });
