/**
 * `npm run bench:cold`: what a one-RPC function costs before its first request. Every contender answers the same RPC (GetShelf of the
 * example), is bundled as `grpc2lambda build` does, and imported in a fresh process; rounds interleaved.
 * Then a whole API in one function, and what its import consists of.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundleOptions, requireBanner } from "../../dist/build/bundle-options.js";
import { needsRequire } from "../../dist/build/require-banner.js";
import { interleave, table } from "./measure.mjs";
import { measureWholeApi } from "./whole-api.mjs";

const scratch = resolve(".cache/bench-cold");
rmSync(scratch, { recursive: true, force: true });
mkdirSync(join(scratch, "out"), { recursive: true });

const silent = "grpc2lambda without its log";
const logging = "grpc2lambda";

/** The example's GetShelf with a handler that answers from memory, so that no file access is measured. */
const handler = `import { RpcError } from "../../../gen/runtime/status.js";
const shelves = new Map([["shelves/1", { name: "shelves/1", theme: "THEME_FICTION", bookCount: 3 }]]);
export const getShelf = async ({ name }) => {
  const shelf = shelves.get(name);
  if (shelf === undefined) throw new RpcError("NOT_FOUND", "no such shelf");
  return shelf;
};
`;

function prepareOurs() {
  cpSync("fixtures/example", join(scratch, "example"), { recursive: true });
  writeFileSync(join(scratch, "example/src/handlers/library-service/get-shelf.ts"), handler);
  cpSync(join(scratch, "example"), join(scratch, "silent"), { recursive: true });
  appendFileSync(join(scratch, "silent/grpc2lambda.yaml"), "observability: false\n");
  const { status, stderr } = spawnSync(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], {
    cwd: join(scratch, "silent"),
  });
  if (status !== 0) throw new Error(String(stderr));
}

function prepareProtobufEs() {
  const folder = join(scratch, "es");
  cpSync("fixtures/example/proto", folder, { recursive: true });
  cpSync("node_modules/google-proto-files/google/api", join(folder, "google/api"), { recursive: true });
  writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
  const plugin = resolve("node_modules/.bin/protoc-gen-es");
  writeFileSync(
    join(folder, "buf.gen.yaml"),
    `version: v2\nplugins:\n  - local: ${plugin}\n    out: gen\n    opt: [target=ts, import_extension=js]\n    include_imports: true\n`,
  );
  const platform = readdirSync("node_modules/@bufbuild").find((name) => name.startsWith("buf-"));
  const { status, stderr } = spawnSync(
    resolve("node_modules/@bufbuild", platform, "bin/buf"),
    ["generate", "--path", "acme"],
    { cwd: folder },
  );
  if (status !== 0) throw new Error(String(stderr));
}

const peers = {
  "protobuf-es (codec alone)": `import { fromJson, toJson, create } from "@bufbuild/protobuf";
import { GetShelfRequestSchema, ShelfSchema } from "./es/gen/acme/library/v1/library_pb.js";
export const handler = async (event) => {
  const request = fromJson(GetShelfRequestSchema, { name: event.rawPath.slice(4) });
  return { statusCode: 200, body: JSON.stringify(toJson(ShelfSchema, create(ShelfSchema, { name: request.name, bookCount: 3 }))) };
};`,
  connect: `import { createConnectRouter } from "@connectrpc/connect";
import { LibraryService } from "./es/gen/acme/library/v1/library_pb.js";
const router = createConnectRouter().service(LibraryService, { getShelf: (request) => ({ name: request.name, bookCount: 3 }) });
export const handler = async () => ({ statusCode: 200, body: String(router.handlers.length) });`,
  "express + serverless-http": `import express from "express";
import serverless from "serverless-http";
const app = express();
app.get("/v1/shelves/:shelf", (request, response) => response.json({ name: "shelves/" + request.params.shelf, bookCount: 3 }));
export const handler = serverless(app);`,
  "grpc-js + proto-loader": `import * as grpc from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import shelf from "./shelf.json";
const { acme } = grpc.loadPackageDefinition(fromJSON(shelf));
const method = acme.library.v1.LibraryService.service.GetShelf;
export const handler = async (event) => ({ statusCode: 200, body: String(method.responseSerialize({ name: event.rawPath.slice(4) }).length) });`,
};

/** proto-loader's input as JSON, so that it needs no .proto file next to the bundle. */
const shelfJson = {
  nested: {
    acme: {
      nested: {
        library: {
          nested: {
            v1: {
              nested: {
                LibraryService: { methods: { GetShelf: { requestType: "GetShelfRequest", responseType: "Shelf" } } },
                GetShelfRequest: { fields: { name: { type: "string", id: 1 } } },
                Shelf: { fields: { name: { type: "string", id: 1 }, bookCount: { type: "int32", id: 3 } } },
              },
            },
          },
        },
      },
    },
  },
};

async function bundleAll() {
  prepareOurs();
  prepareProtobufEs();
  writeFileSync(join(scratch, "shelf.json"), JSON.stringify(shelfJson));
  writeFileSync(join(scratch, "empty.ts"), "export const handler = async () => ({ statusCode: 200 });\n");
  const entries = {
    "empty module": "empty.ts",
    [silent]: "silent/gen/functions/library-service-get-shelf.ts",
    [logging]: "example/gen/functions/library-service-get-shelf.ts",
  };
  for (const [name, source] of Object.entries(peers)) {
    entries[name] = `${name.replaceAll(/\W+/g, "-")}.ts`;
    writeFileSync(join(scratch, entries[name]), source);
  }
  const bundles = {};
  for (const [name, entry] of Object.entries(entries)) {
    const outDir = join(scratch, "out", name.replaceAll(/\W+/g, "-"));
    bundles[name] = await bundle(entry, outDir);
  }
  return bundles;
}

/** The bundle's path. As `grpc2lambda build` does, it gives a `require` only to a bundle that calls it. */
async function bundle(entry, outDir) {
  const options = bundleOptions({ root: scratch, entries: [entry], outDir, banner: false });
  const { metafile } = await build({ ...options, metafile: true });
  const path = join(outDir, readdirSync(outDir)[0]);
  const code = readFileSync(path);
  if (needsRequire(Object.values(metafile.outputs)[0], code)) writeFileSync(path, `${requireBanner}\n${code}`);
  return path;
}

/** Milliseconds that the import takes inside a fresh process. */
function importTime(bundle) {
  const code = `const start = performance.now(); await import(${JSON.stringify(bundle)}); process.stdout.write(String(performance.now() - start));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

const bundles = await bundleAll();
const times = await interleave(
  Object.fromEntries(Object.entries(bundles).map(([name, bundle]) => [name, () => importTime(bundle)])),
  20,
);
const floor = times.get("empty module");
const rows = [["one-RPC function, minified", "bytes", "gzip", "import ms", "over empty", "x empty"]];
for (const [name, bundle] of Object.entries(bundles)) {
  const time = times.get(name);
  const bytes = statSync(bundle).size;
  rows.push([
    name,
    bytes,
    gzipSync(readFileSync(bundle)).length,
    time.toFixed(2),
    (time - floor).toFixed(2),
    (time / floor).toFixed(2),
  ]);
}
console.log(table(rows));
console.log("\nTo reach without the log: under 25,000 bytes, at most 1.2 x the import of an empty module.");
console.log(`The log adds ${(times.get(logging) - times.get(silent)).toFixed(2)} ms; to reach: 0.3.`);
rmSync(scratch, { recursive: true, force: true });
console.log();
await measureWholeApi(20);
