/**
 * `npm run test:go`: the example project in Go, with what Go's own tools say about it, and functions of five APIs against the real
 * gateway and server. `node test/go/differential.mjs --count 20000 --seed 2 --race` sends more. Without Go it says so. It closes with
 * `N passed, N failed, N skipped`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readServer } from "./reflection.mjs";
import { staticcheck } from "./staticcheck.mjs";

const project = join(import.meta.dirname, "../../fixtures/go/library");

/** Runs a command in the example; gives its output, and whether it went well. */
function run(command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GOFLAGS: "-buildvcs=false", GOWORK: "off", ...env },
  });
  return { isFine: status === 0, output: `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}` };
}

const steps = [
  { name: "gofmt", check: () => empty(run("gofmt", ["-l", "."])) },
  { name: "go vet", check: () => run("go", ["vet", "./..."]) },
  { name: "staticcheck", check: () => empty(run(staticcheck(), ["./..."])) },
  { name: "go mod is complete", check: () => run("go", ["mod", "verify"]) },
  { name: "go test -race", check: () => run("go", ["test", "-race", "-count=1", "./..."]) },
  {
    name: "builds for arm64",
    check: () => run("go", ["build", "-o", "/dev/null", "./internal/lambda"], { GOARCH: "arm64", CGO_ENABLED: "0" }),
  },
  { name: "init --reflect reads a server", check: readServer },
];

/** A tool that lists what is wrong, and is silent otherwise. */
function empty({ isFine, output }) {
  return { isFine: isFine && output.trim() === "", output };
}

/** Runs of the differential: every API by the door that changes nothing, then every door. */
const differentials = [
  ["--count", "300", "--legs", "function-url"],
  ["--count", "60", "--sets", "library,vectors", "--designed", "40"],
  ["--count", "100", "--sets", "library", "--legs", "function-url,alb", "--version", "2.30"],
];

/** The totals that a suite closes with. */
function differential(args) {
  const program = join(import.meta.dirname, "differential.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  process.stdout.write(stdout);
  const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout) ?? [];
  if (passed === undefined) console.log(stderr);
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 1), skipped: Number(skipped ?? 0) };
}

const totals = { passed: 0, failed: 0, skipped: 0 };
if (spawnSync("go", ["version"]).status === 0) {
  for (const { name, check } of steps) {
    const { isFine, output } = await check();
    totals[isFine ? "passed" : "failed"]++;
    console.log(`${isFine ? "ok  " : "FAIL"} ${name}${isFine ? "" : `\n${output}`}`);
  }
  for (const args of differentials) {
    const found = differential(args);
    for (const key of Object.keys(totals)) totals[key] += found[key];
  }
} else {
  console.log("skipped: there is no Go toolchain (`go`) to compile the example with");
  totals.skipped = steps.length;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
