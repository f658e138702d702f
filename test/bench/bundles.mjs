/**
 * What codecs add to a function, for `npm run bench:codec`: bytes of minified bundles, one RPC and whole APIs, beside protobuf-es with
 * the same messages, and what importing them costs over an empty module in a fresh process.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { interleave, table } from "./measure.mjs";

const scratch = resolve(".cache/bench-bundles");
const corpus = resolve("node_modules/google-proto-files");
const apis = { pubsub: "google/pubsub/v1", dataplex: "google/cloud/dataplex/v1", compute: "google/cloud/compute/v1" };

/** Prints the table; `rounds` processes per import. */
export async function measureBundles(rounds) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "package.json"), '{"type":"module"}\n');
  const bundles = {
    "empty module": await bundle("empty", "export const handler = async () => ({ statusCode: 200 });"),
  };
  for (const [api, folder] of Object.entries(apis)) {
    if (api === "dataplex") {
      const [first] = generateOurs(scratch, "per-rpc", folder);
      bundles["one RPC of dataplex"] = await bundle("one", `export * from "./per-rpc/gen/functions/${first}";`);
    }
    const [all] = generateOurs(scratch, api, folder, "single");
    const path = `./${api}/gen/functions/${all}`;
    bundles[`${api}, ${countRpcs(join(scratch, path))} RPCs`] = await bundle(api, `export * from "${path}";`);
    bundles[`${api}, protobuf-es`] = await bundle(`${api}-es`, generateEs(api, folder));
  }
  const times = await interleave(
    Object.fromEntries(Object.entries(bundles).map(([name, path]) => [name, () => importTime(path)])),
    rounds,
  );
  const rows = [["minified bundle", "bytes", "gzip", "import ms over empty"]];
  for (const [name, path] of Object.entries(bundles)) {
    const over = times.get(name) - times.get("empty module");
    rows.push([name, statSync(path).size, gzipSync(readFileSync(path)).length, over.toFixed(2)]);
  }
  console.log(table(rows));
  rmSync(scratch, { recursive: true, force: true });
}

/** Generates an API of googleapis into `parent/name` and gives the names of its function files; all RPCs in one if `functions` is `single`. */
export function generateOurs(parent, name, folder, functions = "per-rpc") {
  const cwd = join(parent, name);
  mkdirSync(cwd);
  const config = { protos: [join(corpus, folder)], include: [corpus], deployment: { functions } };
  writeFileSync(join(cwd, "grpc2lambda.yaml"), JSON.stringify(config));
  run(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], cwd);
  return readdirSync(join(cwd, "gen/functions"));
}

/** How many RPCs a generated function answers: it imports the handler of each. */
export function countRpcs(path) {
  return readFileSync(path, "utf8").match(/\/src\/handlers\//g).length;
}

/** protobuf-es with the descriptors of the same files, and its JSON functions. */
function generateEs(api, folder) {
  const cwd = join(scratch, `${api}-es`);
  for (const part of [
    "google/api",
    "google/rpc",
    "google/iam",
    "google/type",
    "google/longrunning",
    "google/cloud/common",
    folder,
  ])
    cpSync(join(corpus, part), join(cwd, part), { recursive: true, filter: (path) => !/\.(js|d\.ts)$/.test(path) });
  cpSync(join(corpus, "google/cloud/extended_operations.proto"), join(cwd, "google/cloud/extended_operations.proto"));
  const plugin = {
    local: resolve("node_modules/.bin/protoc-gen-es"),
    out: "gen",
    opt: ["target=ts", "import_extension=js"],
  };
  writeFileSync(join(cwd, "buf.yaml"), "version: v2\n");
  writeFileSync(
    join(cwd, "buf.gen.yaml"),
    JSON.stringify({ version: "v2", plugins: [{ ...plugin, include_imports: true }] }),
  );
  run(resolve("node_modules/.bin/buf"), ["generate", "--path", folder], cwd);
  const files = readdirSync(join(cwd, "gen", folder)).filter((name) => name.endsWith(".ts"));
  const modules = files.map((name, index) => `export * as m${index} from "./${api}-es/gen/${folder}/${name}";`);
  return [...modules, 'export { fromJson, toJson } from "@bufbuild/protobuf";'].join("\n");
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stdout + stderr);
}

async function bundle(name, contents) {
  const outfile = join(scratch, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: scratch, loader: "ts" },
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    logLevel: "error",
    nodePaths: [resolve("node_modules")],
  });
  return outfile;
}

/** Milliseconds that the import takes inside a fresh process. */
function importTime(path) {
  const code = `const start = performance.now(); await import(${JSON.stringify(path)}); process.stdout.write(String(performance.now() - start));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
