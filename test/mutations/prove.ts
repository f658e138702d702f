/**
 * Proves that tests can fail: takes one handling at a time out of a copy of the tree, and runs the tests that promise it. A mutation
 * passes when its tests pass without it and fail with it. A text that is no longer there once, a name that no test has and a copy that no
 * longer loads are failures: the table cannot rot.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Mutation } from "./mutation.js";
import { createTestRunner, type Result, type TestRunner } from "./test-runner.js";
import { mutations } from "./mutations.js";

const source = process.cwd();

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

/** Why a mutation does not pass; undefined when it does. `baseline` is what its tests gave without it. */
async function problemOf(
  { file, find, replace, test, name }: Mutation,
  runner: TestRunner,
  baseline: readonly Result[],
): Promise<string | undefined> {
  const pattern = new RegExp(name);
  const expected = baseline.filter(({ fullName }) => pattern.test(fullName));
  if (expected.length === 0) return `no test of ${test} has a name like ${pattern}`;
  const broken = expected.find(({ status }) => status === "failed");
  if (broken !== undefined) return `fails as it is: ${broken.fullName}`;
  const original = readFileSync(join(runner.folder, file), "utf8");
  const count = original.split(find).length - 1;
  if (count !== 1) return `its text is ${count} times in ${file}, expected once: ${find}`;
  try {
    runner.write(
      file,
      original.replace(find, () => replace),
    );
    const results = await runner.run({ file: test, pattern: name, bail: true });
    if (results.length === 0) return `${test} does not load with it`;
    return results.some(({ status }) => status === "failed")
      ? undefined
      : `survives the ${results.length} tests of ${test} like ${pattern}`;
  } finally {
    runner.write(file, original);
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const wanted = process.argv.slice(2);
const chosen = mutations.filter(({ title }) => wanted.length === 0 || wanted.some((words) => title.includes(words)));
const runners = Array.from({ length: Math.min(availableParallelism(), 4) }, () =>
  createTestRunner(mkdtempSync(join(tmpdir(), "mutation-"))),
);
const totals = { passed: 0, failed: 0 };
/** Works through `items` in all copies at once. */
async function inAllCopies<T>(items: Iterable<T>, work: (item: T, runner: TestRunner) => Promise<void>): Promise<void> {
  const queue = [...items];
  const next = async (runner: TestRunner): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, runner);
  };
  await Promise.all(runners.map(next));
}

try {
  for (const { folder } of runners) copyTree(folder);
  const baselines = new Map<string, readonly Result[]>();
  await inAllCopies(new Set(chosen.map(({ test }) => test)), async (test, runner) => {
    const names = chosen.filter((mutation) => mutation.test === test).map(({ name }) => `(?:${name})`);
    baselines.set(test, await runner.run({ file: test, pattern: [...new Set(names)].join("|"), bail: false }));
  });
  await inAllCopies(chosen, async (mutation, runner) => {
    const problem = await problemOf(mutation, runner, baselines.get(mutation.test) ?? []);
    totals[problem === undefined ? "passed" : "failed"]++;
    console.log(problem === undefined ? `ok   ${mutation.title}` : `FAIL ${mutation.title}: ${problem}`);
  });
} finally {
  for (const runner of runners) runner.close();
  for (const { folder } of runners) rmSync(folder, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, 0 skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
