/** Folders in the system's temporary folder that are gone when the process is, however it ends. */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { parseOwner, type RunningProcess } from "../output/write-lock.js";
import { runningProcess } from "./running-process.js";

/** A folder of this run. */
export interface TemporaryFolder {
  /** Absolute; empty at first. */
  readonly path: string;
  remove(): void;
}

const prefix = "grpc2lambda-";
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes a folder. It is removed by `remove`, at the end of the process, and by a signal that would end it. A run that is killed leaves
 * its folder to the next run of this user, which removes what belongs to no process any more.
 */
export function temporaryFolder(purpose: string, running = runningProcess()): TemporaryFolder {
  const parent = tmpdir();
  removeLeftFolders(parent, running);
  const folder = mkdtempSync(join(parent, `${prefix}${purpose}-`));
  const removeFiles = (): void => removeQuietly(folder);
  const hear = (signal: NodeJS.Signals): void => {
    // Whoever else listens decides what the signal means.
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  };
  process.on("exit", removeFiles);
  for (const signal of signals) process.on(signal, hear);
  writeFileSync(join(folder, "owner"), `${JSON.stringify(running.self)}\n`);
  mkdirSync(join(folder, "files"));
  return {
    path: join(folder, "files"),
    remove: () => {
      removeFiles();
      process.off("exit", removeFiles);
      for (const signal of signals) process.off(signal, hear);
    },
  };
}

/** Removes the folders of runs that were killed: of this user and this machine, with the name of an owner that is gone. */
function removeLeftFolders(parent: string, running: RunningProcess): void {
  for (const name of namesIn(parent)) {
    if (name.startsWith(prefix) && isLeft(join(parent, name), running)) removeQuietly(join(parent, name));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isLeft(folder: string, { self, isRunning }: RunningProcess): boolean {
  try {
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
    const owner = parseOwner(readFileSync(join(folder, "owner"), "utf8"));
    return owner !== undefined && owner.host === self.host && !isRunning(owner);
  } catch {
    return false;
  }
}

function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // The next run tries again.
  }
}
