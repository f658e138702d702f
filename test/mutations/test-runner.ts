/** Runs tests of a copy of the tree in a process that stays: see `run-tests.mjs`. */
import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What became of a test. */
export interface Result {
  readonly fullName: string;
  readonly status: string;
}

/** Which tests. */
export interface TestRun {
  /** Relative to the copy. */
  readonly file: string;
  /** A regular expression for their full names. */
  readonly pattern: string;
  /** Stops at the first that fails. */
  readonly bail: boolean;
}

/** Runs the tests of one copy, one run at a time. */
export interface TestRunner {
  readonly folder: string;
  /** Writes a file of the copy. */
  write(file: string, text: string): void;
  /** What became of the tests; none where they do not load, or do not end. */
  run(tests: TestRun): Promise<readonly Result[]>;
  /** Ends the process. */
  close(): void;
}

/** Milliseconds that a run may take. */
const runTimeout = 300_000;

/** A runner for the copy in `folder` (absolute). Its process starts with the first run, and once more after one that does not end. */
export function createTestRunner(folder: string): TestRunner {
  let child: ChildProcess | undefined;
  const changed = new Set<string>();
  const write = (file: string, text: string): void => {
    const path = join(folder, file);
    writeFileSync(path, text);
    changed.add(path);
  };
  const close = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  const run = (tests: TestRun): Promise<readonly Result[]> => {
    const own = child ?? fork(join(folder, "test/mutations/run-tests.mjs"), { cwd: folder, stdio: "ignore" });
    child = own;
    return new Promise((resolve) => {
      const end = (results: readonly Result[]): void => {
        clearTimeout(timer);
        own.removeAllListeners();
        resolve(results);
      };
      const giveUp = (): void => {
        close();
        end([]);
      };
      const timer = setTimeout(giveUp, runTimeout);
      own.once("message", (results: readonly Result[]) => end(results));
      own.once("exit", giveUp);
      own.send({ ...tests, changed: [...changed] });
      changed.clear();
    });
  };
  return { folder, write, run, close };
}
