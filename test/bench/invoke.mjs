/**
 * `npm run bench:invoke`: what a warm invocation costs, from the event to the result, for a function with one RPC and a small message,
 * behind every front door, with and without its log; beside hono, Powertools' event handler and serverless-http + express, all with protobuf-es, on the same events,
 * and beside a floor that does nothing but answer. Bundled as deployed; each function runs in processes of its own, in interleaved
 * rounds. Medians. Flags: `--rounds N` (5).
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "../../dist/build/bundle-options.js";
import { interleave, table } from "./measure.mjs";

const goal = 1 / 5;
const doors = ["http-api", "rest-api", "alb", "function-url"];
/** How a door is set up: Powertools' answer is not one that a target group with lists of header values takes. */
const setups = [
  { title: "http-api", door: "http-api", settings: {} },
  { title: "rest-api", door: "rest-api", settings: { binaryMediaTypes: ["*/*"] } },
  { title: "alb", door: "alb", settings: { multiValueHeaders: false } },
  { title: "alb with lists", door: "alb", settings: {}, without: ["powertools"] },
  { title: "function-url", door: "function-url", settings: {} },
];
const entries = { createNote: "writing", getNote: "reading" };
const peers = {
  "hono + protobuf-es": "hono",
  "Powertools + protobuf-es": "powertools",
  "serverless-http + express": "express",
};
const floor = { "floor: no wrapper": "floor" };
const ours = "grpc2lambda";
const silent = "without its log";

process.chdir(join(import.meta.dirname, "../.."));
const flag = process.argv.indexOf("--rounds");
const rounds = flag < 0 ? 5 : Number(process.argv[flag + 1]);
const source = resolve("test/bench/invoke");
const scratch = resolve(".cache/bench-invoke");
const out = join(scratch, "out");
rmSync(scratch, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error ?? ""}${stdout}${stderr}`);
}

/** What a process writes to file descriptor 3. Its standard output, a log of megabytes, goes nowhere. */
function measured(args) {
  const stdio = ["ignore", "ignore", "pipe", "pipe"];
  const { status, stderr, output, error } = spawnSync(process.execPath, args, { stdio, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${error ?? ""}${stderr}`);
  return output[3];
}

/** The handlers of all contenders give the same answers. */
function writeHandler(root, service, method, body) {
  const folder = join(root, "src/handlers", service);
  mkdirSync(folder, { recursive: true });
  const imports = 'import { createdNote, foundNote } from "../../../answers.mjs";';
  writeFileSync(join(folder, `${method}.ts`), `${imports}\n${body}\n`);
}

/** A project per front door, one function per RPC. */
async function prepareOurs(door, observability) {
  const root = join(scratch, observability ? door : `${door}-silent`);
  mkdirSync(root);
  cpSync(join(source, "proto"), join(root, "proto"), { recursive: true });
  cpSync(join(source, "answers.mjs"), join(root, "answers.mjs"));
  writeFileSync(join(root, "package.json"), '{"private": true, "type": "module"}');
  const deployment = `deployment:\n  frontDoor: ${door}\n  functions: per-service\n  auth: none\n`;
  writeFileSync(
    join(root, "grpc2lambda.yaml"),
    `protos: [proto]\ninclude: [proto]\nobservability: ${observability}\n${deployment}`,
  );
  writeHandler(
    root,
    "writing",
    "create-note",
    "export const createNote = async ({ parent, note }) => createdNote(parent, note);",
  );
  writeHandler(
    root,
    "reading",
    "get-note",
    "export const getNote = async ({ name, language }) => foundNote(name, language);",
  );
  run(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], root);
  const functions = Object.values(entries).map((name) => `gen/functions/${name}.ts`);
  await build(bundleOptions({ root, entries: functions, outDir: join(out, basename(root)) }));
}

async function preparePeers() {
  const es = join(scratch, "proto");
  mkdirSync(es);
  cpSync(join(source, "proto/note.proto"), join(es, "note.proto"));
  writeFileSync(join(es, "buf.yaml"), "version: v2\n");
  const plugin = { local: resolve("node_modules/.bin/protoc-gen-es"), out: join(scratch, "es"), opt: ["target=js"] };
  writeFileSync(join(es, "buf.gen.yaml"), JSON.stringify({ version: "v2", plugins: [plugin] }));
  const platform = readdirSync("node_modules/@bufbuild").find((name) => name.startsWith("buf-"));
  run(resolve("node_modules/@bufbuild", platform, "bin/buf"), ["generate"], es);
  const files = Object.values({ ...peers, ...floor });
  for (const name of ["answers", ...files]) cpSync(join(source, `${name}.mjs`), join(scratch, `${name}.mjs`));
  writeFileSync(join(scratch, "package.json"), '{"private": true, "type": "module"}');
  const options = bundleOptions({ root: scratch, entries: [], outDir: out });
  await build({ ...options, entryPoints: files.map((name) => ({ in: `${name}.mjs`, out: name })) });
}

/** Nanoseconds by contender. */
function timeAll({ door, settings, without = [] }, rpc) {
  const script = join(source, "time-invocations.mjs");
  const time = (bundle, name) => () => Number(measured([script, bundle, name, door, rpc, JSON.stringify(settings)]));
  const runs = {
    [ours]: time(join(out, door, `${entries[rpc]}.mjs`), "handler"),
    [silent]: time(join(out, `${door}-silent`, `${entries[rpc]}.mjs`), "handler"),
  };
  for (const [name, file] of Object.entries({ ...peers, ...floor }))
    if (!without.includes(file)) runs[name] = time(join(out, `${file}.mjs`), rpc);
  return interleave(runs, rounds);
}

await preparePeers();
for (const door of doors) for (const observability of [true, false]) await prepareOurs(door, observability);

const names = [ours, silent, ...Object.keys(peers), ...Object.keys(floor)];
const rows = [["event -> handler -> result, microseconds", ...names, "ours : best other", "floor : best other"]];
const ratios = [];
for (const setup of setups) {
  for (const rpc of Object.keys(entries)) {
    const times = await timeAll(setup, rpc);
    const [own, quiet, ...others] = names.map((name) => times.get(name));
    const least = others.pop();
    const best = Math.min(...others.filter((time) => time !== undefined));
    ratios.push(own / best);
    const shown = [own, quiet, ...others, least].map((time) => (time === undefined ? "-" : (time / 1000).toFixed(2)));
    rows.push([`${setup.title}, ${rpc}`, ...shown, (own / best).toFixed(3), (least / best).toFixed(3)]);
  }
}
console.log(table(rows));
const reached = ratios.filter((ratio) => ratio <= goal).length;
console.log(`To reach: at most ${goal.toFixed(2)} of the best other. Reached in ${reached} of ${ratios.length}.`);
rmSync(scratch, { recursive: true, force: true });
