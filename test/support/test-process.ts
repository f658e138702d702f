/** Processes as the lock of the output folder sees them, without any. */
import type { RunIdentity, RunningProcess } from "../../src/output/write-lock.js";

/** This run; of others, those in `alive` are there. */
export function testProcess(alive: readonly number[] = [], pid = 1000): RunningProcess {
  return { self: testRun(pid), isRunning: (run) => alive.includes(run.pid) };
}

/** A run on this machine. */
export function testRun(pid: number): RunIdentity {
  return { host: "here", pid, started: "7" };
}
