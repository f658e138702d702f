/**
 * Runs every suite in turn and closes with the sum of their totals. A suite is a command whose output closes with
 * `N passed, N failed, N skipped`; a step is a command that passes or fails as a whole and counts as one.
 */
import { spawn } from "node:child_process";

const jobs = [
  { name: "build", command: "npm run --silent build" },
  { name: "types", command: "npm run --silent typecheck" },
  { name: "lint", command: "npm run --silent lint" },
  { name: "format", command: "npm run --silent format:check" },
  { name: "goldens", command: "npm run --silent goldens:check" },
  { name: "tests", command: "PROPERTY_RUNS=thorough npx vitest run", suite: true },
  { name: "thorough", command: "npm run --silent test:thorough", suite: true },
  { name: "mutations", command: "npm run --silent test:mutations", suite: true },
  { name: "matrix", command: "npm run --silent test:matrix", suite: true },
  { name: "crash", command: "npm run --silent test:crash", suite: true },
  { name: "demo", command: "npm run --silent demo" },
  { name: "demo:migrate", command: "npm run --silent demo:migrate" },
  { name: "corpus", command: "npm run --silent test:corpus", suite: true },
  { name: "lambda", command: "npm run --silent test:lambda", suite: true },
  { name: "sizes", command: "npm run --silent test:sizes", suite: true },
  { name: "fuzz", command: "npm run --silent fuzz -- --rounds 60 --seed 1", suite: true },
  { name: "fuzz:inputs", command: "npm run --silent fuzz:inputs -- --inputs 5000 --seed 1", suite: true },
  { name: "fuzz:events", command: "npm run --silent fuzz:events -- 150000 1 600", suite: true },
  { name: "hostile", command: "npm run --silent test:hostile", suite: true },
  { name: "judges", command: "npm run --silent test:judges", suite: true },
  { name: "deploy", command: "npm run --silent test:deploy", suite: true },
  { name: "s3", command: "npm run --silent test:s3", suite: true },
  {
    name: "gateway",
    command: "npm run --silent test:gateway -- --quick --count 150 --designed 97",
    suite: true,
  },
  { name: "go", command: "npm run --silent test:go", suite: true },
  { name: "peers", command: "npm run --silent test:peers", suite: true },
  { name: "pushgateway", command: "npm run --silent test:pushgateway", suite: true },
  { name: "page", command: "npm run --silent test:page", suite: true },
  { name: "protoc", command: "npm run --silent test:protoc", suite: true },
  { name: "protojson", command: "npm run --silent test:protojson", suite: true },
  { name: "conformance", command: "npm run --silent test:conformance", suite: true },
];

/** Runs a command with its output passed on; gives its exit code and output. */
function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        process.stdout.write(text);
      });
    }
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A suite's own totals; one that fails without a failed test, or without totals, counts as one failure more. */
function totalsOf(job, { code, output }) {
  if (!job.suite) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  const last = lines.at(-1);
  const [passed, failed, skipped] = last === undefined ? [0, 0, 0] : [last[1], last[2], last[3] ?? 0].map(Number);
  const unexplained = last === undefined || (code !== 0 && failed === 0);
  return { passed, failed: failed + (unexplained ? 1 : 0), skipped };
}

const sum = { passed: 0, failed: 0, skipped: 0 };
const report = [];
for (const job of jobs) {
  console.log(`\n=== ${job.name}: ${job.command}`);
  const start = performance.now();
  const totals = totalsOf(job, await run(job.command));
  for (const key of Object.keys(sum)) sum[key] += totals[key];
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  report.push(
    `${job.name.padEnd(12)} ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped   ${seconds} s`,
  );
}
console.log(`\n${report.join("\n")}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;
