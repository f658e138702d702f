/**
 * Proves that tests can fail: takes one handling at a time out of a copy of the tree, and runs the tests that promise it. A mutation
 * passes when its tests pass without it and fail with it. A text that is no longer there once, a name that no test has and a copy that no
 * longer loads are failures: the table cannot rot.
 */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Mutation } from "./mutation.js";
import { mutations } from "./mutations.js";

const source = process.cwd();

/** What became of a test. */
interface Result {
  readonly fullName: string;
  readonly status: string;
}

/** The tree as it stands, changes that are not committed included. */
function copyTree(folder: string): void {
  const list = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { cwd: source, maxBuffer: 1e8 });
  const deleted = execFileSync("git", ["ls-files", "-z", "-d"], { cwd: source, maxBuffer: 1e8 });
  const gone = new Set(deleted.toString().split("\0"));
  for (const path of new Set(list.toString().split("\0"))) {
    if (path === "" || gone.has(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(source, path), join(folder, path));
  }
  symlinkSync(join(source, "node_modules"), join(folder, "node_modules"));
}

/** Milliseconds that a test may take (less than the 28 s that calls have in most of them), and a whole run. */
const testTimeout = 20_000;
const runTimeout = 300_000;

/** The part of vitest's JSON report that is read. */
interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Result[] }[];
}

/** Runs the tests of a file whose full names `pattern` matches; gives what became of each. */
async function runTests(folder: string, file: string, pattern: string, ...more: readonly string[]): Promise<Result[]> {
  const report = join(folder, "mutation-report.json");
  rmSync(report, { force: true });
  const args = [
    join(source, "node_modules/vitest/vitest.mjs"),
    "run",
    file,
    ...["-t", pattern],
    ...["--reporter=json", `--outputFile=${report}`, `--testTimeout=${testTimeout}`, "--no-file-parallelism", ...more],
  ];
  await new Promise<void>((done) => {
    execFile(process.execPath, args, { cwd: folder, timeout: runTimeout, killSignal: "SIGKILL", maxBuffer: 1e8 }, () =>
      done(),
    );
  });
  try {
    const { testResults }: Report = JSON.parse(readFileSync(report, "utf8"));
    return testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === "passed" || status === "failed"),
    );
  } catch {
    return [];
  }
}

/** Why a mutation does not pass; undefined when it does. `baseline` is what its tests gave without it. */
async function problemOf(
  { file, find, replace, test, name }: Mutation,
  folder: string,
  baseline: readonly Result[],
): Promise<string | undefined> {
  const pattern = new RegExp(name);
  const expected = baseline.filter(({ fullName }) => pattern.test(fullName));
  if (expected.length === 0) return `no test of ${test} has a name like ${pattern}`;
  const broken = expected.find(({ status }) => status === "failed");
  if (broken !== undefined) return `fails as it is: ${broken.fullName}`;
  const path = join(folder, file);
  const original = readFileSync(path, "utf8");
  const count = original.split(find).length - 1;
  if (count !== 1) return `its text is ${count} times in ${file}, expected once: ${find}`;
  try {
    writeFileSync(
      path,
      original.replace(find, () => replace),
    );
    const results = await runTests(folder, test, name, "--bail=1");
    if (results.length === 0) return `${test} does not load with it`;
    return results.some(({ status }) => status === "failed")
      ? undefined
      : `survives the ${results.length} tests of ${test} like ${pattern}`;
  } finally {
    writeFileSync(path, original);
  }
}

const [wanted = ""] = process.argv.slice(2);
const chosen = mutations.filter(({ title }) => title.includes(wanted));
const folders = Array.from({ length: Math.min(availableParallelism(), 4) }, () =>
  mkdtempSync(join(tmpdir(), "mutation-")),
);
const totals = { passed: 0, failed: 0 };
/** Works through `items` in all copies at once. */
async function inAllCopies<T>(items: Iterable<T>, work: (item: T, folder: string) => Promise<void>): Promise<void> {
  const queue = [...items];
  const next = async (folder: string): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, folder);
  };
  await Promise.all(folders.map(next));
}

try {
  for (const folder of folders) copyTree(folder);
  const baselines = new Map<string, readonly Result[]>();
  await inAllCopies(new Set(chosen.map(({ test }) => test)), async (test, folder) => {
    const names = chosen.filter((mutation) => mutation.test === test).map(({ name }) => `(?:${name})`);
    baselines.set(test, await runTests(folder, test, [...new Set(names)].join("|")));
  });
  await inAllCopies(chosen, async (mutation, folder) => {
    const problem = await problemOf(mutation, folder, baselines.get(mutation.test) ?? []);
    totals[problem === undefined ? "passed" : "failed"]++;
    console.log(problem === undefined ? `ok   ${mutation.title}` : `FAIL ${mutation.title}: ${problem}`);
  });
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, 0 skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
