/** Brings the disk to what a comparison asks for: all of it or nothing. */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import type { FileComparison, OutputComparison } from "./compare.js";
import { parentOf } from "./project-folder.js";
import { makeStaging } from "./staging.js";

/** How to write. */
export interface WriteOptions {
  /** Overwrite and remove generated files that were edited by hand. Default: refuse. */
  readonly force: boolean;
}

/** What forbids writing a comparison: its own errors, and edits by hand that nobody has given up (`force`). */
export function writeObstacles(comparison: OutputComparison, options: WriteOptions): Diagnostic[] {
  const edited = options.force
    ? []
    : comparison.files.filter((file) => file.state === "edited" || file.state === "editedLeftOver");
  return [...comparison.diagnostics.filter((diagnostic) => diagnostic.severity === "error"), ...edited.map(editedFile)];
}

/**
 * Writes what is new or different, removes what is left over, and then the folders that became empty. Everything is staged on
 * the same disk first; when a step fails, the steps before it are undone and a diagnostic says what happened. User files
 * that exist are never touched, not even when they appear in the meantime. Synchronous: an interrupt waits for the end.
 */
export function writeOutput(comparison: OutputComparison, options: WriteOptions): Diagnostic[] {
  const obstacles = writeObstacles(comparison, options);
  if (hasErrors(obstacles)) return obstacles;
  const written = comparison.files.filter((file) => file.content !== undefined);
  const removed = comparison.files.filter((file) => file.state === "leftOver" || file.state === "editedLeftOver");
  if (written.length === 0 && removed.length === 0) return [];
  const journal: (() => void)[] = [];
  try {
    const staging = makeStagingFolder(comparison, journal);
    const staged = stageFiles(staging, written);
    for (const [index, file] of removed.entries()) {
      setAside(comparison.root, file, join(staging, `old-${index}`), journal);
    }
    for (const { file, temporary } of staged) putInPlace(comparison.root, file, temporary, journal);
    rmSync(staging, { recursive: true });
  } catch (error) {
    for (const undo of journal.reverse()) undoQuietly(undo);
    return [failedWrite(error)];
  }
  removeEmptyFolders(
    comparison.root,
    removed.map((file) => file.path),
  );
  return [];
}

/** Inside the output folder: the same disk, and no new name in a folder of the user's. */
function makeStagingFolder(comparison: OutputComparison, journal: (() => void)[]): string {
  const folder = join(comparison.root, comparison.outDir);
  makeFolder(comparison.root, folder, journal);
  const staging = makeStaging(folder);
  journal.push(() => rmSync(staging, { recursive: true, force: true }));
  return staging;
}

interface StagedFile {
  readonly file: FileComparison;
  readonly temporary: string;
}

/** A full disk shows here, before anything was changed. */
function stageFiles(staging: string, files: readonly FileComparison[]): StagedFile[] {
  return files.map((file, index) => {
    const temporary = join(staging, `new-${index}`);
    writeFileSync(temporary, file.content ?? "", { flag: "wx" });
    return { file, temporary };
  });
}

function setAside(root: string, file: FileComparison, backup: string, journal: (() => void)[]): void {
  const target = join(root, file.path);
  renameSync(target, backup);
  journal.push(() => renameSync(backup, target));
}

function putInPlace(root: string, file: FileComparison, temporary: string, journal: (() => void)[]): void {
  const target = join(root, file.path);
  makeFolder(root, dirname(target), journal);
  if (file.ownership === "user") {
    // Never over a file that the user has put there since the comparison.
    copyFileSync(temporary, target, constants.COPYFILE_EXCL);
    journal.push(() => unlinkSync(target));
    return;
  }
  // Asked anew: on a disk that ignores case, a removal may have taken the file of this name along.
  if (existsSync(target)) setAside(root, file, `${temporary}.old`, journal);
  renameSync(temporary, target);
  journal.push(() => unlinkSync(target));
}

function makeFolder(root: string, folder: string, journal: (() => void)[]): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  journal.push(() => {
    for (let empty = folder; empty.startsWith(made) && empty !== root; empty = dirname(empty)) rmdirSync(empty);
  });
}

function undoQuietly(undo: () => void): void {
  try {
    undo();
  } catch {
    // The first failure is the one to report; the other steps are still undone.
  }
}

/** Removes the folders of `paths`, inner ones first, as far as nothing is left in them. */
function removeEmptyFolders(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
      try {
        rmdirSync(join(root, folder));
      } catch {
        break; // not empty, or gone already
      }
    }
  }
}

function editedFile(file: FileComparison): Diagnostic {
  const fate = file.state === "edited" ? "overwritten" : "removed";
  return {
    code: "OU003",
    severity: "error",
    message: `${file.path} was edited by hand and would be ${fate}, expected the file as it was generated`,
    location: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    help: "move the change to where it comes from (the .proto file, the handler, grpc2lambda.yaml), then run generate --force",
  };
}

/** System errors carry absolute paths, in their message too; the code and the call are enough to act on. */
function failedWrite(error: unknown): Diagnostic {
  if (!(error instanceof Error && "code" in error)) throw error;
  return {
    code: "OU009",
    severity: "error",
    message: `writing the output failed (${String(error.code)}) and was undone, expected a disk that can be written`,
    help: "look at free space and at the permissions of the output folders",
  };
}
