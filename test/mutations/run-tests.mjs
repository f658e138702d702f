/**
 * A process that runs tests of the tree it stands in, again and again: one vitest for all mutations of a copy, whose start takes longer than
 * most of their tests. It is told what to run by messages, and answers each with what became of the tests.
 */
import { createVitest } from "vitest/node";

/** Milliseconds that a test may take: less than the 28 s that calls have in most of them. */
const testTimeout = 20_000;

// A fault that few cases show has to be found.
process.env.PROPERTY_RUNS = "thorough";

const vitest = await createVitest("test", {
  root: process.cwd(),
  watch: false,
  // The sources change between runs.
  isolate: true,
  reporters: [{}],
  testTimeout,
  fileParallelism: false,
});

/** Runs the tests of `file` whose full names `pattern` matches, up to the first that fails with `bail`; `changed` are files written since. */
async function run({ file, pattern, bail, changed }) {
  for (const path of changed) vitest.invalidateFile(path);
  vitest.setGlobalTestNamePattern(new RegExp(pattern));
  for (const { config } of [vitest, ...vitest.projects]) config.bail = bail ? 1 : 0;
  const start = Date.now();
  const { testModules } = await vitest.runTestSpecifications(await vitest.globTestSpecifications([file]));
  return testModules
    .flatMap((module) => [...module.children.allTests()])
    .filter((test) => ranSince(test, start))
    .map((test) => ({ fullName: fullNameOf(test), status: test.result().state }));
}

/** Whether a test ran since `start`: vitest remembers what became of other files, and of tests that were left out this time. */
function ranSince(test, start) {
  const { state } = test.result();
  return (state === "passed" || state === "failed") && (test.diagnostic()?.startTime ?? 0) >= start;
}

/** As patterns see it: the names of its suites and its own, with a space between. */
function fullNameOf({ name, parent }) {
  return parent.type === "module" ? name : `${fullNameOf(parent)} ${name}`;
}

process.on("message", async (request) => {
  const results = await run(request).catch((error) => {
    console.error(error);
    return [];
  });
  process.send?.(results);
});
