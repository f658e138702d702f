/**
 * `npm run bench:check`: whole processes in turn. `check` of what has not changed since `generate`, against `generate` into an empty
 * folder: dataplex (130 RPCs), and a service of 10 RPCs, whose time is also given by an empty node.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { interleave, table, timeProcess } from "./measure.mjs";

const require = createRequire(import.meta.url);
const cli = resolve("bin/grpc2lambda.js");
const corpus = dirname(require.resolve("google-proto-files/package.json"));
const scratch = mkdtempSync(join(tmpdir(), "grpc2lambda-bench-"));
const rounds = 9;
// A pipeline has no receipts, and this measures a checkout that somebody works in.
process.env.XDG_CACHE_HOME = join(scratch, "cache");
delete process.env.CI;

function tenRpcs() {
  const numbers = Array.from({ length: 10 }, (_, number) => number);
  const rpcs = numbers.map(
    (n) => `  rpc Do${n}(Request${n}) returns (Reply${n}) { option (google.api.http) = { get: "/v1/do${n}/{name}" }; }`,
  );
  const messages = numbers.map(
    (n) => `message Request${n} { string name = 1; repeated string tags = 2; }\nmessage Reply${n} { int64 size = 1; }`,
  );
  const folder = join(scratch, "ten-protos");
  mkdirSync(folder);
  const head = 'syntax = "proto3";\npackage ten.v1;\nimport "google/api/annotations.proto";';
  writeFileSync(join(folder, "ten.proto"), `${head}\nservice Ten {\n${rpcs.join("\n")}\n}\n${messages.join("\n")}\n`);
  return folder;
}

const apis = [
  { name: "dataplex (130 RPCs)", args: [join(corpus, "google/cloud/dataplex/v1"), "-I", corpus] },
  { name: "10 RPCs", args: [tenRpcs(), "-I", join(scratch, "ten-protos")] },
];

function run(command, api, cwd) {
  return timeProcess(process.execPath, [cli, command, ...api.args], { cwd });
}

try {
  // A proto that was saved a moment before `generate` leaves no receipt.
  await sleep(2500);
  const rows = [["whole process, median", "generate ms", "check ms", "check / generate", "check / node -e 0"]];
  for (const api of apis) {
    const [kept, fresh] = ["kept", "fresh"].map((name) => join(scratch, `${name}-${api.name}`));
    mkdirSync(kept);
    await run("generate", api, kept);
    const result = await interleave(
      {
        empty: () => timeProcess(process.execPath, ["-e", "0"]),
        check: () => run("check", api, kept),
        generate: () => {
          rmSync(fresh, { recursive: true, force: true });
          mkdirSync(fresh);
          return run("generate", api, fresh);
        },
      },
      rounds,
    );
    const [generate, check, empty] = ["generate", "check", "empty"].map((name) => result.get(name));
    rows.push([
      api.name,
      generate.toFixed(0),
      check.toFixed(0),
      (check / generate).toFixed(2),
      (check / empty).toFixed(1),
    ]);
  }
  console.log(table(rows));
  console.log("\nTo reach: check at most half of generate for dataplex, under 400 ms for 10 RPCs.");
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
