/** Runs tests of a copy of the tree in a process that stays: see `run-tests.mjs`. */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
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

/** Kilobytes that the processes of a runner may hold together: a mutation can take a bound of memory out. */
const mostMemory = 4_000_000;

/** Kilobytes that a group of processes holds; 0 where `ps` is absent. */
function memoryOf(group: number): number {
  try {
    const rows = execFileSync("ps", ["-A", "-o", "pgid=,rss="], { encoding: "utf8" }).trim().split("\n");
    const own = rows.map((row) => row.trim().split(/\s+/)).filter(([id]) => id === String(group));
    return own.reduce((sum, [, size]) => sum + Number(size), 0);
  } catch {
    return 0;
  }
}

/** A runner for the copy in `folder` (absolute). Its process starts with the first run, and once more after one that does not end. */
export function createTestRunner(folder: string): TestRunner {
  let child: ChildProcess | undefined;
  const changed = new Set<string>();
  const write = (file: string, text: string): void => {
    const path = join(folder, file);
    writeFileSync(path, text);
    changed.add(path);
  };
  // vitest's workers as well: one whose test does not end outlives its parent.
  const close = (): void => {
    try {
      if (child?.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    child = undefined;
  };
  process.once("exit", close);
  const run = (tests: TestRun): Promise<readonly Result[]> => {
    const own =
      child ??
      fork(join(folder, "test/mutations/run-tests.mjs"), {
        cwd: folder,
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        detached: true,
      });
    child = own;
    return new Promise((resolve) => {
      const end = (results: readonly Result[]): void => {
        clearTimeout(timer);
        clearInterval(watch);
        own.removeAllListeners();
        resolve(results);
      };
      const giveUp = (): void => {
        close();
        end([]);
      };
      const timer = setTimeout(giveUp, runTimeout);
      const watch = setInterval(() => {
        if (own.pid !== undefined && memoryOf(own.pid) > mostMemory) giveUp();
      }, 1000);
      own.once("message", (results: readonly Result[]) => end(results));
      own.once("exit", giveUp);
      own.send({ ...tests, changed: [...changed] });
      changed.clear();
    });
  };
  return { folder, write, run, close };
}
