/** This process, and whether another one is still there: for the lock of the output folder. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { RunIdentity, RunningProcess } from "../output/write-lock.js";

/** This process as the owner of a lock. */
export function runningProcess(): RunningProcess {
  const self = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  return { self, isRunning };
}

/** A process id is given again: where the system tells when a process started, that decides. */
function isRunning({ pid, started }: RunIdentity): boolean {
  if (pid <= 0 || startOf(pid) !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's, and there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)): ticks since boot. The name in field 2 may hold spaces and parentheses. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
