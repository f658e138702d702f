/** Brings the disk to what would be generated, alone and all at once. */
import { join } from "node:path";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { applyChanges, isRemoved } from "./apply-changes.js";
import { compareOutput, type OutputComparison, type OutputRequest } from "./compare.js";
import { createJournal, makeFolder } from "./journal.js";
import { editedFile, failedWrite, unrecordedFiles } from "./output-findings.js";
import { hasLeftFolders, type LockRefusal, type RunningProcess, removeLeftFolders, takeLock } from "./write-lock.js";

/** Options of a write. */
export interface WriteOptions {
  /** Overwrite and remove generated files that were edited by hand, or may have been. Default: refuse. */
  readonly force: boolean;
  readonly running: RunningProcess;
}

/** The disk is as the comparison asks for, or the diagnostics (those of the comparison among them) say why it is as it was. */
export interface FinishedWrite {
  readonly kind: "finished";
  readonly comparison: OutputComparison;
  readonly diagnostics: readonly Diagnostic[];
}

/** The outcome of a write; after a refusal nothing was touched. */
export type WriteOutcome = FinishedWrite | LockRefusal;

/** The edits by hand, sure or possible, that writing would give up; none with `force`. */
export function editsInTheWay({ files, outDir }: OutputComparison, force: boolean): Diagnostic[] {
  if (force) return [];
  const edited = files.filter(({ state }) => state === "edited" || state === "editedLeftOver");
  const unrecorded = files.filter(({ state }) => state === "unrecorded" || state === "unrecordedLeftOver");
  return [...edited.map(editedFile), ...(unrecorded.length === 0 ? [] : [unrecordedFiles(unrecorded, outDir)])];
}

/**
 * Compares and writes what is new or different, removes what is left over and then the folders that became empty. The manifest comes
 * last: killed at any moment, a write leaves a tree that the next one completes. While it writes, the output folder is locked
 * against other runs, and the comparison is made again under the lock. When a step fails, the steps before it are undone. User files that
 * exist are never touched, not even when they appear in the meantime. Synchronous: an interrupt waits for the end.
 */
export function writeOutput(request: OutputRequest, options: WriteOptions): WriteOutcome {
  const { comparison, diagnostics, ready } = prepare(request, options);
  const outFolder = join(request.root, request.outDir);
  if (!ready || !(hasChanges(comparison) || hasLeftFolders(outFolder))) {
    return { kind: "finished", comparison, diagnostics };
  }
  const journal = createJournal();
  try {
    makeFolder(outFolder, journal);
    const lock = takeLock(outFolder, options.running);
    if (lock.kind !== "held") return lock;
    const { keepStaging, ...outcome } = writeUnderLock(request, options, lock.folder);
    lock.release(keepStaging);
    if (hasErrors(outcome.diagnostics)) journal.undo();
    return outcome;
  } catch (error) {
    journal.undo();
    // Without changes only what killed runs have left would have been removed: that can wait.
    const failures = hasChanges(comparison) ? [failedWrite(error, [])] : [];
    return { kind: "finished", comparison, diagnostics: [...diagnostics, ...failures] };
  }
}

function writeUnderLock(
  request: OutputRequest,
  options: WriteOptions,
  staging: string,
): FinishedWrite & { readonly keepStaging: boolean } {
  const { comparison, diagnostics, ready } = prepare(request, options);
  if (!ready) return { kind: "finished", comparison, diagnostics, keepStaging: false };
  const { failure, keepStaging } = applyChanges(comparison, staging);
  if (failure === undefined) removeLeftFolders(join(request.root, request.outDir));
  const found = failure === undefined ? diagnostics : [...diagnostics, failure];
  return { kind: "finished", comparison, diagnostics: found, keepStaging };
}

interface Prepared {
  readonly comparison: OutputComparison;
  readonly diagnostics: readonly Diagnostic[];
  /** Nothing forbids the write. */
  readonly ready: boolean;
}

function prepare(request: OutputRequest, { force }: WriteOptions): Prepared {
  const comparison = compareOutput(request);
  const diagnostics = [...comparison.diagnostics, ...editsInTheWay(comparison, force)];
  return { comparison, diagnostics, ready: !hasErrors(diagnostics) };
}

function hasChanges({ files }: OutputComparison): boolean {
  return files.some((file) => file.content !== undefined || isRemoved(file));
}
