/**
 * `npm run bench:generate`: whole processes in turn. `--help` against an empty node, and generating dataplex (130 RPCs) and compute
 * (988 RPCs) against `buf generate` with protoc-gen-es on the same files, which emits message types alone.
 * `--quick` leaves compute out: protoc-gen-es takes minutes for it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { interleave, table, timeProcess } from "./measure.mjs";

const require = createRequire(import.meta.url);
const cli = resolve("bin/grpc2lambda.js");
const corpus = dirname(require.resolve("google-proto-files/package.json"));
const bufPackages = resolve("node_modules/@bufbuild");
const bufPackage = readdirSync(bufPackages).find((name) => name.startsWith("buf-"));
if (bufPackage === undefined) throw new Error("no buf binary for this platform in node_modules/@bufbuild");
const buf = join(bufPackages, bufPackage, "bin/buf");
const scratch = mkdtempSync(join(tmpdir(), "grpc2lambda-bench-"));

/** buf wants its inputs in a folder of its own: the API's files and what they import. */
function bufWorkspace(api) {
  const folder = join(scratch, `buf-${api.name}`);
  for (const part of [
    "google/api",
    "google/rpc",
    "google/type",
    "google/iam",
    "google/longrunning",
    "google/cloud/common_resources.proto",
    "google/cloud/extended_operations.proto",
    api.path,
  ]) {
    if (existsSync(join(corpus, part))) cpSync(join(corpus, part), join(folder, part), { recursive: true });
  }
  const plugin = resolve("node_modules/.bin/protoc-gen-es");
  writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
  writeFileSync(
    join(folder, "buf.gen.yaml"),
    `version: v2\nplugins:\n  - local: ${plugin}\n    out: out\n    opt: target=ts\n`,
  );
  return folder;
}

function generate(api) {
  const folder = join(scratch, `ours-${api.name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return timeProcess(process.execPath, [cli, "generate", join(corpus, api.path), "-I", corpus], { cwd: folder });
}

/** MB, from a run of its own: the hook costs time. */
function peakMemory(api) {
  const folder = join(scratch, `memory-${api.name}`);
  mkdirSync(folder, { recursive: true });
  const hook = join(scratch, "peak.mjs");
  writeFileSync(hook, 'process.on("exit", () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`));\n');
  const run = spawnSync(process.execPath, ["--import", hook, cli, "generate", join(corpus, api.path), "-I", corpus], {
    cwd: folder,
    encoding: "utf8",
  });
  return Math.round(Number(/peak (\d+)/.exec(run.stderr)?.[1]) / 1024);
}

const apis = [
  { name: "dataplex (130 RPCs)", path: "google/cloud/dataplex/v1", rounds: 5 },
  { name: "compute (988 RPCs)", path: "google/cloud/compute/v1", rounds: 1 },
].filter((api) => !process.argv.includes("--quick") || api.rounds > 1);

try {
  const start = await interleave(
    {
      empty: () => timeProcess(process.execPath, ["-e", "0"]),
      help: () => timeProcess(process.execPath, [cli, "--help"]),
    },
    15,
  );
  console.log(
    `--help ${start.get("help").toFixed(0)} ms, node -e 0 ${start.get("empty").toFixed(0)} ms: ${(start.get("help") / start.get("empty")).toFixed(2)} x (to reach: under 2)\n`,
  );
  const rows = [["whole process, median", "grpc2lambda ms", "buf + protoc-gen-es ms", "ratio", "peak MB"]];
  for (const api of apis) {
    const workspace = bufWorkspace(api);
    const result = await interleave(
      { ours: () => generate(api), peer: () => timeProcess(buf, ["generate", "--path", api.path], { cwd: workspace }) },
      api.rounds,
    );
    const [ours, peer] = [result.get("ours"), result.get("peer")];
    rows.push([api.name, ours.toFixed(0), peer.toFixed(0), (ours / peer).toFixed(2), peakMemory(api)]);
  }
  console.log(table(rows));
  console.log("\nTo reach: ratio at most 1, peak under 1,000 MB.");
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
