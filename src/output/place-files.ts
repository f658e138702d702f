/** Single steps of a write: each happens whole or not at all, and can be undone. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Journal, makeFolder } from "./journal.js";

/** A file of the tree, ready in the staging folder. */
export interface StagedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly content: string;
  /** Absolute. */
  readonly temporary: string;
}

/** Writes a file into the staging folder: a full disk shows here, before anything was changed. */
export function stageFile(temporary: string, path: string, content: string): StagedFile {
  writeFileSync(temporary, content, { flag: "wx" });
  return { path, content, temporary };
}

/** Takes a file away into the staging folder. */
export function setAside(root: string, path: string, backup: string, journal: Journal): void {
  const target = join(root, path);
  renameSync(target, backup);
  journal.add(path, () => renameSync(backup, target));
}

/** Puts a generated file in place, over the one that is there: readers and crashes see the old one or the new one. */
export function placeGenerated(root: string, file: StagedFile, journal: Journal): void {
  const target = join(root, file.path);
  const backup = `${file.temporary}.old`;
  makeFolder(dirname(target), journal);
  const wasThere = keepCopy(target, backup);
  renameSync(file.temporary, target);
  journal.add(file.path, () => (wasThere ? renameSync(backup, target) : removeOwn(target, file.content)));
}

/** Puts a file of the user in place with what was added to it; it keeps its permissions. */
export function placeExtended(root: string, file: StagedFile, journal: Journal): void {
  chmodSync(file.temporary, statSync(join(root, file.path)).mode);
  placeGenerated(root, file, journal);
}

/** Puts a scaffold in place where nothing is; never over a file that the user has put there since the comparison. */
export function placeScaffold(root: string, file: StagedFile, journal: Journal): void {
  const target = join(root, file.path);
  makeFolder(dirname(target), journal);
  try {
    linkSync(file.temporary, target);
  } catch (error) {
    if (!lacksLinks(error)) throw error;
    takeName(target);
    renameOrGiveUp(file.temporary, target);
  }
  journal.add(file.path, () => removeOwn(target, file.content));
}

/**
 * Takes a name on disks without links: with an empty file, which fails if the user has a file there, and which then
 * gets its content at once.
 */
function takeName(target: string): void {
  closeSync(openSync(target, "wx"));
}

function renameOrGiveUp(temporary: string, target: string): void {
  try {
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(target);
    throw error;
  }
}

/** A second name for what is at `target`, or a copy on disks without hard links; false when nothing is there. */
function keepCopy(target: string, backup: string): boolean {
  try {
    linkSync(target, backup);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    if (!lacksLinks(error)) throw error;
    copyFileSync(target, backup);
    return true;
  }
}

/** FAT, and some network and container mounts. */
function lacksLinks(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Takes back a file that was written a moment ago, unless it is another one by now. */
function removeOwn(target: string, content: string): void {
  if (readFileSync(target, "utf8") === content) unlinkSync(target);
}
