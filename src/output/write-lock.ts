/**
 * The folder `<outDir>/.grpc2lambda`: it is there while a run writes, holds what the run prepares (on the disk that it goes to), and
 * keeps other runs out. A folder cannot be moved onto one that holds something, so that one of two runs gets it. Whatever a killed
 * run leaves is ignored by git, read by the next run (`stagedManifests`), and removed once that has written everything.
 */
import { randomBytes } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectFolder } from "./project-folder.js";

/** A process, told apart from others that had its id before. */
export interface RunIdentity {
  readonly host: string;
  readonly pid: number;
  /** The time of its start, in the system's own form; "" if the system does not tell. */
  readonly started: string;
}

/** The part of the process that the lock needs. */
export interface RunningProcess {
  readonly self: RunIdentity;
  /** Tells whether a process of this host is still there. */
  isRunning(run: RunIdentity): boolean;
}

/** A lock that is held. */
export interface WriteLock {
  readonly kind: "held";
  /** Absolute; for temporary files. */
  readonly folder: string;
  /** Gives the lock back and removes the folder; with `keep` it stays aside, for the next run to learn from. Never throws. */
  release(keep: boolean): void;
}

/** Another run is writing, or something else stands at the lock's place. */
export type LockRefusal =
  | { readonly kind: "busy"; readonly owner: RunIdentity }
  | { readonly kind: "blocked"; readonly path: string };

const lockName = ".grpc2lambda";
const asideName = /^\.grpc2lambda-[A-Za-z0-9]{6}$/;

/** A run on another machine is taken for dead when it has touched nothing for this long, in milliseconds; writing takes a second. */
const longestSilence = 10 * 60 * 1000;

/** Takes the lock of an output folder (absolute, there). Does not wait. Errors of the system are thrown. */
export function takeLock(outFolder: string, running: RunningProcess): WriteLock | LockRefusal {
  for (let attempt = 1; ; attempt++) {
    const prepared = prepareFolder(outFolder, running.self);
    try {
      renameSync(prepared, join(outFolder, lockName));
      return heldLock(outFolder, prepared);
    } catch (error) {
      removeQuietly(prepared);
      const refusal = lookAtLock(outFolder, running);
      if (refusal !== undefined) return refusal;
      // The lock is free by now, or its owner was dead: once more, but not for ever.
      if (attempt === 3) throw error;
    }
  }
}

/** The lock with its owner's name and a `.gitignore`, under another name: it appears whole or not at all. */
function prepareFolder(outFolder: string, self: RunIdentity): string {
  const folder = mkdtempSync(join(outFolder, `${lockName}-`));
  try {
    writeFileSync(join(folder, ".gitignore"), "*\n");
    writeFileSync(join(folder, "owner"), `${JSON.stringify(self)}\n`);
    return folder;
  } catch (error) {
    removeQuietly(folder);
    throw error;
  }
}

function heldLock(outFolder: string, aside: string): WriteLock {
  const folder = join(outFolder, lockName);
  const release = (keep: boolean): void => {
    try {
      renameSync(folder, aside);
      if (!keep) removeQuietly(aside);
    } catch {
      // The next run finds that the owner is gone.
      if (!keep) removeQuietly(folder);
    }
  };
  return { kind: "held", folder, release };
}

/** The owner of the lock; undefined if there is none (any more): the folder of a dead owner is moved aside. */
function lookAtLock(outFolder: string, running: RunningProcess): LockRefusal | undefined {
  const path = join(outFolder, lockName);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return { kind: "blocked", path: lockName };
  const text = readOwner(path);
  const owner = parseOwner(text);
  if (owner !== undefined && isAlive(owner, running, stats.mtimeMs)) return { kind: "busy", owner };
  moveAside(outFolder, text);
  return undefined;
}

/** Nobody else runs in this process while it writes: its own id is that of a process that was there before. */
function isAlive(owner: RunIdentity, { self, isRunning }: RunningProcess, touched: number): boolean {
  if (owner.host !== self.host) return Date.now() - touched < longestSilence;
  return owner.pid !== self.pid && isRunning(owner);
}

/** Moves a dead owner's lock aside; that of another run, which was quicker, is put back. */
function moveAside(outFolder: string, deadOwner: string): void {
  const aside = join(outFolder, `${lockName}-${randomBytes(3).toString("hex")}`);
  const lock = join(outFolder, lockName);
  try {
    renameSync(lock, aside);
    if (readOwner(aside) !== deadOwner) renameSync(aside, lock);
  } catch {
    // another run has moved it, or has the lock again
  }
}

function readOwner(folder: string): string {
  try {
    return readFileSync(join(folder, "owner"), "utf8");
  } catch {
    return "";
  }
}

/** Reads an owner back from JSON; undefined for anything else. */
export function parseOwner(text: string): RunIdentity | undefined {
  try {
    const { host, pid, started } = JSON.parse(text) as Partial<Record<keyof RunIdentity, unknown>>;
    if (typeof host !== "string" || typeof started !== "string" || !Number.isSafeInteger(pid)) return undefined;
    return { host, pid: Number(pid), started };
  } catch {
    return undefined;
  }
}

/** Folders that runs have left aside, or the lock of one that is dead or at it; names, below `outFolder` (absolute). */
function leftFolders(outFolder: string): string[] {
  try {
    return readdirSync(outFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && (entry.name === lockName || asideName.test(entry.name)))
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** The manifests, as text, that runs have prepared and not put in place, or replaced: they know what was written in between. */
export function stagedManifests(folder: ProjectFolder, outDir: string): string[] {
  if (folder.lookAtFolder(outDir).kind !== "folder") return [];
  const names = leftFolders(join(folder.root, outDir));
  return names
    .flatMap((name) => [`${outDir}/${name}/manifest.json`, `${outDir}/${name}/manifest.json.old`])
    .flatMap((path) => {
      const entry = folder.look(path);
      return entry.kind === "file" ? [entry.text] : [];
    });
}

/** Tells whether anything of earlier runs waits to be removed. */
export function hasLeftFolders(outFolder: string): boolean {
  return leftFolders(outFolder).length > 0;
}

/** Removes what earlier runs have left aside, as far as the system lets us. For the holder of the lock. */
export function removeLeftFolders(outFolder: string): void {
  for (const name of leftFolders(outFolder)) if (name !== lockName) removeQuietly(join(outFolder, name));
}

/** Removes a folder; a later run removes what cannot be removed now. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // ignored by git, and no reason to give up what was written
  }
}
